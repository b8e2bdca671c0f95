"""The keys of a shortcut in the words of a portal: how they are asked for, and how they are read.

The specification leaves the words to the desktop. GNOME 48 writes "Press <Control><Alt>p", in the
language of the session, and Plasma "Ctrl+Alt+P". Others return what the program asked for:
"CTRL+ALT+p".
"""

from __future__ import annotations

import ctypes
import re
from contextlib import suppress
from functools import cache

from safepause.core.shortcut.keys import KEYSYMS, Keys, Modifier

_ASKED = {
    Modifier.META: "LOGO",
    Modifier.CTRL: "CTRL",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
}
_MODIFIERS = {
    "primary": "Ctrl",
    "control": "Ctrl",
    "ctrl": "Ctrl",
    "ctl": "Ctrl",
    "shift": "Shift",
    "shft": "Shift",
    "alt": "Alt",
    "mod1": "Alt",
    "super": "Super",
    "logo": "Super",
    "mod4": "Super",
    "meta": "Meta",
    "hyper": "Hyper",
    "num": "Num Lock",
    "mod2": "Num Lock",
    "lock": "Caps Lock",
}
"""The modifiers of GTK's accelerators and of the portal's specification, in small letters."""
_SILENT = "release"
"""GTK's sign for a key that counts when it is released. It is no key."""
_ORDER = ("Super", "Hyper", "Meta", "Ctrl", "Alt", "Shift")
_NAMES = {**{keysym: key for key, keysym in KEYSYMS.items()}, "ISO_Left_Tab": "Tab"}
_GTK = re.compile(r"((?:<[^<>\s]+>)+)(\w+|[^<>\s])")
_SPECIFIED = re.compile(r"((?:(?:CTRL|SHIFT|ALT|LOGO|NUM)\+)+)([A-Za-z0-9_]+)")
_ALONE = re.compile(r"\bF\d{1,2}\b|\bXF86\w+|\b(?:Pause|Print|Scroll_Lock)\b")
"""Keys that are pressed without a modifier, beside others. No sentence has one as a word."""
_RAW = re.compile(rf"{_GTK.pattern}|{_SPECIFIED.pattern}|XF86\w")
"""What only a program writes so. Other words stay as they are."""
_XKB_LIBRARY = "libxkbcommon.so.0"


def trigger(keys: Keys) -> str:
    """Return a combination in the notation of the portal's specification."""
    return "+".join([*(_ASKED[modifier] for modifier in keys.modifiers), keys.keysym])


def readable(words: str) -> str:
    """Return the keys that a portal's words name; the words themselves if they name none so.

    Several combinations are separated by commas.
    """
    if not _RAW.search(words):
        return words
    return ", ".join(keys for piece in words.split() if (keys := _keys(piece)))


def _keys(piece: str) -> str:
    """Return the combination that a piece of the words is, or an empty text."""
    if match := _GTK.search(piece):
        return _joined(re.findall(r"<([^<>]+)>", match[1]), match[2])
    if match := _SPECIFIED.search(piece):
        return _joined(match[1].rstrip("+").split("+"), match[2])
    match = _ALONE.search(piece)
    return _name(match[0]) if match else ""


def _joined(modifiers: list[str], keysym: str) -> str:
    names = [_MODIFIERS.get(each.lower(), each) for each in modifiers if each.lower() != _SILENT]
    ordered = sorted(dict.fromkeys(names), key=lambda name: (*_ORDER, name).index(name))
    return "+".join([*ordered, _name(keysym)])


def _name(keysym: str) -> str:
    """Return the name of a key: "P" for "p", "PgUp" for "Page_Up"."""
    known = _NAMES.get(keysym) or _NAMES.get(keysym.lower() if len(keysym) == 1 else "")
    return known or _sign(keysym) or keysym.removeprefix("XF86").replace("_", " ")


@cache
def _sign(keysym: str) -> str:
    """Return the character of a key such as "odiaeresis", or an empty text if it types none."""
    if keysym.startswith("KP_"):  # "KP 1" is another key than "1"
        return ""
    with suppress(OSError, AttributeError):  # a desktop on Wayland has this library
        xkb = ctypes.CDLL(_XKB_LIBRARY)
        xkb.xkb_keysym_to_utf32.restype = ctypes.c_uint32
        sign = chr(xkb.xkb_keysym_to_utf32(xkb.xkb_keysym_from_name(keysym.encode(), 0)))
        return sign.upper() if sign.isprintable() and not sign.isspace() else ""
    return ""
