"""The displays of X11 and Wayland that an environment names, and which of them a window is on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

X11, WAYLAND = "xcb", "wayland"
"""Qt's names of the two platforms."""
_DEFAULT_WAYLAND = "wayland-0"
"""The Wayland display of a program that is told of none."""


def displays(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the display that each platform gets here; an empty text if there is none."""
    wayland = environment.get("WAYLAND_DISPLAY", "")
    if not wayland and Path(environment.get("XDG_RUNTIME_DIR", ""), _DEFAULT_WAYLAND).is_socket():
        wayland = _DEFAULT_WAYLAND
    return {X11: environment.get("DISPLAY", ""), WAYLAND: wayland}


def elsewhere(asked: str, platform: str, environment: Mapping[str, str]) -> str:
    """Return the display of our windows, if somebody at the display `asked` can't see them.

    `platform` is the platform that Qt runs on. A desktop with Wayland may have X11, too. So each of
    our displays counts as the same place.
    """
    ours = displays(environment)
    if _plain(asked) in map(_plain, filter(None, ours.values())):
        return ""
    return next((ours[name] for name in ours if platform.startswith(name)), "")


def _plain(display: str) -> str:
    """Return a display's name without what does not tell displays apart: unix:1.0 is :1."""
    host, colon, number = display.rpartition(":")
    if not colon:
        return display
    return f"{'' if host == 'unix' else host}:{number.partition('.')[0]}"
