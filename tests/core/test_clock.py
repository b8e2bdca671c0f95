"""The clocks: instants in UTC, local times in the computer's zone, and the fast demo."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core import clock as module
from safepause.core.clock import DemoClock, SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

import pytest

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _zone_as_before() -> Iterator[None]:
    """Restore the time zone of the process after each test."""
    yield
    time.tzset()


def test_now_is_in_utc() -> None:
    """Instants are aware and in UTC. A later reading is not earlier."""
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is UTC
    assert first <= clock.now()
    assert clock.monotonic() <= clock.monotonic()


def test_the_systems_clock_is_real() -> None:
    """`real` returns the same instant for the system's clock."""
    assert SystemClock().real(NOON) == NOON


def test_a_start_of_the_computer_has_a_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Linux names each start of the computer. Elsewhere, or if it can't be read, there is none."""
    name = tmp_path / "boot_id"
    monkeypatch.setattr(module, "_BOOT", str(name))
    assert SystemClock().boot() is None
    for content, expected in ((b"7f-1\n", "7f-1"), (b"\n", None), (b"\xff", None)):
        name.write_bytes(content)
        assert SystemClock().boot() == expected


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names the start of a computer")
def test_the_kernel_names_this_start() -> None:
    """Two readings of one start are the same."""
    assert SystemClock().boot()
    assert SystemClock().boot() == SystemClock().boot()


def test_local_follows_the_zone_that_is_set_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the zone while the program runs changes local times."""
    clock = SystemClock()
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert clock.local(NOON).strftime("%H:%M") == "14:00"
    monkeypatch.setenv("TZ", "America/New_York")
    assert clock.local(NOON).strftime("%H:%M") == "08:00"
    assert clock.local(NOON) == NOON


def test_local_works_where_the_zone_cannot_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `tzset`, as on Windows, there is a local time, too."""
    monkeypatch.delattr(time, "tzset")
    assert SystemClock().local(NOON) == NOON
    monkeypatch.undo()


def test_the_demo_runs_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real second is a minute of the demo. An hour of the demo is a real minute away."""
    ticks = [100.0]
    monkeypatch.setattr(SystemClock, "now", lambda _self: NOON + timedelta(seconds=ticks[0]))
    monkeypatch.setattr(SystemClock, "monotonic", lambda _self: ticks[0])
    clock = DemoClock()
    start = clock.now()
    ticks[0] += 1
    assert clock.now() - start == timedelta(minutes=1)
    in_an_hour = clock.now() + timedelta(hours=1)
    assert clock.real(in_an_hour) - SystemClock().now() == timedelta(minutes=1)


def test_the_fast_clock_can_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on it shows an instant after some real seconds, and has not jumped before."""
    real = 100.0
    monkeypatch.setattr("time.monotonic", lambda: real)
    clock = DemoClock()
    real += 2
    now = clock.now()
    clock.hurry(now + timedelta(hours=11), 40)
    assert (clock.now(), clock.speed) == (now, 990)
    real += 40
    assert clock.now() == now + timedelta(hours=11)


def test_each_clock_tells_its_speed() -> None:
    """The speed of the system's clock is 1. The speed of the demo's clock is 60."""
    assert (SystemClock().speed, DemoClock().speed) == (1, 60)


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="Python knows no such clock")
def test_a_steady_clock_goes_on() -> None:
    """It counts real seconds, as the monotonic clock does while the computer is awake."""
    clock = SystemClock()
    begun, first = clock.monotonic(), clock.steady()
    while clock.monotonic() == begun:
        pass
    last = clock.steady()
    assert first is not None
    assert last is not None
    assert 0 < last - first <= clock.monotonic() - begun


def test_some_systems_have_no_steady_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is none where Python knows no such clock, and in the demo, whose clock nobody sets."""
    assert DemoClock().steady() is None
    monkeypatch.setattr(module, "_number", None)
    assert SystemClock().steady() is None
