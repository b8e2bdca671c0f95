"""Full-screen windows are found on a real X server, whose window manager is the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.system.x11.full_screen import full_screen
from tests.system.x11.window_manager import WindowManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.system.xserver import XServer


@pytest.fixture
def manager(server: XServer) -> Iterator[WindowManager]:
    """Manage the windows of the X server."""
    assert server.display
    made = WindowManager()
    yield made
    made.close()


@pytest.mark.usefixtures("server")
def test_without_a_window_manager_there_is_none() -> None:
    """A display whose windows nobody manages has no full-screen window."""
    assert not full_screen("xcb")


def test_a_full_screen_window_is_found(manager: WindowManager) -> None:
    """A window with the full-screen state among others is found, until that state is removed."""
    manager.open()
    window = manager.open("FULLSCREEN", "FOCUSED")
    manager.open("MAXIMIZED_VERT")
    assert full_screen("xcb")
    manager.set_states(window, "FOCUSED")
    assert not full_screen("xcb")


def test_a_minimised_window_does_not_count(manager: WindowManager) -> None:
    """A window that is full-screen and hidden fills no screen."""
    manager.open("FULLSCREEN", "HIDDEN")
    assert not full_screen("xcb")


def test_the_bare_desktop_counts(manager: WindowManager) -> None:
    """While a person has hidden all windows, the desktop itself fills the screen."""
    manager.open("HIDDEN")
    assert not full_screen("xcb")
    manager.bare_desktop(1)
    assert full_screen("xcb")
    manager.bare_desktop(0)
    assert not full_screen("xcb")


def test_another_desktop_does_not_count(manager: WindowManager) -> None:
    """A full-screen window counts on the desktop that is shown, and on all desktops."""
    window = manager.open("FULLSCREEN")
    manager.put(window, 1)
    manager.turn_to(0)
    assert not full_screen("xcb")
    manager.turn_to(1)
    assert full_screen("xcb")
    manager.put(window, 0xFFFFFFFF)
    manager.turn_to(0)
    assert full_screen("xcb")


def test_a_window_that_has_closed_is_no_error(manager: WindowManager) -> None:
    """A window that closes between two questions is passed over, and the next one is found."""
    gone = manager.open("FULLSCREEN")
    manager.destroy(gone)
    assert not full_screen("xcb")
    manager.open("FULLSCREEN")
    assert full_screen("xcb")


def test_only_x11_is_asked(manager: WindowManager, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is no on Wayland and where no X server answers."""
    manager.open("FULLSCREEN")
    assert not full_screen("wayland")
    monkeypatch.setenv("DISPLAY", ":987")
    assert not full_screen("xcb")
