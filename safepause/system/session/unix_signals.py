"""Unix signals that ask the program to leave: the session ends, or a person presses Ctrl+C.

Python runs its handlers only when the interpreter does, and an idle Qt loop never does: so the
signal's number comes through a pipe that the loop watches. Nothing polls.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable


class LeaveSignals(QObject):
    """Calls `leave` in the GUI thread when SIGTERM, SIGINT or SIGHUP arrives."""

    def __init__(self, leave: Callable[[], None], parent: QObject | None = None) -> None:
        """Take the signals over until `close`; only the main thread may."""
        super().__init__(parent)
        self._leave = leave
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._old_fd = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._old = {
            number: signal.signal(number, _noted)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        }
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        os.close(self._read)
        os.close(self._write)

    def _arrived(self) -> None:
        os.read(self._read, 64)
        self._leave()


def _noted(_number: int, _frame: object) -> None:
    """Do nothing: a handler must exist for the wake-up descriptor to be written."""
