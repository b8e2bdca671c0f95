"""The clocks: UTC inside, the wall's zone outside, a demo that runs fast."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.clock import DemoClock, SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator

import pytest

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _zone_as_before() -> Iterator[None]:
    """Let the process have its own time zone again after each test."""
    yield
    time.tzset()


def test_now_is_in_utc() -> None:
    """Instants are aware and in UTC. A second look at a clock shows no earlier time."""
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is UTC
    assert first <= clock.now()
    assert clock.monotonic() <= clock.monotonic()


def test_the_systems_clock_is_real() -> None:
    """An instant of the system's clock is the system's instant."""
    assert SystemClock().real(NOON) == NOON


def test_local_follows_the_zone_that_is_set_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same instant is shown in the zone of the moment, changed while the program runs."""
    clock = SystemClock()
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert clock.local(NOON).strftime("%H:%M") == "14:00"
    monkeypatch.setenv("TZ", "America/New_York")
    assert clock.local(NOON).strftime("%H:%M") == "08:00"
    assert clock.local(NOON) == NOON


def test_local_works_where_the_zone_cannot_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no tzset; the time is shown all the same."""
    monkeypatch.delattr(time, "tzset")
    assert SystemClock().local(NOON) == NOON
    monkeypatch.undo()


def test_the_demo_runs_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real second is a minute of the demo, and a demo's hour is a real minute away."""
    ticks = [100.0]
    monkeypatch.setattr(SystemClock, "now", lambda _self: NOON + timedelta(seconds=ticks[0]))
    monkeypatch.setattr(SystemClock, "monotonic", lambda _self: ticks[0])
    clock = DemoClock()
    start = clock.now()
    ticks[0] += 1
    assert clock.now() - start == timedelta(minutes=1)
    in_an_hour = clock.now() + timedelta(hours=1)
    assert clock.real(in_an_hour) - SystemClock().now() == timedelta(minutes=1)


def test_each_clock_tells_its_speed() -> None:
    """The system's clock shows real seconds; the demo's shows a minute for each of them."""
    assert (SystemClock().speed, DemoClock().speed) == (1, 60)
