"""Capabilities: what works on this computer, as values for `doctor` and the settings."""

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
    WINDOWS = "windows"
    FONTS = "fonts"
    REMINDERS = "reminders"
    SLEEP = "sleep"
    CLOCK = "clock"
    LOCK = "lock"
    AUTOSTART = "autostart"
    COMMANDS = "commands"
    DATA = "data"
    LOG = "log"
    HOOKS = "hooks"
    SOUND = "sound"
    MEDIA = "media"
    PROGRAM = "program"
    """Everything in the program that belongs to no other part."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that works on this computer, or does not."""

    key: CapabilityKey
    available: bool
    why: str
    """A sentence that says how the thing works here, or why it does not."""
    advice: str = ""
    """A sentence that says what the person can do about it; empty if there is none."""
    known: bool = True
    """False if only the running program can find it out, or if the desktop is being asked."""


class TrayService(Enum):
    """What is known of the desktop's service that takes tray icons."""

    RUNS = "runs"
    NONE = "none"
    UNKNOWN = "unknown"
    """The desktop doesn't answer."""
    NO_BUS = "no bus"
    """Nothing leads to the desktop."""


@dataclass(frozen=True, slots=True)
class LogTail:
    """Where the log is, and its last lines."""

    path: str
    lines: tuple[str, ...]


def in_order(found: Iterable[Capability]) -> list[Capability]:
    """Return capabilities in the order of `CapabilityKey`."""
    places = {key: place for place, key in enumerate(CapabilityKey)}
    return sorted(found, key=lambda capability: places[capability.key])
