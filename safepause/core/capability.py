"""What this desktop can do for SafePause: values for `doctor` and the settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class CapabilityKey(Enum):
    """The capabilities, in the order in which `doctor` lists them. Scripts read the values."""

    TRAY = "tray"
    NOTIFICATIONS = "notifications"
    SHORTCUT = "shortcut"
    WINDOW = "window"
    REMINDERS = "reminders"
    SLEEP = "sleep"
    CLOCK = "clock"
    LOCK = "lock"
    AUTOSTART = "autostart"
    COMMANDS = "commands"
    DATA = "data"
    LOG = "log"
    HOOKS = "hooks"
    PROGRAM = "program"
    """All of the program that is no part above."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a desktop may or may not offer."""

    key: CapabilityKey
    available: bool
    why: str
    """How it works here, or why it doesn't: a sentence."""
    advice: str = ""
    """What the person can do about it: a sentence, or nothing."""
    known: bool = True
    """False if only the running program could find out."""


@dataclass(frozen=True, slots=True)
class LogTail:
    """Where the log is, and its last lines."""

    path: str
    lines: tuple[str, ...]


def in_order(found: Iterable[Capability]) -> list[Capability]:
    """Return capabilities in the order of `CapabilityKey`."""
    places = {key: place for place, key in enumerate(CapabilityKey)}
    return sorted(found, key=lambda capability: places[capability.key])
