"""The display that a command was called on, for the commands that show a window.

One app serves a person on all displays. So the app says where its window is if the caller can't see
it. Every command imports this module, so it imports nothing that takes time.
"""

from __future__ import annotations

import os

OPTION = "--display"
SHOWING = ("pause", "show", "breathe")
"""The commands that show a window."""


def with_display(argv: list[str]) -> list[str]:
    """Return the command line, with the display it was called on if it shows a window."""
    wayland = os.environ.get("WAYLAND_DISPLAY", "")
    display = wayland or os.environ.get("DISPLAY", "")
    if not display or argv[0] not in SHOWING:
        return argv
    return [argv[0], f"{OPTION}={display}", *argv[1:]]
