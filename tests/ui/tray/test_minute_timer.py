"""The timer that updates the minutes left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer

from safepause.ui.tray.minute_timer import SLACK_MS, MinuteTimer
from tests.fakes import EVENING, FakeClock
from tests.ui.samples import pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class FastClock(FakeClock):
    """A fake clock whose minutes are real seconds, as in the demo."""

    def real(self, instant: datetime) -> datetime:
        """Return the instant at which a clock 60 times as fast shows `instant`."""
        return EVENING + (instant - EVENING) / 60


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock at the start of the pause."""
    return FakeClock()


@pytest.fixture
def minute(qtbot: QtBot, clock: FakeClock) -> Iterator[MinuteTimer]:
    """Return a timer without a pause."""
    del qtbot
    made = MinuteTimer(clock)
    yield made
    made.follow(None)


def timers(minute: MinuteTimer) -> list[QTimer]:
    """Return the Qt timers that exist."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return minute.findChildren(QTimer)


def test_no_pause_no_timer(minute: MinuteTimer) -> None:
    """Before and after a pause, no timer exists."""
    assert not timers(minute)
    minute.follow(pause())
    assert len(timers(minute)) == 1
    minute.follow(None)
    assert not timers(minute)


def test_due_needs_no_timer(minute: MinuteTimer, clock: FakeClock) -> None:
    """For a pause that is due, no timer exists."""
    clock.move(minutes=30)
    minute.follow(pause())
    assert not timers(minute)


@pytest.mark.parametrize(("seconds", "wait"), [(0, 60), (15, 45), (59, 1), (60, 60), (1790, 10)])
def test_fires_when_the_minutes_left_change(
    minute: MinuteTimer, clock: FakeClock, seconds: int, wait: int
) -> None:
    """The timer fires when "26 min" becomes "25 min", counted from the return."""
    clock.move(seconds=seconds)
    minute.follow(pause())
    [timer] = timers(minute)
    assert timer.interval() == wait * 1000 + SLACK_MS
    assert timer.isSingleShot()


def test_following_again_keeps_one_timer(minute: MinuteTimer, clock: FakeClock) -> None:
    """Followed again, a pause has one timer, with a new interval."""
    minute.follow(pause())
    clock.move(seconds=20)
    minute.follow(pause())
    [timer] = timers(minute)
    assert timer.interval() == 40_000 + SLACK_MS


def test_it_follows_a_fast_clock(qtbot: QtBot) -> None:
    """With the demo's clock, a minute takes a second."""
    del qtbot
    minute = MinuteTimer(FastClock())
    minute.follow(pause())
    [timer] = timers(minute)
    assert timer.interval() == 1000 + SLACK_MS
    minute.follow(None)


def test_the_last_minute_ends_at_the_return(
    qtbot: QtBot, minute: MinuteTimer, clock: FakeClock
) -> None:
    """At the return, the timer emits `passed` once more, and is removed."""
    clock.move(minutes=29, seconds=59.99)
    minute.follow(pause())
    with qtbot.waitSignal(minute.passed):
        clock.set(EVENING + timedelta(minutes=30))
    assert not timers(minute)
