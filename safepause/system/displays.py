"""The displays of X11 and Wayland that an environment names, and which of them a window is on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

X11, WAYLAND = "xcb", "wayland"
"""Qt's names of the two platforms."""
_DEFAULT_WAYLAND = "wayland-0"
"""The Wayland display of a program that is told of none."""
_X11_SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108  -- the X server's own place


def displays(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the display that each platform gets here; an empty text if there is none."""
    wayland = environment.get("WAYLAND_DISPLAY", "")
    if not wayland and Path(environment.get("XDG_RUNTIME_DIR", ""), _DEFAULT_WAYLAND).is_socket():
        wayland = _DEFAULT_WAYLAND
    return {X11: environment.get("DISPLAY", ""), WAYLAND: wayland}


def elsewhere(
    asked: str,
    platform: str,
    environment: Mapping[str, str],
    on_xwayland: Callable[[], bool],
) -> str:
    """Return the display of our windows, if somebody at the display `asked` can't see them.

    `asked` is a display on X11, which may be empty, and after a space one on Wayland. `platform` is
    the platform that Qt runs on here, and `on_xwayland` tells whether our X server is a part of a
    Wayland desktop.
    """
    ours = displays(environment)
    place = next((ours[name] for name in ours if platform.startswith(name)), "")
    if not platform.startswith(WAYLAND):
        # A Wayland display that no variable names may be there for another desktop.
        ours[WAYLAND] = environment.get("WAYLAND_DISPLAY", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    x11, _space, wayland = asked.partition(" ")
    caller = _plain({X11: x11, WAYLAND: wayland}, folder)
    return "" if place and _is_same(caller, _plain(ours, folder), on_xwayland) else place


def _is_same(
    caller: Mapping[str, str], ours: Mapping[str, str], on_xwayland: Callable[[], bool]
) -> bool:
    """Tell whether two programs are on the same desktop, which may have Wayland and X11."""
    both = [name for name in ours if ours[name] and caller[name]]
    if not both or any(ours[name] != caller[name] for name in both):
        return False
    # A Wayland desktop of its own may have inherited the name of our X server.
    return bool(ours[WAYLAND]) or not caller[WAYLAND] or on_xwayland()


def _plain(named: Mapping[str, str], folder: str) -> dict[str, str]:
    """Return displays in a form in which the same display has the same name."""
    wayland = named[WAYLAND]
    path = os.path.realpath(Path(folder, wayland)) if wayland else ""
    return {X11: _plain_x11(named[X11]), WAYLAND: path}


def _plain_x11(display: str) -> str:
    """Return a display's name without what does not tell displays apart: unix:1.0 is :1."""
    path = display.removeprefix("unix:")
    if path.startswith(_X11_SOCKETS):
        display = f":{path.removeprefix(_X11_SOCKETS)}"
    host, colon, number = display.rpartition(":")
    if not colon:
        return display
    local = host.partition("/")[0] == "unix"
    return f"{'' if local else host}:{number.partition('.')[0]}"
