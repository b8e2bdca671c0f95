"""Waking from sleep on Windows: WM_POWERBROADCAST, as Microsoft documents it.

Windows sends it to every top-level window, so a hidden one of ours stands while it is listened for.
macOS tells only programs in its own language (NSWorkspaceDidWakeNotification): there the comparison
of the clocks, once a minute, has to do. Written to the documentation; tested with stand-ins only.
"""

from __future__ import annotations

import ctypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtGui import QWindow

_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_POWER_BROADCAST = 0x0218
_RESUMED = (0x0012, 0x0007)
"""PBT_APMRESUMEAUTOMATIC comes after every sleep, PBT_APMRESUMESUSPEND when a person is there."""


class Message(ctypes.Structure):
    """The beginning of MSG: what is read of it."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("what", ctypes.c_size_t),
    )


class PowerEvents(QObject):
    """Says that the computer woke up, between its making and `close`."""

    resumed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Listen from now on."""
        super().__init__(parent)
        self._filter = _Filter(self)
        self._ear = QWindow()
        self._ear.create()
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)

    def close(self) -> None:
        """Listen no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)
        self._ear.destroy()


class _Filter(QAbstractNativeEventFilter):
    """Looks at the messages to all windows and takes none of them away."""

    def __init__(self, events: PowerEvents) -> None:
        super().__init__()
        self._events = events

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Pass on that the computer woke up."""
        if QByteArray(kind).data() in _MESSAGES:
            told = Message.from_address(int(message))
            if told.message == _POWER_BROADCAST and told.what in _RESUMED:
                self._events.resumed.emit()
        return False, 0
