"""Global shortcuts on macOS: Carbon's RegisterEventHotKey, which needs no permission.

It is called through ctypes, because the packages for it need PyObjC. As in Qt, "Ctrl" is the
Command key here, and "Meta" the Control key. Written to Apple's headers; the tests use a fake, and
it has never run on macOS.
"""

from __future__ import annotations

import ctypes
from ctypes import byref, c_int32, c_uint32, c_ulong, c_void_p
from typing import TYPE_CHECKING, Any

from safepause.core.shortcut.keys import Keys, Modifier
from safepause.i18n.language import _
from safepause.system.shortcut.base import BindFailure, BindingState
from safepause.system.shortcut.registered import RegisteredShortcuts

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
_KEYBOARD, _HOT_KEY_PRESSED = int.from_bytes(b"keyb", "big"), 5
_DIRECT_OBJECT = int.from_bytes(b"----", "big")
_HOT_KEY_ID = int.from_bytes(b"hkid", "big")
_SIGNATURE = int.from_bytes(b"sfps", "big")
_MODIFIERS = {
    Modifier.CTRL: 0x0100,
    Modifier.SHIFT: 0x0200,
    Modifier.ALT: 0x0800,
    Modifier.META: 0x1000,
}
_SIGNS = {
    Modifier.META: "\u2303",
    Modifier.ALT: "\u2325",
    Modifier.SHIFT: "\u21e7",
    Modifier.CTRL: "\u2318",
}
"""The signs of the modifiers in the order that macOS writes them."""
_ROWS = (
    (0, "ASDFHGZXCV"),
    (11, "BQWERYT123465=97-80]OU[IP"),
    (37, "LJ'K;\\,/NM."),
)
_NAMED = {
    "Return": 36,
    "Tab": 48,
    "Space": 49,
    "`": 50,
    "Backspace": 51,
    "Enter": 76,
    "Home": 115,
    "PgUp": 116,
    "Del": 117,
    "End": 119,
    "PgDown": 121,
    "Left": 123,
    "Right": 124,
    "Down": 125,
    "Up": 126,
}
_FUNCTION = (
    122,
    120,
    99,
    118,
    96,
    97,
    98,
    100,
    101,
    109,
    103,
    111,
    105,
    107,
    113,
    106,
    64,
    79,
    80,
    90,
)
"""F1 to F20."""
CODES = {
    **{key: first + place for first, row in _ROWS for place, key in enumerate(row)},
    **_NAMED,
    **{f"F{number}": code for number, code in enumerate(_FUNCTION, start=1)},
}
"""The codes of keys by their place on a US keyboard, from Events.h."""


class _EventType(ctypes.Structure):
    _fields_ = (("kind", c_uint32), ("event", c_uint32))


class HotKey(ctypes.Structure):
    """EventHotKeyID: the program's signature, and its number for the hot key."""

    _fields_ = (("signature", c_uint32), ("number", c_uint32))


_HANDLER = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class MacShortcuts(RegisteredShortcuts):
    """Shortcuts that are hot keys of macOS."""

    def __init__(self, carbon: Any = None, parent: QObject | None = None) -> None:  # noqa: ANN401
        """Register no key yet. `carbon` is a fake of the system's library for tests."""
        super().__init__(parent)
        self.way = _("a hot key of macOS")
        self._carbon = carbon or _system()
        self._numbers: dict[int, str] = {}
        self._references: list[c_void_p] = []
        self._handler = _HANDLER(self._hot)
        self._target = self._carbon.GetApplicationEventTarget()
        self._installed = c_void_p()
        kind = _EventType(_KEYBOARD, _HOT_KEY_PRESSED)
        self._carbon.InstallEventHandler(
            self._target, self._handler, 1, byref(kind), None, byref(self._installed)
        )

    def close(self) -> None:
        """Unregister every hot key. May be called twice."""
        self._unregister_all()
        if self._installed.value:
            self._carbon.RemoveEventHandler(self._installed)
            self._installed = c_void_p()

    def _register(self, number: int, what: str, keys: Keys) -> BindingState:
        if keys.key not in CODES:
            return BindingState(trouble=BindFailure.NO_SUCH_KEY)
        reference = c_void_p()
        mask = sum(_MODIFIERS[modifier] for modifier in keys.modifiers)
        error = self._carbon.RegisterEventHotKey(
            CODES[keys.key], mask, HotKey(_SIGNATURE, number), self._target, 0, byref(reference)
        )
        if error:
            return BindingState(trouble=BindFailure.TAKEN)
        self._references.append(reference)
        self._numbers[number] = what
        signs = [sign for modifier, sign in _SIGNS.items() if modifier in keys.modifiers]
        return BindingState(shown="".join([*signs, keys.key]))

    def _unregister_all(self) -> None:
        for reference in self._references:
            self._carbon.UnregisterEventHotKey(reference)
        self._references.clear()
        self._numbers.clear()

    def _hot(self, _next: int, event: int, _data: int) -> int:
        """Handle a hot key. macOS sends it once, however long the keys are held."""
        told = HotKey()
        self._carbon.GetEventParameter(
            event, _DIRECT_OBJECT, _HOT_KEY_ID, None, ctypes.sizeof(told), None, byref(told)
        )
        if told.signature == _SIGNATURE and told.number in self._numbers:
            self.pressed.emit(self._numbers[told.number])
        return 0


def _system() -> ctypes.CDLL:
    carbon = ctypes.CDLL(_CARBON)
    carbon.GetApplicationEventTarget.restype = c_void_p
    carbon.InstallEventHandler.argtypes = [
        c_void_p,
        _HANDLER,
        c_ulong,
        c_void_p,
        c_void_p,
        c_void_p,
    ]
    carbon.RemoveEventHandler.argtypes = [c_void_p]
    carbon.RegisterEventHotKey.argtypes = [c_uint32, c_uint32, HotKey, c_void_p, c_uint32, c_void_p]
    carbon.UnregisterEventHotKey.argtypes = [c_void_p]
    carbon.GetEventParameter.argtypes = [
        c_void_p,
        c_uint32,
        c_uint32,
        c_void_p,
        c_ulong,
        c_void_p,
        c_void_p,
    ]
    return carbon
