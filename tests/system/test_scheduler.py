"""Being called back in time: once, never early, never dropped, and no timer while nothing waits."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import date
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

from safepause.core.clock import DemoClock, SystemClock
from safepause.system import scheduler as module
from safepause.system.scheduler import LONGEST, GuiScheduler, WallScheduler, gui_scheduler
from tests.fakes import EVENING, FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

SOON = timedelta(milliseconds=40)
HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
SUMMER = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
"""Ten minutes before Berlin's clocks jump from 02:00 to 03:00."""


@pytest.fixture
def waiting(qapp: QCoreApplication) -> Iterator[WallScheduler]:
    """Return a scheduler by the system's clock, closed afterwards."""
    assert qapp is not None
    scheduler = WallScheduler(SystemClock())
    yield scheduler
    scheduler.close()


@pytest.fixture
def owner(qapp: QCoreApplication) -> QObject:
    """Return what the inner scheduler's timer belongs to."""
    assert qapp is not None
    return QObject()


@pytest.fixture
def inner(owner: QObject) -> Iterator[GuiScheduler]:
    """Return APScheduler's scheduler as we use it, shut down afterwards."""
    scheduler = gui_scheduler(owner)
    yield scheduler
    scheduler.forget()


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each time APScheduler looks for work."""
    seen: list[int] = []
    look = base.BaseScheduler._process_jobs  # noqa: SLF001  -- what the first trap repeats for ever

    def counted(self: object) -> object:
        seen.append(1)
        return look(self)

    monkeypatch.setattr(base.BaseScheduler, "_process_jobs", counted)
    return seen


class System:
    """The system's clock as APScheduler reads it, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
        """Take the clock's place."""
        self.instant = instant
        shown = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no Self needed
                return shown.instant.astimezone(tz)

        monkeypatch.setattr(base, "datetime", Moved)


def settle() -> None:
    """Let everything happen that is due now."""
    for _round in range(10):
        QCoreApplication.processEvents()


def timers(owner: QObject) -> list[QTimer]:
    """Return the timers that run."""
    return [timer for timer in owner.findChildren(QTimer) if timer.isActive()]


def now() -> datetime:
    """Return the system's instant."""
    return SystemClock().now()


class Calls(list[datetime]):
    """When it was called."""

    def __call__(self) -> None:
        """Note the instant."""
        self.append(now())


# Trap 1: timers that nobody can stop


def test_many_wakeups_are_one_look(
    qtbot: QtBot, inner: GuiScheduler, owner: QObject, passes: list[int]
) -> None:
    """200 wake-ups in a row cost one look at the jobs, and one timer runs."""
    inner.call_at(now() + HOUR, Calls())
    passes.clear()
    for _time in range(200):
        inner.wakeup()
    assert len(timers(owner)) == 1
    qtbot.waitUntil(lambda: bool(passes))
    settle()
    assert len(passes) <= 2


def test_nothing_looks_after_the_end(
    inner: GuiScheduler, owner: QObject, passes: list[int]
) -> None:
    """After the shutdown no timer runs, not even for what was asked just before."""
    inner.call_at(now() + SOON, Calls())
    inner.wakeup()
    passes.clear()
    inner.shutdown()
    inner.wakeup()
    settle()
    assert timers(owner) == []
    assert passes == []


def test_the_timer_is_precise_and_never_too_long(inner: GuiScheduler, owner: QObject) -> None:
    """A wait of a year is made of waits that Qt can count, by a timer that fires when it says."""
    inner.call_at(now() + timedelta(days=365), Calls())
    settle()
    (timer,) = timers(owner)
    assert timer.interval() == LONGEST == 2**31 - 1
    assert timer.timerType() is Qt.TimerType.PreciseTimer
    assert timer.isSingleShot()


def test_no_call_comes_early(qtbot: QtBot, inner: GuiScheduler) -> None:
    """Not a microsecond before its instant, and not long after it."""
    calls = Calls()
    for _time in range(5):
        calls.clear()
        instant = now() + SOON
        inner.call_at(instant, calls)
        qtbot.waitUntil(lambda: bool(calls))
        assert timedelta(0) <= calls[0] - instant < timedelta(seconds=1)


# Trap 2: a job with a loop of its own runs again and again


def test_a_call_with_a_loop_of_its_own_runs_once(qtbot: QtBot, waiting: WallScheduler) -> None:
    """A call that opens a dialog is made outside of the scheduler, and once."""
    ran: list[int] = []

    def dialog() -> None:
        ran.append(1)
        loop = QEventLoop()
        for _time in range(3):
            waiting.wakeup()
        QTimer.singleShot(SOON // timedelta(milliseconds=1), loop.quit)
        loop.exec()

    waiting.at(now() - HOUR, dialog)
    qtbot.waitUntil(lambda: bool(ran))
    settle()
    assert ran == [1]


def test_what_is_asked_inside_a_loop_inside_a_call_comes(
    qtbot: QtBot, waiting: WallScheduler
) -> None:
    """While a dialog that a call opened stands, the next call is made all the same."""
    loop = QEventLoop()
    ran: list[str] = []

    def inside() -> None:
        ran.append("inside")
        loop.quit()

    def dialog() -> None:
        waiting.at(now(), inside)
        loop.exec()
        ran.append("after")

    waiting.at(now(), dialog)
    qtbot.waitUntil(lambda: len(ran) == 2)
    assert ran == ["inside", "after"]


# Trap 3: errors that only the log sees


@pytest.mark.parametrize("kind", [ValueError, SystemExit])
def test_what_a_job_raises_is_seen(
    qtbot: QtBot,
    inner: GuiScheduler,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kind: type[BaseException],
) -> None:
    """An exception in a job, SystemExit included, reaches sys.excepthook, and the log."""
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _problem, _where: seen.append(kind))

    def job() -> None:
        raise kind("oh")

    inner.call_at(now(), job)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [kind]
    assert "oh" in caplog.text


def test_what_a_call_raises_is_seen(qtbot: QtBot, waiting: WallScheduler) -> None:
    """An exception in a call reaches sys.excepthook, and the next call is made all the same."""

    def call() -> None:
        raise ValueError("oh")

    with qtbot.captureExceptions() as seen:
        waiting.at(now(), call)
        qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is ValueError
    calls = Calls()
    waiting.at(now(), calls)
    qtbot.waitUntil(lambda: bool(calls))


# Trap 4: local times at a change to summer time


def test_summer_time_moves_no_wait(monkeypatch: pytest.MonkeyPatch, owner: QObject) -> None:
    """Twenty minutes across the change to summer time are twenty minutes, not eighty.

    The computer's zone isn't even asked for: neither for the scheduler nor for its dates.
    """
    asked: list[int] = []

    def berlin() -> tzinfo:
        asked.append(1)
        return BERLIN

    monkeypatch.setattr(base, "get_localzone", berlin)
    monkeypatch.setattr(date, "get_localzone", berlin)
    System(monkeypatch, SUMMER)
    scheduler = gui_scheduler(owner)
    scheduler.call_at((SUMMER + timedelta(minutes=20)).astimezone(BERLIN), Calls())
    settle()
    (timer,) = timers(owner)
    assert timer.interval() == 20 * 60 * 1000
    assert not asked
    scheduler.shutdown()


# The core's port


def test_a_call_that_is_late_is_made_at_once(qtbot: QtBot, waiting: WallScheduler) -> None:
    """However long ago the instant was, the call is made, and once."""
    calls = Calls()
    waiting.at(now() - timedelta(days=3), calls)
    qtbot.waitUntil(lambda: bool(calls))
    waiting.wakeup()
    settle()
    assert len(calls) == 1


def test_a_clock_step_needs_a_wakeup(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, waiting: WallScheduler
) -> None:
    """After a step past its instant the call is made as soon as somebody says so, and once."""
    system = System(monkeypatch, now())
    calls = Calls()
    waiting.at(system.instant + HOUR, calls)
    system.instant += 2 * HOUR
    # Only the step is seen here: the timer still waits for the hour.
    waiting.wakeup()
    waiting.wakeup()
    qtbot.waitUntil(lambda: bool(calls))
    settle()
    assert len(calls) == 1


def test_a_clock_set_back_delays_the_call(
    monkeypatch: pytest.MonkeyPatch, waiting: WallScheduler
) -> None:
    """The promised instant stands: set back by an hour, the wait is an hour longer."""
    system = System(monkeypatch, now())
    waiting.at(system.instant + HOUR, Calls())
    system.instant -= HOUR
    waiting.wakeup()
    settle()
    (timer,) = timers(waiting)
    assert timer.interval() == 2 * 60 * 60 * 1000


def test_nothing_waits_without_a_call(qtbot: QtBot, waiting: WallScheduler) -> None:
    """No timer runs before the first call, after a call, or after a cancelled one."""
    waiting.wakeup()
    waiting.cancel()
    assert timers(waiting) == []
    calls = Calls()
    waiting.at(now(), calls)
    qtbot.waitUntil(lambda: bool(calls))
    assert timers(waiting) == []
    waiting.at(now() + HOUR, calls)
    settle()
    assert len(timers(waiting)) == 1
    waiting.cancel()
    waiting.wakeup()
    settle()
    assert timers(waiting) == []
    assert len(calls) == 1


def test_the_last_call_asked_for_counts(qtbot: QtBot, waiting: WallScheduler) -> None:
    """Asking again replaces what was asked before."""
    first, second = Calls(), Calls()
    waiting.at(now(), first)
    waiting.at(now(), second)
    qtbot.waitUntil(lambda: bool(second))
    settle()
    assert first == []


def test_closing_ends_it(waiting: WallScheduler) -> None:
    """After `close` nothing is called and nothing runs; closing again is harmless."""
    calls = Calls()
    waiting.at(now(), calls)
    waiting.close()
    waiting.close()
    settle()
    assert calls == []
    assert timers(waiting) == []


class Recorded:
    """An inner scheduler that only remembers what it is asked for."""

    def __init__(self) -> None:
        """Remember nothing."""
        self.asked: list[tuple[datetime, Callable[[], None]]] = []

    def call_at(self, instant: datetime, call: Callable[[], None]) -> None:
        """Remember a call."""
        self.asked.append((instant, call))

    def forget(self) -> None:
        """Do nothing."""

    wakeup = shutdown = forget


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """Return the inner scheduler that a `WallScheduler` gets."""
    inner = Recorded()
    monkeypatch.setattr(module, "gui_scheduler", lambda _parent: inner)
    return inner


@pytest.mark.parametrize("change", ["cancel", "replace"])
def test_a_call_on_its_way_can_be_taken_back(
    waiting: WallScheduler, recorded: Recorded, change: str
) -> None:
    """Between the moment that it is due and the call itself, cancelling and replacing count."""
    calls = Calls()
    waiting.at(EVENING, calls)
    recorded.asked[0][1]()
    if change == "cancel":
        waiting.cancel()
    else:
        waiting.at(EVENING, calls)
    settle()
    assert calls == []


def test_two_jobs_for_one_call_are_one_call(waiting: WallScheduler, recorded: Recorded) -> None:
    """A wake-up while the call is on its way does not make it twice."""
    calls = Calls()
    waiting.at(EVENING, calls)
    waiting.wakeup()
    for _instant, job in recorded.asked:
        job()
    settle()
    assert len(calls) == 1


class FastClock(FakeClock):
    """A fake clock that runs 60 times as fast as a system's that shows `system`."""

    system = EVENING

    def real(self, instant: datetime) -> datetime:
        """Return when the system's clock will show what makes `instant`."""
        return self.system + (instant - self.now()) / 60


def test_a_fast_clock_waits_in_real_time(recorded: Recorded, qapp: QCoreApplication) -> None:
    """Where 60 s pass in one, the wait is a sixtieth, and a wake-up works it out again."""
    assert qapp is not None
    clock = FastClock()
    waiting = WallScheduler(clock)
    waiting.at(EVENING + HOUR, Calls())
    clock.system += 5 * HOUR
    waiting.wakeup()
    minute = timedelta(minutes=1)
    assert [instant for instant, _job in recorded.asked] == [
        EVENING + minute,
        EVENING + 5 * HOUR + minute,
    ]
    waiting.close()


def test_the_demo_keeps_its_promise_60_times_as_fast(qtbot: QtBot, qapp: QCoreApplication) -> None:
    """Six seconds of the demo's clock take a tenth of one."""
    assert qapp is not None
    clock = DemoClock()
    waiting = WallScheduler(clock)
    calls = Calls()
    began = now()
    waiting.at(clock.now() + timedelta(seconds=6), calls)
    qtbot.waitUntil(lambda: bool(calls))
    assert timedelta(milliseconds=95) < calls[0] - began < timedelta(seconds=2)
    waiting.close()


def test_the_import_can_wait_for_the_first_frame(
    qtbot: QtBot, qapp: QCoreApplication, recorded: Recorded
) -> None:
    """With `import_after`, APScheduler comes after that time, and the call is not lost."""
    assert qapp is not None
    waiting = WallScheduler(FakeClock(), import_after=1)
    waiting.at(EVENING, Calls())
    assert recorded.asked == []
    qtbot.waitUntil(lambda: bool(recorded.asked))
    assert recorded.asked[0][0] == EVENING
    waiting.close()


def test_apscheduler_is_imported_when_there_is_something_to_wait_for() -> None:
    """Making a scheduler imports nothing of APScheduler: a start without a pause is spared it."""
    code = (
        "import sys; from safepause.core.clock import SystemClock;"
        "from safepause.system.scheduler import WallScheduler as W; w = W(SystemClock());"
        "w.cancel(); w.wakeup(); print([name for name in sys.modules if 'apsched' in name])"
    )
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
