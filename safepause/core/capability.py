"""What this desktop can do for us: values for `doctor` and the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.core.message import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS = {
    "tray": N_("Tray icon"),
    "notifications": N_("Notifications"),
    "shortcut": N_("Shortcut"),
    "window": N_("Window in front"),
    "sleep": N_("Waking from sleep"),
    "clock": N_("A clock that is set"),
    "lock": N_("Locked screen"),
    "autostart": N_("Start with the computer"),
    "data": N_("Saved data"),
    "log": N_("Log"),
    "hooks": N_("Your own commands"),
}
"""All that `doctor` looks at, in this order: names for scripts, and messages for the catalogue."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a desktop may or may not offer."""

    key: str
    """Its name for scripts, such as "tray"; never translated."""
    available: bool
    why: str
    """How it works here, or why it doesn't: a sentence."""
    advice: str = ""
    """What the person can do about it: a sentence, or nothing."""
    known: bool = True
    """False if only the running program could find out."""

    @property
    def label(self) -> str:
        """Its name for a person: a message for the catalogue."""
        return LABELS.get(self.key, self.key)


@dataclass(frozen=True, slots=True)
class LogTail:
    """Where the log is, and how it ends."""

    path: str
    lines: tuple[str, ...]


def in_order(found: Iterable[Capability]) -> list[Capability]:
    """Return capabilities as `LABELS` has them; what it doesn't have comes last."""
    places = {key: place for place, key in enumerate(LABELS)}
    return sorted(found, key=lambda capability: places.get(capability.key, len(places)))
