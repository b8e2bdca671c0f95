"""The end of a sleep on Windows: the message WM_POWERBROADCAST.

Windows sends it to every top-level window, so there is a hidden window until `close`. Written to
Microsoft's documentation; the tests make the messages, and it has never run on Windows.
"""

from __future__ import annotations

import ctypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtGui import QWindow

_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_POWER_BROADCAST = 0x0218
_RESUMED = (0x0012, 0x0007)
"""PBT_APMRESUMEAUTOMATIC comes after every sleep, PBT_APMRESUMESUSPEND if a person is present."""


class Message(ctypes.Structure):
    """The beginning of MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
    )


class PowerEvents(QObject):
    """Reports the end of each sleep, until `close`."""

    resumed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the hidden window, and report from now on."""
        super().__init__(parent)
        self._filter = _Filter(self)
        self._window = QWindow()
        self._window.create()
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)

    def close(self) -> None:
        """Report no longer."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)
        self._window.destroy()


class _Filter(QAbstractNativeEventFilter):
    """Sees the messages to all windows, and handles none of them."""

    def __init__(self, events: PowerEvents) -> None:
        super().__init__()
        self._events = events

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Report the end of a sleep, and leave the message to Qt."""
        if QByteArray(kind).data() in _MESSAGES:
            told = Message.from_address(int(message))
            if told.message == _POWER_BROADCAST and told.what in _RESUMED:
                self._events.resumed.emit()
        return False, 0
