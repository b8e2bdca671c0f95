"""Every setting, declared once: name, kind, default, bounds. All else derives from that.

A setting's label is a message for the catalogue; the outer layers translate it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from safepause.core import breathing
from safepause.core.agreement import NAME_LENGTH, Agreement, clean_name
from safepause.core.keys import KeysError, parse_keys
from safepause.core.pause import LONGEST, SHORTEST, Terms

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | bool

COMMAND_LENGTH = 500
"""The longest command, in characters: what needs more is better a file that it names."""
_MOST_DIGITS = 9
"""So many no number of ours has: longer ones are not even read."""


class Group(Enum):
    """Which page of the settings a setting stands on."""

    AGREEMENT = "agreement"
    BREATHING = "breathing"
    SHORTCUT = "shortcut"
    LOOK = "look"
    HOOKS = "hooks"
    COMPUTER = "computer"
    UNSEEN = "unseen"
    """On no page: what the program remembers of what it has said."""


class Wrong(Enum):
    """What is wrong with a value."""

    UNKNOWN = "unknown"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_BOUNDS = "out_of_bounds"
    NOT_A_CHOICE = "not_a_choice"
    NOT_YES_OR_NO = "not_yes_or_no"
    NAME_TOO_LONG = "name_too_long"
    NAME_CONTROL = "name_control"
    COMMAND_TOO_LONG = "command_too_long"
    COMMAND_CONTROL = "command_control"
    COMMAND_WORDS = "command_words"
    """A quotation mark is not closed, or no program is named."""
    KEYS_UNKNOWN_KEY = "keys_unknown_key"
    KEYS_ONLY_MODIFIERS = "keys_only_modifiers"
    KEYS_NO_MODIFIER = "keys_no_modifier"
    KEYS_ONLY_SHIFT = "keys_only_shift"
    KEYS_NEEDED = "keys_needed"
    KEYS_IN_USE = "keys_in_use"
    """Another setting has the same keys."""


class SettingError(ValueError):
    """A setting's name or value is not of its declaration."""

    def __init__(self, wrong: Wrong, key: str, text: str) -> None:
        """Tell what is wrong with `text`, meant for the setting `key`."""
        super().__init__(f"{key}: {wrong.value}: {text!r}")
        self.wrong = wrong
        self.key = key
        self.text = text


@dataclass(frozen=True, slots=True)
class Setting:
    """One declaration. The type of `default` is the setting's type."""

    key: str
    group: Group
    label: str
    default: Value
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    command: bool = False
    """Whether the text is a command of the person's own, or nothing."""
    unit: str = ""
    """"minutes" or "times": what a number counts."""
    keys: bool = False
    """Whether the text is a combination of keys, or nothing."""

    def parse(self, text: str) -> Value:
        """Return the value that `text` stands for.

        Raises:
            SettingError: `text` is no value of this setting.

        """
        if self.command:
            return self._command(text)
        if isinstance(self.default, bool):
            return self._yes_or_no(text)
        if isinstance(self.default, int):
            return self._number(text)
        if self.choices:
            if text not in self.choices:
                raise SettingError(Wrong.NOT_A_CHOICE, self.key, text)
            return text
        return self._keys(text) if self.keys else self._name(text)

    def write(self, value: Value) -> str:
        """Return the text that `parse` reads back as `value`."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    def _yes_or_no(self, text: str) -> bool:
        known = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}
        if text.lower() not in known:
            raise SettingError(Wrong.NOT_YES_OR_NO, self.key, text)
        return known[text.lower()]

    def _number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise SettingError(Wrong.NOT_A_NUMBER, self.key, text)
        if not self.least <= int(text) <= self.most:
            raise SettingError(Wrong.OUT_OF_BOUNDS, self.key, text)
        return int(text)

    def _keys(self, text: str) -> str:
        try:
            return str(parse_keys(text)) if text.strip() else ""
        except KeysError as error:
            raise SettingError(Wrong(f"keys_{error.wrong.value}"), self.key, text) from error

    def _command(self, text: str) -> str:
        """Return the command as it is: only its ends are trimmed, since blanks can matter."""
        command = text.strip()
        if len(command) > COMMAND_LENGTH:
            raise SettingError(Wrong.COMMAND_TOO_LONG, self.key, text)
        if any(unicodedata.category(char) in {"Cc", "Cs"} for char in command):
            raise SettingError(Wrong.COMMAND_CONTROL, self.key, text)
        if command and not _names_program(command):
            raise SettingError(Wrong.COMMAND_WORDS, self.key, text)
        return command

    def _name(self, text: str) -> str:
        try:
            return clean_name(text)
        except ValueError as error:
            long = str(error) == "long"
            wrong = Wrong.NAME_TOO_LONG if long else Wrong.NAME_CONTROL
            raise SettingError(wrong, self.key, text) from error


def _names_program(command: str) -> bool:
    import shlex  # needed only by who has such a command

    try:
        words = shlex.split(command)
    except ValueError:
        return False
    return bool(words and words[0])


def _marked(message: str) -> str:
    """Mark a message for the catalogue without translating it."""
    return message


N_ = _marked

DECLARED = (
    Setting("name1", Group.AGREEMENT, N_("First name"), "", most=NAME_LENGTH),
    Setting("name2", Group.AGREEMENT, N_("Second name"), "", most=NAME_LENGTH),
    Setting(
        "length",
        Group.AGREEMENT,
        N_("Length of a pause"),
        30,
        least=int(SHORTEST.total_seconds() // 60),
        most=int(LONGEST.total_seconds() // 60),
        unit="minutes",
    ),
    Setting(
        "extensions", Group.AGREEMENT, N_("More time, at most"), 2, least=0, most=3, unit="times"
    ),
    Setting(
        "heads_up", Group.AGREEMENT, N_("Heads-up before"), 2, least=0, most=15, unit="minutes"
    ),
    Setting(
        "this_computer",
        Group.AGREEMENT,
        N_("Whose computer (who asked is reminded first)"),
        "both",
        choices=("both", "first", "second"),
    ),
    Setting(
        "technique",
        Group.BREATHING,
        N_("Breathing"),
        breathing.SOFT.key,
        choices=tuple(breathing.TECHNIQUES),
    ),
    Setting(
        "breathing_minutes",
        Group.BREATHING,
        N_("Length of the breathing"),
        breathing.SESSION_MINUTES,
        least=breathing.SHORTEST_MINUTES,
        most=breathing.LONGEST_MINUTES,
        unit="minutes",
    ),
    Setting("gentle_start", Group.BREATHING, N_("Start with easier breaths"), default=False),
    Setting("shortcut", Group.SHORTCUT, N_("Keys that call a pause"), "Ctrl+Alt+P", keys=True),
    Setting("shortcut1", Group.SHORTCUT, N_("Keys of the first name"), "", keys=True),
    Setting("shortcut2", Group.SHORTCUT, N_("Keys of the second name"), "", keys=True),
    Setting("theme", Group.LOOK, N_("Colours"), "system", choices=("system", "light", "dark")),
    Setting("motion", Group.LOOK, N_("Motion"), "system", choices=("system", "full", "less")),
    Setting(
        "screens",
        Group.LOOK,
        N_("Screens that show the pause"),
        "pointer",
        choices=("pointer", "all"),
    ),
    Setting("names_in_notifications", Group.LOOK, N_("Names in notifications"), default=False),
    *(
        Setting(key, Group.HOOKS, label, "", most=COMMAND_LENGTH, command=True)
        for key, label in (
            ("hook_paused", N_("When a pause begins")),
            ("hook_due", N_("When it is time to come back")),
            ("hook_returned", N_("When a pause ends")),
        )
    ),
    Setting("asked_autostart", Group.UNSEEN, N_("Asked about starting by itself"), default=False),
)
AUTOSTART = Setting("autostart", Group.COMPUTER, N_("Start with the computer"), default=False)
"""Kept by the desktop, not by us: its record is looked at each time, see `ports.Autostart`."""
NAMED = (*DECLARED, AUTOSTART)
"""All that a person can look at and change by name."""
SETTINGS = {setting.key: setting for setting in DECLARED}


def declared(key: str) -> Setting:
    """Return the declaration of `key`.

    Raises:
        SettingError: there is no such setting.

    """
    if key not in SETTINGS:
        raise SettingError(Wrong.UNKNOWN, key, key)
    return SETTINGS[key]


def named(key: str) -> Setting:
    """Return the declaration of `key`, whoever keeps its value.

    Raises:
        SettingError: there is no such setting.

    """
    return AUTOSTART if key == AUTOSTART.key else declared(key)


@dataclass(frozen=True, slots=True)
class Settings:
    """All values, read at one moment."""

    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """Return a text or a choice."""
        return str(self.values[key])

    def number(self, key: str) -> int:
        """Return a whole number."""
        return int(self.values[key])

    def flag(self, key: str) -> bool:
        """Return a yes or no."""
        return bool(self.values[key])

    def check(self, key: str, value: Value) -> None:
        """Make sure that a setting's new value agrees with the others.

        Raises:
            SettingError: there is no such setting, or another one has the same keys.

        """
        if declared(key).keys and value:
            others = (each.key for each in DECLARED if each.keys and each.key != key)
            if any(self.values[other] == value for other in others):
                raise SettingError(Wrong.KEYS_IN_USE, key, str(value))

    @property
    def agreement(self) -> Agreement:
        """The terms that a new pause is called on."""
        return Agreement(
            names=tuple(name for name in (self.text("name1"), self.text("name2")) if name),
            length=timedelta(minutes=self.number("length")),
            heads_up=timedelta(minutes=self.number("heads_up")),
            terms=Terms(extensions_allowed=self.number("extensions")),
            owner={"first": self.text("name1"), "second": self.text("name2")}.get(
                self.text("this_computer"), ""
            ),
        )

    @property
    def session(self) -> breathing.Session:
        """The breathing that a pause starts with."""
        return breathing.Session(
            breathing.TECHNIQUES[self.text("technique")],
            self.number("breathing_minutes"),
            self.flag("gentle_start"),
        )


DEFAULTS = Settings({setting.key: setting.default for setting in DECLARED})
