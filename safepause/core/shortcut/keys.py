"""Key combinations such as "Ctrl+Alt+P", and which of them can call a pause.

The names are those of Qt. This module does not use Qt, so that the settings and the command line
can check a combination. system/shortcut asks the desktop for a combination.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from enum import Enum


class Modifier(Enum):
    """A key that is held down while another key is pressed, in the order of a combination."""

    META = "Meta"
    """The key that is also called Super or Windows."""
    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"


class WrongKeys(Enum):
    """Why a combination can't call a pause."""

    UNKNOWN_KEY = "unknown_key"
    ONLY_MODIFIERS = "only_modifiers"
    NO_MODIFIER = "no_modifier"
    ONLY_SHIFT = "only_shift"
    NEEDED = "needed"
    """Other programs or the system need the combination, such as Ctrl+C."""


class KeysError(ValueError):
    """The text is no combination that can call a pause."""

    def __init__(self, wrong: WrongKeys, text: str) -> None:
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
"""Keys that are neither letters nor digits, with the names of their X keysyms."""
FUNCTION = tuple(f"F{number}" for number in range(1, 25))
ALONE = frozenset({*FUNCTION, "Pause", "ScrollLock"})
"""Keys that need no modifier, because they type nothing and move nothing."""
KEYSYMS = {
    **{letter: letter.lower() for letter in string.ascii_uppercase},
    **{figure: figure for figure in string.digits},
    **{key: key for key in FUNCTION},
    **NAMED,
}
"""Every key that can call a pause, with the name of its X keysym. X and the portals use it."""
POSITIONS = {
    key: first + place
    for first, row in ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"), (2, "1234567890"))
    for place, key in enumerate(row)
}
"""The Linux key codes of letters and digits on a usual keyboard. They are for keyboard layouts
without Latin letters."""
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
    """A key and its modifiers. Only `parse_keys` makes one, so it can call a pause."""

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
        KeysError: `text` names no combination, or one that can't call a pause.

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
    """Return the key that a Linux key code usually stands for; empty if unknown."""
    return next((key for key, place in POSITIONS.items() if place == position), "")


def _unfit(keys: Keys) -> WrongKeys | None:
    if str(keys) in _NEEDED:
        return WrongKeys.NEEDED
    if keys.key in ALONE:
        return None
    if not keys.modifiers:
        return WrongKeys.NO_MODIFIER
    return WrongKeys.ONLY_SHIFT if keys.modifiers == (Modifier.SHIFT,) else None
