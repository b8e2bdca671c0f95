"""The tray fallback: when the home window is shown, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer

from safepause.app import tray_fallback
from safepause.app.tray_fallback import TrayFallback
from safepause.ui.tray.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program

PATIENCE = 3000


class Desk:
    """A desktop without a tray. The test adds the tray, and moves the time."""

    def __init__(self) -> None:
        """Make a desktop without a tray."""
        self.tray = False
        self.used = False
        self.pause_on_screen = False
        self.shown: list[str] = []
        self.taken_back = False
        self.greets = False
        self.told = 0
        stand_in: Any = self
        self.without = TrayFallback(lambda: self.tray, stand_in, stand_in)

    def say_no_tray(self) -> None:
        """Record the sentence."""

    def tray_told(self) -> None:
        """Record that the page of the first run was told that there is a tray."""
        self.told += 1

    def take_back_no_tray(self) -> None:
        """Record that the sentence was removed."""
        self.taken_back = True

    def stand_by(self) -> None:
        """Record that the home window was shown minimised."""
        self.shown.append("minimised")

    def show_home(self) -> None:
        """Record that the home window was shown in front."""
        self.shown.append("in front")

    def wait_for_home(self) -> bool:
        """Return whether a pause is on the screen."""
        return self.pause_on_screen

    @property
    def waits(self) -> int:
        """The present wait in milliseconds, or 0."""
        timer = self.without.findChild(QTimer)
        assert timer is not None
        return timer.interval() if timer.isActive() else 0

    def pass_time(self) -> None:
        """End the wait."""
        timer = self.without.findChild(QTimer)
        assert timer is not None
        timer.stop()
        timer.timeout.emit()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001  -- timers need an application
    """Return a desktop without a tray."""
    made = Desk()
    yield made
    made.without.stop()


def test_a_tray_that_is_there_is_not_waited_for(desk: Desk) -> None:
    """With a tray there is no wait, and nothing is shown."""
    desk.tray = True
    desk.without.wait(PATIENCE, hidden=True)
    assert not desk.waits


def test_started_by_hand_the_window_is_soon_the_home(desk: Desk) -> None:
    """After a start by hand without a tray, the home window is soon shown in front."""
    desk.without.wait(PATIENCE, hidden=False)
    assert desk.waits == PATIENCE
    desk.pass_time()
    assert desk.shown == ["in front"]
    assert not desk.waits


def test_at_login_nothing_pops_up(desk: Desk) -> None:
    """After a hidden start, the wait is a minute. Then the window is shown once, minimised."""
    desk.without.wait(PATIENCE, hidden=True)
    desk.pass_time()
    assert not desk.shown
    assert desk.waits == tray_fallback.LOGIN_PATIENCE_MS
    desk.pass_time()
    assert desk.shown == ["minimised"]
    assert not desk.waits


def test_a_panel_that_comes_late_is_enough(desk: Desk) -> None:
    """If a tray comes during the wait, no window is shown."""
    for waits in (0, 1):
        desk.tray = False
        desk.without.wait(PATIENCE, hidden=True)
        for _wait in range(waits):
            desk.pass_time()
        desk.tray = True
        desk.pass_time()
        assert not desk.waits
    assert not desk.shown


def test_a_pause_called_meanwhile_has_a_home(desk: Desk) -> None:
    """After the call of a pause, the home window is not minimised."""
    desk.used = True
    desk.without.wait(PATIENCE, hidden=True)
    desk.pass_time()
    assert desk.shown == ["in front"]
    desk.used = False
    desk.without.wait(PATIENCE, hidden=True)
    desk.pass_time()
    desk.used = True
    desk.pass_time()
    assert desk.shown == ["in front", "in front"]


def test_a_pause_on_the_screen_goes_first(desk: Desk) -> None:
    """While a pause is on the screen, the home window waits."""
    desk.used, desk.pause_on_screen = True, True
    desk.without.wait(PATIENCE, hidden=False)
    desk.pass_time()
    assert not desk.shown


def test_a_tray_that_is_reported_ends_the_wait(desk: Desk) -> None:
    """When a tray is reported, the wait ends, and the sentence about the tray is removed."""
    desk.without.wait(PATIENCE, hidden=True)
    desk.without.tray_came()
    assert not desk.waits
    assert desk.taken_back


@pytest.mark.parametrize("there", [True, False])
def test_the_program_asks_the_desktop_for_a_tray(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """The running program waits for a tray only on a desktop without one."""
    monkeypatch.setattr(Tray, "available", lambda _tray: there)
    timer = start().app.tray.fallback.findChild(QTimer)
    assert timer is not None
    assert timer.isActive() is not there


def test_the_first_page_stays_in_front(desk: Desk) -> None:
    """The home window does not cover the page of the first run, which shows it when it closes."""
    desk.greets = True
    desk.without.wait(PATIENCE, hidden=False)
    desk.pass_time()
    assert desk.shown == []


def test_the_first_page_hears_of_a_tray(desk: Desk) -> None:
    """A tray that was found after the wait is told to the page of the first run."""
    desk.without.wait(PATIENCE, hidden=False)
    desk.tray = True
    desk.pass_time()
    assert desk.told == 1
