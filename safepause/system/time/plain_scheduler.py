"""A scheduler that replaces APScheduler if the files of APScheduler are gone.

APScheduler is imported with the first call, because it takes 9 MB. An update may have removed its
files before, or the disk may be lost. The return of a standing pause must come in that case, too.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from safepause.core.agreement import next_at
from safepause.core.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, time

LONGEST = 2**31 - 1
"""The longest wait of a QTimer, in milliseconds: about 24 days. A longer wait takes several."""


class PlainScheduler:
    """Named calls by the system's clock, with one timer: see `OneTimerScheduler`."""

    def __init__(self, parent: QObject) -> None:
        """Start without calls. The timer belongs to `parent`."""
        self._clock = SystemClock()
        self._calls: dict[str, tuple[datetime, Callable[[], None]]] = {}
        self._timer = QTimer(parent, singleShot=True)
        self._timer.timeout.connect(self._look)

    def call_at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Call `call` at `instant`, or at once if the instant has passed."""
        self._calls[name] = (instant, call)
        self._wait()

    def call_daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Call `call` every day at the time `wall` of the zone that the computer is set to now."""

        def again() -> None:
            self.call_daily(name, wall, call)
            call()

        self.call_at(name, next_at(wall, self._clock), again)

    def forget(self, name: str) -> None:
        """Remove the call of this name. With none left, no timer runs."""
        self._calls.pop(name, None)
        self._wait()

    def shutdown(self) -> None:
        """Remove every call."""
        self._calls.clear()
        self._wait()

    def _wait(self) -> None:
        self._timer.stop()
        if self._calls:
            first = min(instant for instant, _call in self._calls.values())
            left = math.ceil((first - self._clock.now()).total_seconds() * 1000)
            self._timer.start(max(0, min(left, LONGEST)))

    def _look(self) -> None:
        now = self._clock.now()
        due = [name for name, (instant, _call) in self._calls.items() if instant <= now]
        for _instant, call in [self._calls.pop(name) for name in due]:
            call()
        self._wait()
