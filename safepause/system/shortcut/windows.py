"""Global shortcuts on Windows: RegisterHotKey.

Windows posts WM_HOTKEY to the thread that registered the key. There Qt's event loop passes it to
native event filters. Written to Microsoft's documentation; the tests use a fake of user32.dll, and
it has never run on Windows.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from safepause.core.shortcut.keys import FUNCTION, Keys, Modifier
from safepause.i18n.language import _
from safepause.system.shortcut.base import BindFailure, BindingState
from safepause.system.shortcut.registered import RegisteredShortcuts

if TYPE_CHECKING:
    from collections.abc import Callable

_WM_HOTKEY = 0x0312
_NO_REPEAT = 0x4000
_MODIFIERS = {
    Modifier.ALT: 0x0001,
    Modifier.CTRL: 0x0002,
    Modifier.SHIFT: 0x0004,
    Modifier.META: 0x0008,
}
_FIRST_FUNCTION_KEY = 0x70
_KEYS = {
    "Backspace": 0x08,
    "Tab": 0x09,
    "Return": 0x0D,
    "Enter": 0x0D,
    "Pause": 0x13,
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Print": 0x2C,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Menu": 0x5D,
    "ScrollLock": 0x91,
}
_EVENTS = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


class User32(Protocol):
    """The functions of user32.dll that are used here."""

    def RegisterHotKey(self, window: None, number: int, modifiers: int, key: int) -> int:
        """Register a hot key. Return 0 if another program has registered it."""
        ...

    def UnregisterHotKey(self, window: None, number: int) -> int:
        """Unregister a hot key."""
        ...

    def VkKeyScanW(self, character: str) -> int:
        """Return a character's virtual key code in the lower byte, or -1 if no key gives it."""
        ...


class _Message(ctypes.Structure):
    """The beginning of MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    )


class WindowsShortcuts(RegisteredShortcuts):
    """Shortcuts that are hot keys of this thread."""

    def __init__(self, user32: User32 | None = None, parent: QObject | None = None) -> None:
        """Register no key yet. `user32` is a fake of the system's library for tests."""
        super().__init__(parent)
        self.way = _("a hot key of Windows")
        self._user32 = user32 or _system()
        self._numbers: dict[int, str] = {}
        self._filter = _Filter(self._hot)
        _application().installNativeEventFilter(self._filter)

    def close(self) -> None:
        """Unregister every hot key."""
        self._unregister_all()
        _application().removeNativeEventFilter(self._filter)

    def _register(self, number: int, what: str, keys: Keys) -> BindingState:
        code = self._code(keys.key)
        if not code:
            return BindingState(trouble=BindFailure.NO_SUCH_KEY)
        mask = sum(_MODIFIERS[modifier] for modifier in keys.modifiers) | _NO_REPEAT
        if not self._user32.RegisterHotKey(None, number, mask, code):
            return BindingState(trouble=BindFailure.TAKEN)
        self._numbers[number] = what
        return BindingState(shown=str(keys).replace("Meta", "Win"))

    def _code(self, key: str) -> int:
        """Return the virtual key code, or 0 if the keyboard has no such key."""
        if key in _KEYS:
            return _KEYS[key]
        if key in FUNCTION:
            return _FIRST_FUNCTION_KEY + FUNCTION.index(key)
        if key.isalnum():
            return ord(key)
        scanned = self._user32.VkKeyScanW(key)
        return 0 if scanned == -1 else scanned & 0xFF

    def _unregister_all(self) -> None:
        for number in self._numbers:
            self._user32.UnregisterHotKey(None, number)
        self._numbers.clear()

    def _hot(self, number: int) -> None:
        if number in self._numbers:
            self.pressed.emit(self._numbers[number])


class _Filter(QAbstractNativeEventFilter):
    """Calls a function for each hot key that Windows posts."""

    def __init__(self, hot: Callable[[int], None]) -> None:
        super().__init__()
        self._hot = hot

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Handle messages of hot keys, and leave the others to Qt."""
        if QByteArray(kind).data() not in _EVENTS:
            return False, 0
        told = _Message.from_address(int(message))
        if told.message != _WM_HOTKEY:
            return False, 0
        self._hot(told.wparam)
        return True, 0


def _application() -> QCoreApplication:
    running = QCoreApplication.instance()
    if running is None:
        raise RuntimeError("hot keys come through Qt's application, and there is none")
    return running


def _system() -> User32:
    library: User32 = ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]
    return library
