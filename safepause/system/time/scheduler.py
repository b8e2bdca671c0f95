"""Calls back at an instant of the wall clock; the only file that knows APScheduler.

It is imported when there is first something to wait for, as it costs half a start. Its scheduler
for Qt has four traps; `gui_scheduler` closes them. It sleeps by a clock that stands still while the
computer sleeps, so whoever hears of a wake-up or of a changed clock calls `wakeup`.
"""

from __future__ import annotations

import math
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.events import JobExecutionEvent

    from safepause.core.clock import Clock

LONGEST = 2**31 - 1
"""Milliseconds that a QTimer can wait for: some 24 days. A longer wait takes several."""
AFTER_FRAME = 200
"""Milliseconds that the import waits, so that the window of a pause is on screen before it."""
_ID = "next"


class GuiScheduler(Protocol):
    """What is used here of APScheduler's scheduler, in the GUI thread."""

    def call_at(self, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` at the system clock's `instant`, or at once if that has passed.

        Replaces the last one. `call` runs inside the scheduler: it must do no more than to queue
        a signal, as a loop of its own would make it run again.
        """
        ...

    def forget(self) -> None:
        """Drop the call, and wake up no more."""
        ...

    def wakeup(self) -> None:
        """Look at the clock again."""
        ...

    def shutdown(self) -> None:
        """Stop for good."""
        ...


class WallScheduler(QObject):
    """The core's `Scheduler`: one call at a time, never early, never dropped, however late."""

    _due = Signal(int)

    def __init__(
        self, clock: Clock, parent: QObject | None = None, *, import_after: int = 0
    ) -> None:
        """Wait by `clock`; costs nothing until `at` is called.

        The import, which that takes, comes `import_after` milliseconds later, or at once if 0.
        """
        super().__init__(parent)
        self._clock = clock
        self._scheduler: GuiScheduler | None = None
        self._asked = 0
        self._instant: datetime | None = None
        self._call: Callable[[], None] | None = None
        self._import = QTimer(self, singleShot=True, interval=import_after)
        self._import.timeout.connect(self._build)

    def at(self, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` once at `instant`, or soon if it has passed; replaces the last one.

        It is called from the event loop, so it may ask for the next, or open a dialog.
        """
        self._asked += 1
        self._instant, self._call = instant, call
        self._arm(instant)

    def cancel(self) -> None:
        """Forget the call; no timer runs any more."""
        self._instant = self._call = None
        self._import.stop()
        if self._scheduler is not None:
            self._scheduler.forget()

    def wakeup(self) -> None:
        """Look at the clock again, after sleep or a clock step; what is overdue is called soon."""
        if self._instant is not None:
            self._arm(self._instant)

    def close(self) -> None:
        """Forget the call and stop for good."""
        self.cancel()
        if self._scheduler is not None:
            self._scheduler.shutdown()
            self._scheduler = None

    def _arm(self, instant: datetime) -> None:
        if self._scheduler is None:
            if self._import.interval():
                self._import.start()
                return
            self._scheduler = self._built()
        asked = self._asked
        self._scheduler.call_at(self._clock.real(instant), lambda: self._due.emit(asked))

    def _build(self) -> None:
        self._scheduler = self._built()
        self.wakeup()

    def _built(self) -> GuiScheduler:
        from PySide6.QtCore import Qt  # costs 24 ms: not at the start

        self._due.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        return gui_scheduler(self)

    def _deliver(self, asked: int) -> None:
        call = self._call
        if call is None or asked != self._asked:
            return  # cancelled or replaced while the signal was on its way
        self._instant = self._call = None
        call()


def gui_scheduler(parent: QObject) -> GuiScheduler:
    """Return a started QtScheduler with its traps closed; importing it takes some 80 ms.

    Its own timers can't be stopped, so it is given one that can. Jobs run in the GUI thread, and
    what they raise is raised to `sys.excepthook`. Its dates are UTC: local ones break at a change
    to summer time. However late a job is, it runs.
    """
    from apscheduler.events import EVENT_JOB_ERROR
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.qt import QtScheduler
    from apscheduler.triggers.date import DateTrigger
    from PySide6.QtCore import Qt

    class OneTimerScheduler(QtScheduler):  # type: ignore[misc]  # APScheduler has no types
        def __init__(self) -> None:
            self._one_timer = QTimer(parent, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
            self._one_timer.timeout.connect(self._process_jobs)
            super().__init__(
                timezone=UTC,
                executors={"default": DebugExecutor()},
                job_defaults={"misfire_grace_time": None, "coalesce": True},
            )

        def call_at(self, instant: datetime, call: Callable[[], None]) -> None:
            trigger = DateTrigger(instant.astimezone(UTC), timezone=UTC)
            self.add_job(call, trigger, id=_ID, replace_existing=True)

        def forget(self) -> None:
            if self.get_job(_ID) is not None:
                self.remove_job(_ID)
            self._stop_timer()

        def _start_timer(self, wait_seconds: float | None) -> None:
            self._stop_timer()
            if wait_seconds is not None and self.running:
                self._one_timer.start(min(math.ceil(wait_seconds * 1000), LONGEST))

        def _stop_timer(self) -> None:
            self._one_timer.stop()

    scheduler = OneTimerScheduler()
    scheduler.add_listener(_raise, EVENT_JOB_ERROR)
    scheduler.start()
    made: GuiScheduler = scheduler
    return made


def _raise(event: JobExecutionEvent) -> None:
    """Hand on what a job raised: APScheduler has only logged it."""
    problem: BaseException = event.exception
    sys.excepthook(type(problem), problem, problem.__traceback__)
