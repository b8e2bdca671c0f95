"""The warm-up imports and builds, after the start, what the first call of a run needs.

Most pauses are the first of a run. So modules are imported and the pause window is built when the
start is over and the computer is not busy. Afterwards no timer is left. Neither a call nor a return
needs a file of the program then. So both work after an update of the program, or without its disk.
"""

from __future__ import annotations

import ctypes
import gc
import linecache
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepause.core.capability import CapabilityKey
    from safepause.core.faults import Faults

AFTER_START_MS = 3000
"""How long after the start the first check for a quiet moment comes."""
AGAIN_MS = 2000
"""How long after a busy moment the next check comes."""
LATE_MS = 50
"""If the timer is later than this, the computer or this program is busy."""
MOST_LOOKS = 10
"""At this check the steps run in any case, because a computer may always be busy."""
log = logging.getLogger(__name__)


class WarmUp(QObject):
    """Runs each step once, in its own turn of the event loop. A call can come between two steps.

    The object deletes itself at the end.
    """

    finished = Signal()
    """Every step has run."""

    def __init__(
        self, steps: Sequence[tuple[CapabilityKey, Callable[[], object]]], faults: Faults
    ) -> None:
        """Take the steps, in their order, each with the part that its faults belong to.

        After a fault in one step the others still run.
        """
        super().__init__()
        self._steps = list(steps)
        self._faults = faults
        self._stopped = False
        self._looks = 0
        self._waited = QElapsedTimer()
        # A coarse timer may be late by 5 %, even if the computer is not busy.
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Wait until the start is over."""
        self._wait(AFTER_START_MS)

    def stop(self) -> None:
        """Run no more steps: the program ends."""
        self._stopped = True
        self._timer.stop()

    def _wait(self, milliseconds: int) -> None:
        self._waited.start()
        self._timer.start(milliseconds)

    def _look(self) -> None:
        """Begin with the steps if the timer came on time. Otherwise check again later."""
        self._looks += 1
        late = self._waited.elapsed() - self._timer.interval() > LATE_MS
        if late and self._looks < MOST_LOOKS:
            self._wait(AGAIN_MS)
            return
        self._timer.timeout.disconnect(self._look)
        self._timer.timeout.connect(self._next)
        self._timer.start(0)

    def _next(self) -> None:
        """Run the next step, and start the timer for the one after it. A step may call `stop`."""
        if self._steps:
            part, step = self._steps.pop(0)
            self._faults.guard(part, step)
        if self._stopped:
            return
        if self._steps:
            self._timer.start(0)
        else:
            log.info("ready for a pause")
            self.finished.emit()
            self.deleteLater()


def give_back_memory() -> None:
    """Return freed memory of the imports and of the first paint to the system.

    PySide6 has read the source of some modules, which Python keeps for tracebacks.
    """
    linecache.clearcache()
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # not every C library has malloc_trim
            ctypes.CDLL(None).malloc_trim(0)
