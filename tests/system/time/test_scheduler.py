"""The scheduler makes each call once, never early, and runs no timer without calls."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.core.clock import DemoClock
from safepause.system.time import qt_scheduler as module
from safepause.system.time.scheduler import WallScheduler
from tests.fakes import EVENING, FakeClock
from tests.system.waiting import HOUR, Calls, System, now, settle, timers

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QCoreApplication
    from pytestqt.qtbot import QtBot


def test_a_call_that_is_late_is_made_at_once(qtbot: QtBot, waiting: WallScheduler) -> None:
    """A call whose instant passed long ago is made at once, and once."""
    calls = Calls()
    waiting.at("one", now() - timedelta(days=3), calls)
    qtbot.waitUntil(lambda: bool(calls))
    settle()
    assert len(calls) == 1


def test_a_clock_step_needs_another_request(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, waiting: WallScheduler
) -> None:
    """After a clock step past its instant, a call that is requested again is made once."""
    system = System(monkeypatch, now())
    calls, instant = Calls(), system.instant + HOUR
    waiting.at("one", instant, calls)
    system.instant += 2 * HOUR
    # The timer still waits for the hour, so only the clock step can cause a call.
    waiting.at("one", instant, calls)
    waiting.at("one", instant, calls)
    qtbot.waitUntil(lambda: bool(calls))
    settle()
    assert len(calls) == 1


def test_a_clock_set_back_delays_the_call(
    monkeypatch: pytest.MonkeyPatch, waiting: WallScheduler
) -> None:
    """If the clock is set back by an hour, the wait is an hour longer."""
    system = System(monkeypatch, now())
    instant = system.instant + HOUR
    waiting.at("one", instant, Calls())
    system.instant -= HOUR
    waiting.at("one", instant, Calls())
    settle()
    (timer,) = timers(waiting)
    assert timer.interval() == 2 * 60 * 60 * 1000


def test_nothing_waits_without_a_call(qtbot: QtBot, waiting: WallScheduler) -> None:
    """No timer runs before the first call, after a call, or after a cancelled one."""
    waiting.cancel("one")
    assert timers(waiting) == []
    calls = Calls()
    waiting.at("one", now(), calls)
    qtbot.waitUntil(lambda: bool(calls))
    assert timers(waiting) == []
    waiting.at("one", now() + HOUR, calls)
    settle()
    assert len(timers(waiting)) == 1
    waiting.cancel("one")
    settle()
    assert timers(waiting) == []
    assert len(calls) == 1


def test_the_last_call_asked_for_counts(qtbot: QtBot, waiting: WallScheduler) -> None:
    """A new request replaces the request of the same name."""
    first, second = Calls(), Calls()
    waiting.at("one", now(), first)
    waiting.at("one", now(), second)
    qtbot.waitUntil(lambda: bool(second))
    settle()
    assert first == []


def test_closing_ends_it(waiting: WallScheduler) -> None:
    """After `close` nothing is called and nothing runs. A second `close` is harmless."""
    calls = Calls()
    waiting.at("one", now(), calls)
    waiting.close()
    waiting.close()
    settle()
    assert calls == []
    assert timers(waiting) == []


def test_each_name_has_a_call_of_its_own(qtbot: QtBot, waiting: WallScheduler) -> None:
    """A second call, and its removal, do not change the first one."""
    first, second, third = Calls(), Calls(), Calls()
    waiting.at("first", now() + timedelta(milliseconds=50), first)
    waiting.at("second", now(), second)
    waiting.at("third", now() + HOUR, third)
    waiting.cancel("third")
    waiting.cancel("never asked for")
    qtbot.waitUntil(lambda: bool(first) and bool(second))
    assert (len(first), len(second), len(third)) == (1, 1, 0)
    settle()
    assert timers(waiting) == []


class Recorded:
    """An inner scheduler that only records the requests."""

    def __init__(self) -> None:
        """Start without requests."""
        self.asked: list[tuple[datetime, Callable[[], None]]] = []

    def call_at(self, _name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Record a request."""
        self.asked.append((instant, call))

    def forget(self, _name: str) -> None:
        """Do nothing."""

    def shutdown(self) -> None:
        """Do nothing."""


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """Return the inner scheduler of a `WallScheduler`."""
    inner = Recorded()
    monkeypatch.setattr(module, "OneTimerScheduler", lambda _parent: inner)
    return inner


@pytest.mark.parametrize("waiting", ["APScheduler"], indirect=True)
@pytest.mark.parametrize("change", ["cancel", "replace"])
def test_a_call_on_its_way_can_be_taken_back(
    waiting: WallScheduler, recorded: Recorded, change: str
) -> None:
    """A call that is due, but not made yet, can still be cancelled and replaced."""
    calls = Calls()
    waiting.at("one", EVENING, calls)
    recorded.asked[0][1]()
    if change == "cancel":
        waiting.cancel("one")
    else:
        waiting.at("one", EVENING, calls)
    settle()
    assert calls == []


def test_two_jobs_for_one_call_are_one_call(waiting: WallScheduler, recorded: Recorded) -> None:
    """If the job of a call runs twice before the call, the call is made once."""
    calls = Calls()
    waiting.at("one", EVENING, calls)
    for _instant, job in recorded.asked * 2:
        job()
    settle()
    assert len(calls) == 1


class FastClock(FakeClock):
    """A fake clock that runs 60 times as fast as the system's clock, which shows `system`."""

    system = EVENING

    def real(self, instant: datetime) -> datetime:
        """Return the instant of the system's clock at which this clock shows `instant`."""
        return self.system + (instant - self.now()) / 60


def test_a_fast_clock_waits_in_real_time(recorded: Recorded, qapp: QCoreApplication) -> None:
    """With a clock that is 60 times as fast, the wait is a sixtieth, after a new request, too."""
    assert qapp is not None
    clock = FastClock()
    waiting = WallScheduler(clock)
    waiting.at("one", EVENING + HOUR, Calls())
    clock.system += 5 * HOUR
    waiting.at("one", EVENING + HOUR, Calls())
    minute = timedelta(minutes=1)
    assert [instant for instant, _job in recorded.asked] == [
        EVENING + minute,
        EVENING + 5 * HOUR + minute,
    ]
    waiting.close()


def test_the_demo_keeps_its_promise_60_times_as_fast(qtbot: QtBot, qapp: QCoreApplication) -> None:
    """A call in six seconds of the demo's clock comes after a tenth of a second."""
    assert qapp is not None
    clock = DemoClock()
    waiting = WallScheduler(clock)
    calls = Calls()
    began = now()
    waiting.at("one", clock.now() + timedelta(seconds=6), calls)
    qtbot.waitUntil(lambda: bool(calls))
    assert timedelta(milliseconds=95) < calls[0] - began < timedelta(seconds=2)
    waiting.close()


def test_the_import_can_wait_for_the_first_frame(
    qtbot: QtBot, qapp: QCoreApplication, recorded: Recorded
) -> None:
    """With `import_after`, APScheduler is imported after that time, and the call is not lost."""
    assert qapp is not None
    waiting = WallScheduler(FakeClock(), import_after=1)
    waiting.at("one", EVENING, Calls())
    assert recorded.asked == []
    qtbot.waitUntil(lambda: bool(recorded.asked))
    assert recorded.asked[0][0] == EVENING
    waiting.close()


def test_apscheduler_is_imported_when_there_is_something_to_wait_for() -> None:
    """A new scheduler without calls has not imported APScheduler."""
    code = (
        "import sys; from safepause.core.clock import SystemClock;"
        "from safepause.system.time.scheduler import WallScheduler as W; w = W(SystemClock());"
        "w.cancel('one'); print([name for name in sys.modules if 'apsched' in name])"
    )
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
