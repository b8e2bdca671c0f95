"""What this desktop can do for us: values for `doctor` and the settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a desktop may or may not offer."""

    key: str
    """Its name on the command line, such as "tray"; never translated."""
    available: bool
    why: str
    """How it works here, or why it doesn't: a sentence."""
    advice: str = ""
    """What the person can do about it: a sentence, or nothing."""
