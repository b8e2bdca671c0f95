"""Sleep on it: late in the evening, the morning is a new promise, and no agreed extension."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from safepause.core import requests
from safepause.core.agreement import is_late, overnight_until
from safepause.core.decision import decide
from safepause.core.pause import Pause, Reason, Refusal, Terms, Transition
from tests.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def _clock(text: str) -> FakeClock:
    return FakeClock(_at(text), BERLIN)


def _pause(start: str, *, extensions: int = 0, allowed: int = 2) -> Pause:
    begin = _at(start)
    end = begin + timedelta(minutes=30)
    return Pause(UUID(int=1), begin, end, end, extensions=extensions, terms=Terms(allowed))


@pytest.mark.parametrize(
    ("wall", "late"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("04:59", True), ("05:00", False)],
)
def test_late(wall: str, *, late: bool) -> None:
    """It is late from 21:00 until 05:00."""
    assert is_late(_clock(f"2026-03-10T{wall}")) is late


@pytest.mark.parametrize(
    ("start", "now", "morning"),
    [
        ("2026-03-10T21:30", "2026-03-10T21:31", "2026-03-11T09:00"),
        ("2026-03-10T20:40", "2026-03-10T21:20", "2026-03-11T09:00"),  # the return is due
        ("2026-03-11T01:00", "2026-03-11T01:05", "2026-03-11T09:00"),
        ("2026-03-28T23:00", "2026-03-28T23:10", "2026-03-29T09:00"),  # an hour is lost
        ("2026-10-24T23:00", "2026-10-24T23:10", "2026-10-25T09:00"),  # and one is gained
    ],
)
def test_the_morning_is_offered_late(start: str, now: str, morning: str) -> None:
    """Late in the evening, the next 09:00 of the clock is offered."""
    assert overnight_until(_pause(start), _clock(now)) == _at(morning)


@pytest.mark.parametrize(
    ("start", "now"),
    [
        ("2026-03-10T20:10", "2026-03-10T20:59"),  # it is not late
        ("2026-03-10T08:00", "2026-03-10T21:30"),  # 09:00 is more than 24 h after the start
        ("2026-03-11T04:58", "2026-03-11T05:00"),
    ],
)
def test_the_morning_is_not_offered(start: str, now: str) -> None:
    """By day, or with the morning more than 24 h after the start, nothing is offered."""
    assert overnight_until(_pause(start), _clock(now)) is None


def test_the_morning_is_later_than_the_return() -> None:
    """A pause until the morning, or until later, is not offered the morning again."""
    clock = _clock("2026-03-10T21:30")
    pause = _pause("2026-03-10T21:00")
    asked = requests.extend(pause, clock, time(9))
    slept = decide(pause, asked, clock.now())
    assert isinstance(slept, Transition)
    assert slept.pause is not None
    assert slept.pause.return_at == _at("2026-03-11T09:00")
    assert overnight_until(slept.pause, clock) is None


@pytest.mark.parametrize("used", [0, 2])
def test_to_sleep_on_it_uses_no_extension(used: int) -> None:
    """At night the morning is a new promise, even where all extensions are used."""
    clock = _clock("2026-03-10T22:30")
    pause = _pause("2026-03-10T21:00", extensions=used)
    morning = overnight_until(pause, clock)
    assert morning is not None
    done = decide(pause, requests.extend(pause, clock, morning), clock.now())
    assert isinstance(done, Transition)
    assert done.pause is not None
    assert (done.pause.return_at, done.pause.extensions) == (morning, used)
    assert done.pause.promised_at == pause.promised_at


@pytest.mark.parametrize(
    ("now", "wall"), [("2026-03-10T20:50", time(9)), ("2026-03-10T22:30", time(8, 30))]
)
def test_another_new_time_counts(now: str, wall: time) -> None:
    """The morning that is chosen before 21:00, and another time at night, are extensions."""
    clock = _clock(now)
    used_up = _pause("2026-03-10T20:30", extensions=2)
    refused = decide(used_up, requests.extend(used_up, clock, wall), clock.now())
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.NO_EXTENSIONS_LEFT
    pause = _pause("2026-03-10T20:30")
    done = decide(pause, requests.extend(pause, clock, wall), clock.now())
    assert isinstance(done, Transition)
    assert done.pause is not None
    assert done.pause.extensions == 1


def test_one_night_one_morning() -> None:
    """In the next evening, a pause that was slept on has no second morning inside its 24 h."""
    for start in ("2026-03-10T20:00", "2026-03-10T23:30", "2026-03-11T04:00"):
        pause = _pause(start)
        for hour in (21, 22, 23):
            assert overnight_until(pause, _clock(f"2026-03-11T{hour}:00")) is None
