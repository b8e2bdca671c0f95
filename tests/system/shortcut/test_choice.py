"""The choice of the global shortcut for each system and desktop."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.shortcut import NoShortcuts, macos, make_shortcuts, windows
from safepause.system.shortcut.base import PAUSE
from safepause.system.shortcut.portal import PortalShortcuts
from safepause.system.shortcut.x11 import X11Shortcuts
from safepause.system.x11.display import Display
from tests.system.shortcut.test_macos_keys import FakeCarbon
from tests.system.shortcut.test_windows_keys import FakeUser32

if TYPE_CHECKING:
    from safepause.system.dbus.connection import Bus
    from tests.system.xserver import XServer

pytestmark = pytest.mark.usefixtures("qapp")
linux = pytest.mark.skipif(sys.platform != "linux", reason="X11 and portals are for Linux")


@linux
def test_x11(server: XServer) -> None:
    """On X11 the program grabs keys, and they work."""
    made = make_shortcuts("xcb", {"DISPLAY": server.display}, None)
    assert isinstance(made, X11Shortcuts)
    made.bind({PAUSE: "Ctrl+Alt+P"})
    assert made.shown(PAUSE) == "Ctrl+Alt+P"
    made.close()


@linux
@pytest.mark.parametrize(
    "environ", [{"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "wayland"}]
)
@pytest.mark.parametrize("qt_platform", ["wayland", "xcb"])
def test_wayland(bus: Bus, environ: dict[str, str], qt_platform: str) -> None:
    """On Wayland the portal is chosen, even if the windows are drawn through X11."""
    made = make_shortcuts(qt_platform, environ, bus)
    assert isinstance(made, PortalShortcuts)
    made.close()


@linux
def test_x11_as_a_guest_on_wayland(
    server: XServer, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an X server that is XWayland the portal is chosen."""
    assert server.display
    monkeypatch.setattr(Display, "is_xwayland", True)
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
def test_where_no_shortcut_is_possible(
    monkeypatch: pytest.MonkeyPatch, qt_platform: str, environ: dict[str, str], why: str
) -> None:
    """The capability has the reason and the command to bind. No key is shown as bound."""
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
    """Windows and macOS have their own shortcuts."""
    monkeypatch.setattr(windows, "_system", FakeUser32)
    monkeypatch.setattr(macos, "_system", FakeCarbon)
    for platform, kind in (("win32", windows.WindowsShortcuts), ("darwin", macos.MacShortcuts)):
        monkeypatch.setattr(sys, "platform", platform)
        made = make_shortcuts("any", {}, None)
        assert isinstance(made, kind)
        made.close()
