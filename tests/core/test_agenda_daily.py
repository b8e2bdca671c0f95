"""Daily wake-ups: once a day, at a time of the wall clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.core.desk import HOUR, MINUTE
from tests.fakes import EVENING

if TYPE_CHECKING:
    from tests.core.desk import Desk


def test_a_daily_wake_up_comes_every_day(desk: Desk) -> None:
    """The wake-up is called at its time of day, three days in a row."""
    desk.put("greeting", desk.nine)
    desk.wait(timedelta(days=3))
    first = EVENING + 50 * MINUTE
    assert desk.called == [("greeting", first + timedelta(days=day)) for day in range(3)]


def test_a_daily_wake_up_that_was_slept_through_is_dropped(desk: Desk) -> None:
    """A call that is later than its grace is dropped. The next day's call comes."""
    desk.put("greeting", desk.nine, grace=10 * MINUTE)
    desk.jump(2 * HOUR)
    assert desk.names == []
    desk.wait(timedelta(days=1))
    assert desk.called == [("greeting", EVENING + 50 * MINUTE + timedelta(days=1))]


def test_a_daily_wake_up_comes_once_a_day(desk: Desk) -> None:
    """If the clock is set back after the call, the wake-up is not called again on that day."""
    desk.put("greeting", desk.nine)
    desk.wait(HOUR)
    desk.jump(-HOUR)
    desk.wait(2 * HOUR)
    assert desk.names == ["greeting"]
    desk.wait(timedelta(days=1))
    assert desk.names == ["greeting", "greeting"]


def test_a_daily_wake_up_follows_the_zone(desk: Desk) -> None:
    """After a change of the zone, the call comes when the new local time is reached."""
    desk.put("greeting", desk.nine)
    desk.clock.zone = ZoneInfo("Asia/Kathmandu")  # it is 01:55 there
    desk.agenda.time_moved()
    desk.wait(timedelta(days=1))
    assert [desk.clock.local(at).time() for _name, at in desk.called] == [desk.nine]


def test_a_daily_wake_up_that_was_moved_comes_on_the_same_day(desk: Desk) -> None:
    """A wake-up that gets a later time, or is set again, is called again on that day."""
    desk.clock.set(EVENING + timedelta(days=2))  # no clock changes on that day
    soon = desk.clock.local(desk.clock.now()) + 10 * MINUTE
    desk.put("greeting", soon.time())
    desk.wait(20 * MINUTE)
    desk.put("greeting", (soon + 20 * MINUTE).time())
    desk.wait(20 * MINUTE)
    desk.agenda.drop("greeting")
    desk.put("greeting", (soon + 40 * MINUTE).time())
    desk.wait(20 * MINUTE)
    assert desk.names == ["greeting"] * 3
