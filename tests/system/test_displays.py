"""Which display a window is on, and whether somebody at another display can see it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from safepause.system.displays import WAYLAND, displays, elsewhere

if TYPE_CHECKING:
    from pathlib import Path

RUN = "/run/user/1000"
BOTH = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": RUN}
ON_X11 = {"DISPLAY": ":0", "XDG_RUNTIME_DIR": RUN}
ON_WAYLAND = {"WAYLAND_DISPLAY": f"{RUN}/wayland-0"}


def asked(
    x11: str, wayland: str, platform: str, environment: dict[str, str], *, xwayland: bool = False
) -> str:
    """Return the place of the window for a caller on these displays."""
    display = f"{x11} {wayland}" if wayland else x11
    return elsewhere(display, platform, environment, lambda: xwayland)


@pytest.mark.parametrize(
    ("x11", "wayland", "platform", "environment"),
    [
        (":0", "", "xcb", ON_X11),
        (":0.0", "", "xcb", ON_X11),
        ("unix:0", "", "xcb", {"DISPLAY": ":0.1"}),
        ("unix/:0", "", "xcb", ON_X11),
        ("/tmp/.X11-unix/X0", "", "xcb", ON_X11),  # noqa: S108  -- the X server's own place
        (":0", "", "xcb", {"DISPLAY": "unix:/tmp/.X11-unix/X0"}),
        ("", "wayland-0", "xcb", BOTH),
        (":0", "wayland-0", "xcb", BOTH),
        (":0", "", "wayland", BOTH),
        (":0", f"{RUN}/wayland-0", "wayland", BOTH),
        ("", f"{RUN}/wayland-0", "wayland-egl", BOTH),
        ("", f"{RUN}/../1000/wayland-0", "wayland", ON_WAYLAND),
        (":0", f"{RUN}/wayland-0", "wayland", ON_WAYLAND),
        (":1", "", "offscreen", BOTH),
        ("", "", "windows", {}),
    ],
)
def test_the_same_desktop_is_recognised(
    x11: str, wayland: str, platform: str, environment: dict[str, str]
) -> None:
    """However a display is written, and whether or not the caller has X11 on Wayland, too."""
    assert asked(x11, wayland, platform, environment) == ""


@pytest.mark.parametrize(
    ("x11", "wayland", "platform", "environment", "place"),
    [
        (":1", "", "xcb", ON_X11, ":0"),
        ("", "", "xcb", ON_X11, ":0"),
        ("far:0", "", "xcb", ON_X11, ":0"),
        ("localhost:10.0", "", "xcb", {"DISPLAY": ":10"}, ":10"),
        (":10", "", "xcb", {"DISPLAY": ":1"}, ":1"),
        ("", f"{RUN}/wayland-0", "xcb", ON_X11, ":0"),
        (":1", "wayland-0", "xcb", BOTH, ":0"),
        (":0", "wayland-1", "wayland", BOTH, "wayland-0"),
        (":1", "", "wayland", BOTH, "wayland-0"),
        (":0", "", "wayland", ON_WAYLAND, f"{RUN}/wayland-0"),
        ("", "/run/user/2/wayland-0", "wayland", BOTH, "wayland-0"),
    ],
)
def test_another_desktop_is_told_the_place(
    x11: str, wayland: str, platform: str, environment: dict[str, str], place: str
) -> None:
    """A caller who can't see the window learns the display of the window."""
    assert asked(x11, wayland, platform, environment) == place


@pytest.mark.parametrize("xwayland", [False, True])
def test_a_wayland_desktop_may_have_our_x_server(*, xwayland: bool) -> None:
    """If the caller has Wayland and our X server, it counts what kind of server that is."""
    place = asked(":0", f"{RUN}/wayland-0", "xcb", ON_X11, xwayland=xwayland)
    assert place == ("" if xwayland else ":0")


def test_wayland_has_a_usual_display(tmp_path: Path) -> None:
    """If no variable names the Wayland display, its usual socket counts, for a window on Wayland.

    A window on X11 may be beside that Wayland display.
    """
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ":1"}
    path = f"{tmp_path}/wayland-0"
    assert displays(environment)[WAYLAND] == ""
    with socket.socket(socket.AF_UNIX) as usual:
        usual.bind(path)
        assert displays(environment)[WAYLAND] == "wayland-0"
        assert asked("", path, "wayland", environment) == ""
        assert asked("", path, "xcb", environment) == ":1"
