"""The timer that updates "26 min". It exists only while a pause stands and is not yet due.

The first use of the name `Qt` takes 24 ms and 1 MB, so it comes with the first pause.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

MINUTE = timedelta(minutes=1)
SLACK_MS = 20
"""How long after the change the timer fires: an early timer would show the old minute."""


class MinuteTimer(QObject):
    """Emits `passed` when the minutes left change: once a minute, the last time at the return.

    The minutes count back from the return time, so they do not change at full minutes of the clock.
    """

    passed = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._pause: Pause | None = None
        self._timer: QTimer | None = None

    def follow(self, pause: Pause | None) -> None:
        """Count for `pause`. For None, and for a pause that is due, remove the timer."""
        self._pause = pause
        if pause is None or pause.return_at <= self._clock.now():
            self._drop()
        else:
            self._arm(pause)

    def _arm(self, pause: Pause) -> None:
        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setSingleShot(True)
            self._timer.setTimerType(QtCore.Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self._on_timeout)
        now = self._clock.now()
        change = now + ((pause.return_at - now) % MINUTE or MINUTE)
        real = self._clock.real(change) - self._clock.real(now)
        self._timer.start(max(0, round(real / timedelta(milliseconds=1))) + SLACK_MS)

    def _drop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None

    def _on_timeout(self) -> None:
        self.follow(self._pause)
        self.passed.emit()
