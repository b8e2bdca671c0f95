"""Calls functions at instants and times of the wall clock, through APScheduler.

APScheduler is imported with the first call, because its import takes about a third of the program's
start, and 9 MB. If the import fails, a plain scheduler replaces APScheduler. Both wait by the
monotonic clock, which stops while the computer sleeps. So `core.agenda` schedules every call again
after a sleep or a step of the clock. The first use of `Qt`, 24 ms, comes with the import, too.
"""

from __future__ import annotations

import logging
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal

from safepause.system.time.plain_scheduler import PlainScheduler

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock
    from safepause.system.time.qt_scheduler import OneTimerScheduler

AFTER_FRAME = 200
"""Milliseconds that the import waits, so that the pause window is shown before it."""


log = logging.getLogger(__name__)
When = datetime | time
"""An instant in UTC for one call, or a time of the wall clock for a call every day."""


class WallScheduler(QObject):
    """The core's `Scheduler`. A call is never early. A late call is not dropped."""

    _due = Signal(str, int)
    """The name of a call, and the number of the request for it."""

    def __init__(
        self, clock: Clock, parent: QObject | None = None, *, import_after: int = 0
    ) -> None:
        """Wait by `clock`. No timer runs before the first call is requested.

        The first request imports APScheduler `import_after` milliseconds later, or at once if 0.
        """
        super().__init__(parent)
        self._clock = clock
        self._scheduler: OneTimerScheduler | PlainScheduler | None = None
        self._asked = 0
        self._calls: dict[str, tuple[int, When, Callable[[], None]]] = {}
        self._import = QTimer(self, singleShot=True, interval=import_after)
        self._import.timeout.connect(self._load)

    def at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` once at `instant`, or soon if the instant has passed.

        The event loop runs the call, so the call may request the next call, or open a dialog.
        """
        self._ask(name, instant, call)

    def daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Call `call` every day at the time `wall` of the system's clock, in the demo, too."""
        self._ask(name, wall, call)

    def cancel(self, name: str) -> None:
        """Remove the call of this name, if there is one. Without calls, no timer runs."""
        if self._calls.pop(name, None) is None:
            return
        if self._scheduler is not None:
            self._scheduler.forget(name)
        if not self._calls:
            self._import.stop()

    def close(self) -> None:
        """Remove every call. The scheduler can't be used any more."""
        for name in tuple(self._calls):
            self.cancel(name)
        if self._scheduler is not None:
            self._scheduler.shutdown()
            self._scheduler = None

    def _load(self) -> None:
        """Import APScheduler once, and schedule the requests that wait for it."""
        if self._scheduler is not None:
            return
        self._import.stop()
        self._due.connect(self._deliver, QtCore.Qt.ConnectionType.QueuedConnection)
        self._scheduler = self._imported()
        for name, (asked, when, _call) in self._calls.items():
            self._arm(self._scheduler, name, asked, when)

    def _imported(self) -> OneTimerScheduler | PlainScheduler:
        """Return APScheduler's scheduler, or a plain one if the import fails."""
        try:
            from safepause.system.time.qt_scheduler import OneTimerScheduler  # the door: 80 ms

            return OneTimerScheduler(self)
        except Exception as problem:  # noqa: BLE001  -- files of another version may raise any error
            log.warning("a plain scheduler waits: no APScheduler, %s", type(problem).__name__)
            return PlainScheduler(self)

    def _ask(self, name: str, when: When, call: Callable[[], None]) -> None:
        self._asked += 1
        self._calls[name] = (self._asked, when, call)
        if self._scheduler is not None:
            self._arm(self._scheduler, name, self._asked, when)
        elif self._import.interval():
            self._import.start()
        else:
            self._load()

    def _arm(
        self, scheduler: OneTimerScheduler | PlainScheduler, name: str, asked: int, when: When
    ) -> None:
        def queue() -> None:
            self._due.emit(name, asked)

        if isinstance(when, datetime):
            scheduler.call_at(name, self._clock.real(when), queue)
        else:
            scheduler.call_daily(name, when, queue)

    def _deliver(self, name: str, asked: int) -> None:
        known = self._calls.get(name)
        if known is None or known[0] != asked:
            return  # removed or replaced while the signal was on its way
        _asked, when, call = known
        if isinstance(when, datetime):
            del self._calls[name]
        call()
