"""The display that a command was called on, for the commands that show a window.

One app serves a person on all displays. So the app says where its window is if the caller can't see
it. Every command imports this module, so it imports nothing that takes time.
"""

from __future__ import annotations

import os

OPTION = "--display"
ADDED = (f"{OPTION}=", "--asked-at=")
"""What our own command line adds behind the name of a command."""
SHOWING = ("pause", "return", "show", "breathe")
"""The commands that show a window."""


def with_display(argv: list[str]) -> list[str]:
    """Return the command line, with the display it was called on if it shows a window.

    The display on X11 comes first, and is empty if there is none. That on Wayland follows.
    """
    if argv[0] not in SHOWING:
        return argv
    display = os.environ.get("DISPLAY", "")
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland:
        # A relative name is one in the caller's runtime folder. The app may have another one.
        path = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), wayland)  # noqa: PTH118
        display = f"{display} {path}"
    # A name of a display that is no text must not cost the call.
    return [argv[0], f"{OPTION}={display.encode(errors='replace').decode()}", *argv[1:]]


def as_typed(argv: list[str]) -> list[str]:
    """Return the command line without what our own command line adds."""
    rest = argv[1:]
    while rest and rest[0].startswith(ADDED):
        rest = rest[1:]
    return [*argv[:1], *rest]
