"""Being called every day at a time of the wall clock, in the zone that is set now."""

from __future__ import annotations

import time as zone_clock
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.core.clock import SystemClock
from tests.system.waiting import Calls, System, settle, timers

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from safepause.system.time.scheduler import WallScheduler


def test_a_daily_call_goes_by_the_zone_that_is_set_now(
    monkeypatch: pytest.MonkeyPatch, waiting: WallScheduler
) -> None:
    """The call is at 21:00 of the zone that was set at the time of the last request."""
    noon = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    System(monkeypatch, noon)
    waits = []
    for zone in ("Europe/Berlin", "Asia/Kathmandu"):
        monkeypatch.setenv("TZ", zone)
        waiting.daily("greeting", time(21, 0), Calls())
        settle()
        (timer,) = timers(waiting)
        waits.append(timedelta(milliseconds=timer.interval()))
    assert waits == [timedelta(hours=8), timedelta(hours=3, minutes=15)]


@pytest.mark.skipif(not hasattr(zone_clock, "tzset"), reason="this system takes no TZ")
@pytest.mark.parametrize(
    ("zone", "hours"), [("UTC0", 10), ("UTC-2", 8), ("EARLY0LATE,J69/20:40,J300", 9)]
)
def test_a_daily_call_comes_in_a_zone_without_a_name(
    monkeypatch: pytest.MonkeyPatch, waiting: WallScheduler, zone: str, hours: int
) -> None:
    """A daily call follows a zone that TZ has as a rule."""
    noon = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    System(monkeypatch, noon)
    monkeypatch.setattr(SystemClock, "now", lambda _clock: noon)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        waiting.daily("greeting", time(22, 0), Calls())
    zone_clock.tzset()
    settle()
    (timer,) = timers(waiting)
    assert timedelta(milliseconds=timer.interval()) == timedelta(hours=hours)


def test_a_daily_call_comes_again(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, waiting: WallScheduler
) -> None:
    """A daily call is repeated on the next day, until it is removed."""
    monkeypatch.setenv("TZ", "UTC")
    system = System(monkeypatch, datetime(2026, 3, 10, 20, 59, 59, 950_000, tzinfo=UTC))
    calls = Calls()
    waiting.daily("greeting", time(21, 0), calls)
    settle()
    (timer,) = timers(waiting)
    assert timer.interval() == 50
    system.instant += timedelta(milliseconds=100)
    qtbot.waitUntil(lambda: bool(calls))
    settle()
    (timer,) = timers(waiting)
    assert timer.interval() > 23 * 60 * 60 * 1000
    waiting.cancel("greeting")
    assert timers(waiting) == []
