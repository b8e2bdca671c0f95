"""The one timer that keeps "26 min" true: it exists only while a pause stands and isn't due yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

MINUTE = timedelta(minutes=1)
SLACK_MS = 20
"""How much later than the change it fires, so that a timer's haste never shows the old minute."""


class MinuteTimer(QObject):
    """Says when the shown minutes of a standing pause change: once a minute, the last time at due.

    It is counted from the return time, since that is when "26 min" becomes "25 min".
    """

    passed = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        """Do nothing yet."""
        super().__init__(parent)
        self._clock = clock
        self._pause: Pause | None = None
        self._timer: QTimer | None = None

    def follow(self, pause: Pause | None) -> None:
        """Count for `pause` from now on; with None, or once it is due, there is no timer at all."""
        self._pause = pause
        if pause is None or pause.return_at <= self._clock.now():
            self._drop()
        else:
            self._arm(pause)

    def stop(self) -> None:
        """Follow nothing any more."""
        self.follow(None)

    def _arm(self, pause: Pause) -> None:
        from PySide6.QtCore import Qt  # costs 24 ms: not at the start

        if self._timer is None:
            self._timer = QTimer(self)
            self._timer.setSingleShot(True)
            self._timer.setTimerType(Qt.TimerType.PreciseTimer)
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
