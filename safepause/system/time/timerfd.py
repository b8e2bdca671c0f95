"""A Linux timer that never fires, and is cancelled by the kernel when the wall clock is set.

That is timerfd_create(2) with TFD_TIMER_CANCEL_ON_SET: no wake-up until it happens. A resume from
sleep sets the wall clock, too. Through ctypes: Python has it only from 3.13 on.
"""

from __future__ import annotations

import ctypes
import errno
import os

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_CLOCK_REALTIME = 0
_TFD_TIMER_ABSTIME = 1
_TFD_TIMER_CANCEL_ON_SET = 2
_NEVER = 0x7FFF_FFFF
"""Seconds since 1970: the last that every kernel knows, in 2038."""


class _TimeSpec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _TimerSpec(ctypes.Structure):
    _fields_ = (("interval", _TimeSpec), ("value", _TimeSpec))


class ClockSetAlarm(QObject):
    """Reports that the wall clock was set, in the GUI thread."""

    clock_set = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Wait for it from now on, until `close`.

        Raises:
            OSError: this system has no such timer.

        """
        super().__init__(parent)
        self._fd = _armed()
        self._notifier = QSocketNotifier(self._fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._told)

    def close(self) -> None:
        """Wait no more."""
        self._notifier.setEnabled(False)
        os.close(self._fd)

    def _told(self) -> None:
        """Take the kernel's word. The timer stays armed: the read alone readies it again."""
        try:
            os.read(self._fd, 8)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ECANCELED:
                raise
        self.clock_set.emit()


def _armed() -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "timerfd_create"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    fd = int(libc.timerfd_create(_CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC))
    if fd < 0:
        raise _error()
    never = _TimerSpec(_TimeSpec(0, 0), _TimeSpec(_NEVER, 0))
    flags = _TFD_TIMER_ABSTIME | _TFD_TIMER_CANCEL_ON_SET
    if libc.timerfd_settime(fd, flags, ctypes.byref(never), None) < 0:
        error = _error()
        os.close(fd)
        raise error
    return fd


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
