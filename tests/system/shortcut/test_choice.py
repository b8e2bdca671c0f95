"""Which way of having a shortcut is chosen where."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.shortcut import NoShortcuts, macos, make_shortcuts, windows
from safepause.system.shortcut.base import PAUSE
from safepause.system.shortcut.portal import PortalShortcuts
from safepause.system.shortcut.x11 import X11Shortcuts
from safepause.system.x11 import xlib
from tests.system.shortcut.test_macos_keys import FakeCarbon
from tests.system.shortcut.test_windows_keys import FakeUser32

if TYPE_CHECKING:
    from safepause.system.dbus.connection import Bus
    from tests.system.shortcut.xserver import XServer

pytestmark = pytest.mark.usefixtures("qapp")
linux = pytest.mark.skipif(sys.platform != "linux", reason="X11 and portals are for Linux")


@linux
def test_x11(server: XServer) -> None:
    """On X11 keys are grabbed."""
    made = make_shortcuts("xcb", {"DISPLAY": server.display}, None)
    assert isinstance(made, X11Shortcuts)
    made.close()


@linux
@pytest.mark.parametrize(
    "environ", [{"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "wayland"}]
)
@pytest.mark.parametrize("qt_platform", ["wayland", "xcb"])
def test_wayland(bus: Bus, environ: dict[str, str], qt_platform: str) -> None:
    """On Wayland the desktop is asked, even where the windows are drawn through X11."""
    made = make_shortcuts(qt_platform, environ, bus)
    assert isinstance(made, PortalShortcuts)
    made.close()


@linux
def test_x11_as_a_guest_on_wayland(
    server: XServer, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An X server that says it is XWayland is not taken for a desktop's."""
    assert server.display
    monkeypatch.setattr(xlib.Display, "is_xwayland", True)
    made = make_shortcuts("xcb", {}, bus)
    assert isinstance(made, PortalShortcuts)
    made.close()


@linux
@pytest.mark.parametrize(
    ("qt_platform", "environ", "why"),
    [
        ("wayland", {"WAYLAND_DISPLAY": "wayland-0"}, "no message bus"),
        ("offscreen", {}, "no desktop here"),
        ("xcb", {}, "no X server answers"),
    ],
)
def test_nothing_to_be_had(
    monkeypatch: pytest.MonkeyPatch, qt_platform: str, environ: dict[str, str], why: str
) -> None:
    """Where no keys can be had, that is said with the command to bind, and nothing is pretended."""
    monkeypatch.setenv("DISPLAY", ":987")
    made = make_shortcuts(qt_platform, environ, None)
    assert isinstance(made, NoShortcuts)
    made.bind({PAUSE: "Ctrl+Alt+P"})
    capability = made.capability()
    assert not capability.available
    assert why in capability.why
    assert "safepause pause" in capability.advice
    assert made.shown(PAUSE) == made.problem(PAUSE) == ""
    assert not made.possible
    made.close()


def test_other_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS have their own ways."""
    monkeypatch.setattr(windows, "_system", FakeUser32)
    monkeypatch.setattr(macos, "_system", FakeCarbon)
    for platform, kind in (("win32", windows.WindowsShortcuts), ("darwin", macos.MacShortcuts)):
        monkeypatch.setattr(sys, "platform", platform)
        made = make_shortcuts("any", {}, None)
        assert isinstance(made, kind)
        made.close()
