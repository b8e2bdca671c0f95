"""Makes ready, once and after the start, what the first call of a run would otherwise wait for.

Most pauses are the first of a run. Windows, pages and modules are therefore built and imported when
the start is over and the computer has a quiet moment. Afterwards no timer is left, and neither a
call nor a return needs a file of the program: an update or a lost disk can't take them away.
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

AFTER_START_MS = 3000
"""How long after the start the first look for a quiet moment comes."""
AGAIN_MS = 2000
"""How long after a busy moment the next look comes."""
LATE_MS = 50
"""A timer that fires later than this says that the computer, or this program, is busy."""
MOST_LOOKS = 10
"""After so many looks the steps run in any case: a computer may always be busy."""
log = logging.getLogger(__name__)


class WarmUp(QObject):
    """Runs steps once, each in its own turn of the event loop, so that a call gets in between.

    The object deletes itself at the end.
    """

    finished = Signal()
    """Every step has run; nothing is left running."""

    def __init__(
        self, steps: Sequence[Callable[[], object]], parent: QObject | None = None
    ) -> None:
        """Take the steps, in their order. A step that fails is logged, and the others run."""
        super().__init__(parent)
        self._steps = list(steps)
        self._stopped = False
        self._looks = 0
        self._waited = QElapsedTimer()
        # Coarse timers are late by up to 5 %, whether or not the computer is busy.
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Wait until the start is over."""
        self._wait(AFTER_START_MS)

    def stop(self) -> None:
        """Run nothing more: the program ends."""
        self._stopped = True
        self._timer.stop()

    def _wait(self, milliseconds: int) -> None:
        self._waited.start()
        self._timer.start(milliseconds)

    def _look(self) -> None:
        """Begin if the timer came on time, else look again a little later."""
        self._looks += 1
        late = self._waited.elapsed() - self._timer.interval() > LATE_MS
        if late and self._looks < MOST_LOOKS:
            self._wait(AGAIN_MS)
            return
        self._timer.timeout.disconnect(self._look)
        self._timer.timeout.connect(self._next)
        self._timer.start(0)

    def _next(self) -> None:
        """Run the next step, and come back for the one after it; a step may end the program."""
        if self._steps:
            self._run(self._steps.pop(0))
        if self._stopped:
            return
        if self._steps:
            self._timer.start(0)
        else:
            log.info("ready for a pause")
            self.finished.emit()
            self.deleteLater()

    def _run(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Exception:
            log.exception("a step of the warm-up failed")


def give_back_memory() -> None:
    """Return to the system what imports and first paints have used and freed again.

    PySide6 has read the source of some modules; Python keeps it for tracebacks.
    """
    linecache.clearcache()
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library without malloc_trim has nothing to give back
            ctypes.CDLL(None).malloc_trim(0)
