"""APScheduler's scheduler for Qt without its four faults. The only file that knows APScheduler.

1. Its timers can't be stopped, so that they add up: here it has one timer that can be stopped.
2. A job may not run an event loop, or the job runs again: jobs only queue a signal, in the GUI
   thread.
3. An error in a job goes only to the log: here it also goes to `sys.excepthook`.
4. Local dates go wrong at a change to summer time: dates are in UTC. A daily time is local, though.

A job runs however late it is. Importing this file takes about 80 ms, most of it in APScheduler.
"""

from __future__ import annotations

import math
import sys
from datetime import UTC, datetime, time, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.qt import QtScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from PySide6.QtCore import QObject, Qt, QTimer
from tzlocal import reload_localzone

from safepause.core.agreement import next_at
from safepause.core.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.events import JobExecutionEvent

LONGEST = 2**31 - 1
"""The longest wait of a QTimer, in milliseconds: about 24 days. A longer wait takes several."""


class OneTimerScheduler(QtScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Named calls in the GUI thread, by the system's clock.

    A call runs inside the scheduler. It may do no more than queue a signal: an event loop inside a
    call would make the call run again.
    """

    def __init__(self, parent: QObject) -> None:
        """Start; the one timer belongs to `parent`."""
        self._one_timer = QTimer(parent, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._one_timer.timeout.connect(self._process_jobs)
        super().__init__(
            timezone=UTC,
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
        )
        self.add_listener(_raise, EVENT_JOB_ERROR)
        self.start()

    def call_at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` at `instant`, or at once if the instant has passed."""
        trigger = DateTrigger(instant.astimezone(UTC), timezone=UTC)
        self.add_job(call, trigger, id=name, replace_existing=True)

    def call_daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Call `call` every day at the time `wall` of the zone that the computer is set to now."""
        trigger = CronTrigger(hour=wall.hour, minute=wall.minute, second=0, timezone=_zone(wall))
        self.add_job(call, trigger, id=name, replace_existing=True)

    def forget(self, name: str) -> None:
        """Remove the call of this name. With none left, no timer runs."""
        if self.get_job(name) is not None:
            self.remove_job(name)
        if not self.get_jobs():
            self._stop_timer()

    def _start_timer(self, wait_seconds: float | None) -> None:
        self._stop_timer()
        if wait_seconds is not None and self.running:
            self._one_timer.start(min(math.ceil(wait_seconds * 1000), LONGEST))

    def _stop_timer(self) -> None:
        self._one_timer.stop()


def _zone(wall: time) -> tzinfo | None:
    """Return the zone that the computer is set to now.

    A zone without a name, such as the rule "CET-1CEST" in TZ, is known to the system alone. Then
    the zone's offset at the next `wall` stands for it; whoever asks for the call anew renews it.
    """
    try:
        return reload_localzone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        clock = SystemClock()
        return clock.local(next_at(wall, clock)).tzinfo


def _raise(event: JobExecutionEvent) -> None:
    """Hand on what a job raised: APScheduler has only logged it."""
    problem: BaseException = event.exception
    sys.excepthook(type(problem), problem, problem.__traceback__)
