"""Unix signals that end the program: at the end of the session, or with Ctrl+C in a terminal.

A signal that the parent process ignores stays ignored: with nohup, the program outlives its
terminal. A signal that the parent blocks is let through: otherwise a logout would have to kill the
program.
Python calls a signal's handler only while the interpreter runs, which it doesn't in an idle Qt
event loop. So Python writes the signal's number to a socket, and the event loop watches that.
"""

from __future__ import annotations

import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NAMES = ("SIGTERM", "SIGINT", "SIGHUP")
"""Windows has no SIGHUP."""
_NUMBERS = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]


class LeaveSignals(QObject):
    """Calls `leave` in the GUI thread when one of the signals arrives."""

    def __init__(self, leave: Callable[[], None], parent: QObject | None = None) -> None:
        """Handle the signals that are not ignored until `close`. Only the main thread may do so."""
        super().__init__(parent)
        self._leave = leave
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._old = {
            number: signal.signal(number, _do_nothing)
            for number in _NUMBERS
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        self._mask = _let_through(self._old)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)

    def close(self) -> None:
        """Restore the handlers that were set before."""
        self._notifier.setEnabled(False)
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _arrived(self) -> None:
        self._reader.recv(64)
        self._leave()


def _let_through(numbers: Iterable[int]) -> set[int]:
    """Unblock some signals, and return those that were blocked before."""
    blocked: set[int] = set()
    if sys.platform != "win32":
        blocked |= signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)
    return blocked


def _do_nothing(_number: int, _frame: object) -> None:
    """Handle a signal, because Python writes to the socket only for signals with a handler."""
