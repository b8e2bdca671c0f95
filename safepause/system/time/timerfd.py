"""A timer of Linux that never fires. The kernel cancels it when the wall clock is set.

It is timerfd_create(2) with TFD_TIMER_CANCEL_ON_SET, and wakes nothing up until then. The end of a
sleep sets the wall clock, too. Python has the function only since 3.13, so ctypes calls it here.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_CLOCK_REALTIME = 0
_TFD_TIMER_ABSTIME = 1
_TFD_TIMER_CANCEL_ON_SET = 2
_NEVER = 0x7FFF_FFFF
"""Seconds since 1970. It is the last second, in 2038, that every kernel knows."""


class _TimeSpec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _TimerSpec(ctypes.Structure):
    _fields_ = (("interval", _TimeSpec), ("value", _TimeSpec))


class ClockSetAlarm(QObject):
    """Reports in the GUI thread that the wall clock was set."""

    clock_set = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Report changes of the clock from now on, until `close`.

        Raises:
            OSError: this system has no such timer.

        """
        super().__init__(parent)
        self._fd = _armed()
        self._notifier = QSocketNotifier(self._fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._cancelled)

    def close(self) -> None:
        """Report no longer."""
        self._notifier.setEnabled(False)
        os.close(self._fd)

    def _cancelled(self) -> None:
        """Read the timer, which arms it again."""
        try:
            os.read(self._fd, 8)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ECANCELED:
                raise
        self.clock_set.emit()


if sys.platform == "linux":

    def _armed() -> int:
        libc = ctypes.CDLL(None, use_errno=True)
        if not hasattr(libc, "timerfd_create"):
            raise _error(errno.ENOSYS)
        fd = int(libc.timerfd_create(_CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC))
        if fd < 0:
            raise _error(ctypes.get_errno())
        never = _TimerSpec(_TimeSpec(0, 0), _TimeSpec(_NEVER, 0))
        flags = _TFD_TIMER_ABSTIME | _TFD_TIMER_CANCEL_ON_SET
        if libc.timerfd_settime(fd, flags, ctypes.byref(never), None) < 0:
            error = _error(ctypes.get_errno())
            os.close(fd)
            raise error
        return fd

else:

    def _armed() -> int:
        raise _error(errno.ENOSYS)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
