"""Where a command comes from."""

from __future__ import annotations

from enum import Enum


class Origin(Enum):
    """The part of the program that a person, or a script, used for a command."""

    WINDOW = "window"
    TRAY = "tray"
    SHORTCUT = "shortcut"
    NOTIFICATION = "notification"
    COMMAND_LINE = "command_line"
    CLOCK = "clock"
    """The computer's clock was set: nobody asked for the command."""
