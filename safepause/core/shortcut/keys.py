"""Key combinations such as "Ctrl+Alt+P": what they are made of, and which can call a pause.

Written as Qt writes them, but without Qt, so that settings and the command line can check them. How
a desktop is asked for one stands in system/shortcut.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from enum import Enum


class Modifier(Enum):
    """A key that is held down while another is pressed; in the order that they are written in."""

    META = "Meta"
    """The key with the system's sign: Super, Windows."""
    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"


class WrongKeys(Enum):
    """Why a combination can't be had."""

    UNKNOWN_KEY = "unknown_key"
    ONLY_MODIFIERS = "only_modifiers"
    NO_MODIFIER = "no_modifier"
    ONLY_SHIFT = "only_shift"
    NEEDED = "needed"
    """Every program or the system itself needs it: nobody could copy a text any more."""


class KeysError(ValueError):
    """A text is no combination that can call a pause."""

    def __init__(self, wrong: WrongKeys, text: str) -> None:
        """Tell what is wrong with `text`."""
        super().__init__(f"{wrong.value}: {text!r}")
        self.wrong = wrong
        self.text = text


NAMED = {
    "Space": "space",
    "Tab": "Tab",
    "Return": "Return",
    "Enter": "KP_Enter",
    "Backspace": "BackSpace",
    "Ins": "Insert",
    "Del": "Delete",
    "Home": "Home",
    "End": "End",
    "PgUp": "Page_Up",
    "PgDown": "Page_Down",
    "Left": "Left",
    "Right": "Right",
    "Up": "Up",
    "Down": "Down",
    "Pause": "Pause",
    "Print": "Print",
    "ScrollLock": "Scroll_Lock",
    "Menu": "Menu",
    ",": "comma",
    ".": "period",
    "-": "minus",
    "=": "equal",
    ";": "semicolon",
    "'": "apostrophe",
    "/": "slash",
    "\\": "backslash",
    "[": "bracketleft",
    "]": "bracketright",
    "`": "grave",
}
"""Keys that are neither letters nor figures, with the names of their X keysyms."""
FUNCTION = tuple(f"F{number}" for number in range(1, 25))
ALONE = frozenset({*FUNCTION, "Pause", "ScrollLock"})
"""Keys that type nothing and move nothing: they need no modifier."""
KEYSYMS = {
    **{letter: letter.lower() for letter in string.ascii_uppercase},
    **{figure: figure for figure in string.digits},
    **{key: key for key in FUNCTION},
    **NAMED,
}
"""Every key that can call a pause, with the name of its X keysym, as X and the portals know it."""
POSITIONS = {
    key: first + place
    for first, row in ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"), (2, "1234567890"))
    for place, key in enumerate(row)
}
"""Where letters and figures lie on a usual keyboard, as Linux counts its keys: for a keyboard whose
layout has no Latin letters."""
_OTHER_NAMES = {
    "control": Modifier.CTRL,
    "super": Modifier.META,
    "win": Modifier.META,
    "windows": Modifier.META,
    "cmd": Modifier.META,
    "option": Modifier.ALT,
}
_MODIFIERS = {**{each.value.lower(): each for each in Modifier}, **_OTHER_NAMES}
_KEYS = {
    **{key.lower(): key for key in KEYSYMS},
    "insert": "Ins",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDown",
}
_NEEDED = frozenset(
    {
        *(f"Ctrl+{letter}" for letter in "ACFNOPQSTVWXYZ"),
        *(f"Ctrl+Alt+F{number}" for number in range(1, 13)),
        "Ctrl+Alt+Del",
        "Ctrl+Alt+Backspace",
        "Alt+F4",
        "Alt+Tab",
        "Alt+Shift+Tab",
        "Meta+L",
        "Meta+Tab",
    }
)


@dataclass(frozen=True, slots=True)
class Keys:
    """A key, and what is held down with it. Made by `parse_keys` alone, so it can call a pause."""

    modifiers: tuple[Modifier, ...]
    key: str

    def __str__(self) -> str:
        return "+".join([*(each.value for each in self.modifiers), self.key])

    @property
    def keysym(self) -> str:
        """The name of the key's X keysym, such as "p" or "Page_Up"."""
        return KEYSYMS[self.key]


def parse_keys(text: str) -> Keys:
    """Return the combination that `text` names, such as "ctrl + alt + p".

    Raises:
        KeysError: it names none, or one that can't call a pause.

    """
    parts = [part.strip() for part in text.split("+")]
    held = {_MODIFIERS[part.lower()] for part in parts if part.lower() in _MODIFIERS}
    others = [part for part in parts if part.lower() not in _MODIFIERS]
    if held and not others:
        raise KeysError(WrongKeys.ONLY_MODIFIERS, text)
    if len(others) != 1 or others[0].lower() not in _KEYS:
        raise KeysError(WrongKeys.UNKNOWN_KEY, text)
    keys = Keys(tuple(each for each in Modifier if each in held), _KEYS[others[0].lower()])
    wrong = _unfit(keys)
    if wrong is not None:
        raise KeysError(wrong, text)
    return keys


def key_at(position: int) -> str:
    """Return the key that usually lies at a place, as Linux counts them; nothing if unknown."""
    return next((key for key, place in POSITIONS.items() if place == position), "")


def _unfit(keys: Keys) -> WrongKeys | None:
    if str(keys) in _NEEDED:
        return WrongKeys.NEEDED
    if keys.key in ALONE:
        return None
    if not keys.modifiers:
        return WrongKeys.NO_MODIFIER
    return WrongKeys.ONLY_SHIFT if keys.modifiers == (Modifier.SHIFT,) else None
