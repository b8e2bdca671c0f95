"""What is asked of the window manager, on a real X server whose window manager is the test."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from safepause.system.x11 import window_manager
from safepause.system.x11.window_manager import Requests, X11WindowManager
from tests.system.x11.window_manager import WindowManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.system.xserver import XServer

NORMAL, WITHDRAWN = 1, 0


@pytest.fixture
def manager(server: XServer) -> Iterator[WindowManager]:
    """Manage the windows of the X server."""
    assert server.display
    made = WindowManager()
    yield made
    made.close()


def test_the_keyboard_is_asked_for_in_the_persons_name(manager: WindowManager) -> None:
    """The request has the source of a person, and the server's present time."""
    window = manager.open()
    manager.listen()
    requests = Requests()
    before = requests.time()
    requests.close()
    X11WindowManager().give_keyboard(window)
    name, asked, data = manager.message()
    assert (name, asked, data[0]) == ("_NET_ACTIVE_WINDOW", window, 2)
    assert data[1] >= before > 0


def test_a_withdrawn_window_is_not_waited_for(manager: WindowManager) -> None:
    """A window without the window manager's state, or with that of a hidden one, is free."""
    window = manager.open()
    X11WindowManager().wait_for_withdrawal(window)
    manager.set_wm_state(window, WITHDRAWN)
    X11WindowManager().wait_for_withdrawal(window)
    manager.destroy(window)
    X11WindowManager().wait_for_withdrawal(window)


def test_the_wait_ends_with_the_withdrawal(
    manager: WindowManager, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The wait ends when the window manager lets go, long before its limit."""
    monkeypatch.setattr(window_manager, "BETWEEN", 60.0)
    caplog.set_level("INFO")
    window = manager.open()
    manager.set_wm_state(window, NORMAL)
    wait = threading.Thread(target=X11WindowManager().wait_for_withdrawal, args=(window,))
    wait.start()
    while wait.is_alive():
        manager.set_wm_state(window, WITHDRAWN)
        wait.join(0.01)
    assert caplog.text == ""


def test_a_window_manager_that_hangs_is_not_waited_for(
    manager: WindowManager, caplog: pytest.LogCaptureFixture
) -> None:
    """A window manager that does not let go is waited for a moment, and the log says it."""
    caplog.set_level("INFO")
    window = manager.open()
    manager.set_wm_state(window, NORMAL)
    assert not X11WindowManager().wait_for_withdrawal(window)
    assert "has not let go" in caplog.text


def test_a_window_manager_runs_as_long_as_its_window_says_so(manager: WindowManager) -> None:
    """A window manager that has crashed leaves the number of a window that is no longer there."""
    assert not X11WindowManager().runs()
    window = manager.open()
    manager.set_check(window)
    assert X11WindowManager().runs()
    manager.destroy(window)
    assert not X11WindowManager().runs()


def test_without_a_display_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where no X server answers, all requests do nothing, and the log says why."""
    caplog.set_level("INFO")
    monkeypatch.setenv("DISPLAY", ":987")
    X11WindowManager().give_keyboard(1)
    assert X11WindowManager().wait_for_withdrawal(1)
    assert X11WindowManager().runs()
    assert caplog.text.count("no X server answers") == 3
