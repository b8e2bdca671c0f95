"""APScheduler's four faults under Qt. Each test fails if our scheduler has its fault."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import date
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

from safepause.core.clock import SystemClock
from safepause.system.time.qt_scheduler import LONGEST, OneTimerScheduler
from safepause.system.time.scheduler import WallScheduler
from tests.system.waiting import HOUR, SOON, Calls, System, now, settle, timers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

BERLIN = ZoneInfo("Europe/Berlin")
SUMMER = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
"""Ten minutes before Berlin's clocks jump from 02:00 to 03:00."""


@pytest.fixture
def waiting(qapp: QCoreApplication) -> Iterator[WallScheduler]:
    """Return a scheduler that uses the system's clock. It is closed after the test."""
    assert qapp is not None
    scheduler = WallScheduler(SystemClock())
    yield scheduler
    scheduler.close()


@pytest.fixture
def owner(qapp: QCoreApplication) -> QObject:
    """Return the parent of the inner scheduler's timer."""
    assert qapp is not None
    return QObject()


@pytest.fixture
def inner(owner: QObject) -> Iterator[OneTimerScheduler]:
    """Return APScheduler's scheduler in our subclass. It is shut down after the test."""
    scheduler = OneTimerScheduler(owner)
    yield scheduler
    scheduler.forget("one")


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets an entry whenever APScheduler looks for jobs."""
    seen: list[int] = []
    look = base.BaseScheduler._process_jobs  # noqa: SLF001  -- what the first trap repeats for ever

    def counted(self: object) -> object:
        seen.append(1)
        return look(self)

    monkeypatch.setattr(base.BaseScheduler, "_process_jobs", counted)
    return seen


# Fault 1: timers that can't be stopped


def test_many_wakeups_are_one_look(
    qtbot: QtBot, inner: OneTimerScheduler, owner: QObject, passes: list[int]
) -> None:
    """After 200 requests in a row, APScheduler looks for jobs once, and one timer runs."""
    instant, calls = now() + HOUR, Calls()
    inner.call_at("one", instant, calls)
    passes.clear()
    for _time in range(200):
        inner.call_at("one", instant, calls)
    assert len(timers(owner)) == 1
    qtbot.waitUntil(lambda: bool(passes))
    settle()
    assert len(passes) <= 2


def test_nothing_looks_after_the_end(
    inner: OneTimerScheduler, owner: QObject, passes: list[int]
) -> None:
    """After the shutdown no timer runs, even for a request just before."""
    inner.call_at("one", now() + SOON, Calls())
    passes.clear()
    inner.shutdown()
    settle()
    assert timers(owner) == []
    assert passes == []


def test_the_timer_is_precise_and_never_too_long(inner: OneTimerScheduler, owner: QObject) -> None:
    """A wait of a year consists of waits that Qt can count, with a precise timer."""
    inner.call_at("one", now() + timedelta(days=365), Calls())
    settle()
    (timer,) = timers(owner)
    assert timer.interval() == LONGEST == 2**31 - 1
    assert timer.timerType() is Qt.TimerType.PreciseTimer
    assert timer.isSingleShot()


def test_no_call_comes_early(qtbot: QtBot, inner: OneTimerScheduler) -> None:
    """A call is not before its instant, and soon after it."""
    calls = Calls()
    for _time in range(5):
        calls.clear()
        instant = now() + SOON
        inner.call_at("one", instant, calls)
        qtbot.waitUntil(lambda: bool(calls))
        assert timedelta(0) <= calls[0] - instant < timedelta(seconds=1)


# Fault 2: a job that runs an event loop runs again and again


def test_a_call_with_a_loop_of_its_own_runs_once(qtbot: QtBot, waiting: WallScheduler) -> None:
    """A call that opens a dialog is made outside of the scheduler, and once."""
    ran: list[int] = []

    def dialog() -> None:
        ran.append(1)
        loop = QEventLoop()
        for name in ("two", "three", "four"):
            waiting.at(name, now() + HOUR, ran.clear)
        QTimer.singleShot(SOON // timedelta(milliseconds=1), loop.quit)
        loop.exec()

    waiting.at("one", now() - HOUR, dialog)
    qtbot.waitUntil(lambda: bool(ran))
    settle()
    assert ran == [1]


def test_what_is_asked_inside_a_loop_inside_a_call_comes(
    qtbot: QtBot, waiting: WallScheduler
) -> None:
    """While a dialog of one call is open, the next call is made."""
    loop = QEventLoop()
    ran: list[str] = []

    def inside() -> None:
        ran.append("inside")
        loop.quit()

    def dialog() -> None:
        waiting.at("one", now(), inside)
        loop.exec()
        ran.append("after")

    waiting.at("one", now(), dialog)
    qtbot.waitUntil(lambda: len(ran) == 2)
    assert ran == ["inside", "after"]


# Fault 3: errors that only the log has


@pytest.mark.parametrize("kind", [ValueError, SystemExit])
def test_what_a_job_raises_is_seen(
    qtbot: QtBot,
    inner: OneTimerScheduler,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kind: type[BaseException],
) -> None:
    """An exception in a job, SystemExit included, reaches sys.excepthook and the log."""
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _problem, _where: seen.append(kind))

    def job() -> None:
        raise kind("oh")

    inner.call_at("one", now(), job)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [kind]
    assert "oh" in caplog.text


def test_what_a_call_raises_is_seen(qtbot: QtBot, waiting: WallScheduler) -> None:
    """An exception in a call reaches sys.excepthook, and the next call is made."""

    def call() -> None:
        raise ValueError("oh")

    with qtbot.captureExceptions() as seen:
        waiting.at("one", now(), call)
        qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is ValueError
    calls = Calls()
    waiting.at("one", now(), calls)
    qtbot.waitUntil(lambda: bool(calls))


# Fault 4: local times at a change to summer time


def test_summer_time_moves_no_wait(monkeypatch: pytest.MonkeyPatch, owner: QObject) -> None:
    """A wait of twenty minutes across the change to summer time is twenty minutes.

    APScheduler does not ask for the computer's zone, neither for itself nor for its dates.
    """
    asked: list[int] = []

    def berlin() -> tzinfo:
        asked.append(1)
        return BERLIN

    monkeypatch.setattr(base, "get_localzone", berlin)
    monkeypatch.setattr(date, "get_localzone", berlin)
    System(monkeypatch, SUMMER)
    scheduler = OneTimerScheduler(owner)
    scheduler.call_at("one", (SUMMER + timedelta(minutes=20)).astimezone(BERLIN), Calls())
    settle()
    (timer,) = timers(owner)
    assert timer.interval() == 20 * 60 * 1000
    assert not asked
    scheduler.shutdown()
