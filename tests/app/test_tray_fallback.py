"""Nowhere to stand: when the window becomes the home, and how quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer

from safepause.app import tray_fallback
from safepause.app.tray_fallback import TrayFallback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

PATIENCE = 3000


class Desk:
    """A desktop whose tray comes when the test says so; time passes when it says so, too."""

    def __init__(self) -> None:
        """Have no tray."""
        self.tray = False
        self.used = False
        self.pause_on_screen = False
        self.shown: list[str] = []
        self.taken_back = False
        stand_in: Any = self
        self.without = TrayFallback(lambda: self.tray, stand_in, stand_in)

    def say_no_tray(self) -> None:
        """Take the sentence for the home window."""

    def take_back_no_tray(self) -> None:
        """Take the sentence back for the home window."""
        self.taken_back = True

    def stand_by(self) -> None:
        """Note that the home window came, minimised."""
        self.shown.append("minimised")

    def show_home(self) -> None:
        """Note that the home window came to the front."""
        self.shown.append("in front")

    def wait_for_home(self) -> bool:
        """Tell whether a pause is on the screen."""
        return self.pause_on_screen

    @property
    def waits(self) -> int:
        """How long it waits now, in milliseconds; 0 if it doesn't."""
        timer = self.without.findChild(QTimer)
        assert timer is not None
        return timer.interval() if timer.isActive() else 0

    def pass_time(self) -> None:
        """Let the wait be over."""
        timer = self.without.findChild(QTimer)
        assert timer is not None
        timer.stop()
        timer.timeout.emit()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001  -- timers need an application
    """Lend a desktop without a tray."""
    made = Desk()
    yield made
    made.without.stop()


def test_a_tray_that_is_there_is_not_waited_for(desk: Desk) -> None:
    """With a tray, nothing waits and nothing is shown."""
    desk.tray = True
    desk.without.wait(PATIENCE, hidden=True)
    assert not desk.waits


def test_started_by_hand_the_window_is_soon_the_home(desk: Desk) -> None:
    """A person who starts it and has no tray is told after a moment, in front."""
    desk.without.wait(PATIENCE, hidden=False)
    assert desk.waits == PATIENCE
    desk.pass_time()
    assert desk.shown == ["in front"]
    assert not desk.waits


def test_at_login_nothing_pops_up(desk: Desk) -> None:
    """Started hidden, the panel gets a minute; then the window comes once, minimised."""
    desk.without.wait(PATIENCE, hidden=True)
    desk.pass_time()
    assert not desk.shown
    assert desk.waits == tray_fallback.LOGIN_PATIENCE_MS
    desk.pass_time()
    assert desk.shown == ["minimised"]
    assert not desk.waits


def test_a_panel_that_comes_late_is_enough(desk: Desk) -> None:
    """A tray within the minute, or within the moment: no window at all."""
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
    """Who has called a pause looks for a place to come back to: the window isn't minimised."""
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
    """While the pause is on the screen, the home window waits for it to go."""
    desk.used, desk.pause_on_screen = True, True
    desk.without.wait(PATIENCE, hidden=False)
    desk.pass_time()
    assert not desk.shown


def test_a_tray_that_is_reported_ends_the_wait(desk: Desk) -> None:
    """The desktop has told of its tray: nothing waits, and the home window takes its word back."""
    desk.without.wait(PATIENCE, hidden=True)
    desk.without.tray_came()
    assert not desk.waits
    assert desk.taken_back
