"""What a setting is: its declaration, and how its text is parsed, written and checked."""

from __future__ import annotations

import shlex
import unicodedata
from dataclasses import dataclass
from datetime import time
from enum import Enum

from safepause.core.agreement import clean_name, clean_text
from safepause.core.settings.ideas import IdeasError, one_line, read_ideas
from safepause.core.settings.patterns import (
    OWN,
    PatternError,
    clean_pattern_name,
    read_patterns,
    readable_patterns,
    write_patterns,
)
from safepause.core.shortcut.keys import KeysError, parse_keys

Value = str | int | bool

WORDS_LENGTH = 80
"""The most characters of words that two people agree on, such as a sign."""
COMMAND_LENGTH = 500
"""The most characters of a command. A longer one belongs into a file that the command names."""
_MOST_DIGITS = 9
"""The most digits of a number. No setting needs so many."""


class Group(Enum):
    """The page of the settings window that shows a setting."""

    AGREEMENT = "agreement"
    BREATHING = "breathing"
    SOUND = "sound"
    SHORTCUT = "shortcut"
    LOOK = "look"
    DAILY = "daily"
    HOOKS = "hooks"
    COMPUTER = "computer"
    UNSEEN = "unseen"
    """On no page. The program remembers here what it has already asked."""


class Wrong(Enum):
    """What can be wrong with a value."""

    UNKNOWN = "unknown"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_BOUNDS = "out_of_bounds"
    NOT_A_CHOICE = "not_a_choice"
    NOT_YES_OR_NO = "not_yes_or_no"
    NAME_TOO_LONG = "name_too_long"
    NAME_CONTROL = "name_control"
    WORDS_TOO_LONG = "words_too_long"
    WORDS_CONTROL = "words_control"
    NOT_A_TIME = "not_a_time"
    COMMAND_TOO_LONG = "command_too_long"
    COMMAND_CONTROL = "command_control"
    COMMAND_WORDS = "command_words"
    """A quotation mark is not closed, or the command names no program."""
    IDEAS_MANY = "ideas_many"
    IDEAS_LONG = "ideas_long"
    IDEAS_CONTROL = "ideas_control"
    PATTERNS_MANY = "patterns_many"
    PATTERNS_SHAPE = "patterns_shape"
    PATTERNS_NAMELESS = "patterns_nameless"
    PATTERNS_LONG = "patterns_long"
    PATTERNS_CONTROL = "patterns_control"
    PATTERNS_SAME = "patterns_same"
    PATTERNS_PART = "patterns_part"
    PATTERNS_FLOW = "patterns_flow"
    PATTERNS_FAST = "patterns_fast"
    PATTERNS_SLOW = "patterns_slow"
    PATTERN_UNKNOWN = "pattern_unknown"
    """There is no own pattern of this name."""
    PATTERN_IN_USE = "pattern_in_use"
    """The pattern that is chosen as the technique is not in the list."""
    KEYS_UNKNOWN_KEY = "keys_unknown_key"
    KEYS_ONLY_MODIFIERS = "keys_only_modifiers"
    KEYS_NO_MODIFIER = "keys_no_modifier"
    KEYS_ONLY_SHIFT = "keys_only_shift"
    KEYS_NEEDED = "keys_needed"
    KEYS_IN_USE = "keys_in_use"
    """Another setting has the same keys."""


class SettingError(ValueError):
    """A setting's name is not declared, or `text` is no value of the setting `key`."""

    def __init__(self, wrong: Wrong, key: str, text: str) -> None:
        super().__init__(f"{key}: {wrong.value}: {text!r}")
        self.wrong = wrong
        self.key = key
        self.text = text


@dataclass(frozen=True, slots=True)
class Setting:
    """One declaration. The type of `default` is the setting's type."""

    key: str
    group: Group
    default: Value
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    command: bool = False
    """Whether the text is a command that the person wrote; it may be empty."""
    unit: str = ""
    """What a number counts: "minutes" or "times"."""
    keys: bool = False
    """Whether the text is a combination of keys; it may be empty."""
    ideas: bool = False
    """Whether the text is a list of ideas, one in each line; it may be empty."""
    patterns: bool = False
    """Whether the text is a list of own breathing patterns, one in each line; it may be empty."""
    own_patterns: bool = False
    """Whether an own pattern is a choice, too, as "own:" and its name."""
    words: bool = False
    """Whether the text is words of the couple; it may be empty."""
    time: bool = False
    """Whether the text is a time of day, such as "07:30"; empty for never."""

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
        return self._choice(text) if self.choices else self._text(text)

    def write(self, value: Value) -> str:
        """Return the text that `parse` reads back as `value`."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return one_line(str(value)) if self.ideas or self.patterns else str(value)

    def rescue(self, text: object) -> Value | None:
        """Return what can be read of a damaged text: whole patterns. None: nothing."""
        if not (self.patterns and isinstance(text, str)):
            return None
        return write_patterns(readable_patterns(text)) or None

    def _choice(self, text: str) -> str:
        if text in self.choices:
            return text
        if self.own_patterns and text.startswith(OWN):
            try:
                return OWN + clean_pattern_name(text.removeprefix(OWN))
            except PatternError as error:
                wrong = Wrong(f"patterns_{error.fault.value}")
                raise SettingError(wrong, self.key, text) from error
        raise SettingError(Wrong.NOT_A_CHOICE, self.key, text)

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

    def _text(self, text: str) -> str:
        if self.ideas:
            return self._ideas(text)
        if self.patterns:
            return self._patterns(text)
        if self.keys:
            return self._keys(text)
        if self.time:
            return self._time(text)
        return self._words(text) if self.words else self._name(text)

    def _time(self, text: str) -> str:
        hours, colon, minutes = text.strip().partition(":")
        if not text.strip():
            return ""
        digits = hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()
        if not (colon and digits and len(hours) <= 2 and len(minutes) == 2):  # noqa: PLR2004
            raise SettingError(Wrong.NOT_A_TIME, self.key, text)
        try:
            return time(int(hours), int(minutes)).strftime("%H:%M")
        except ValueError as error:
            raise SettingError(Wrong.NOT_A_TIME, self.key, text) from error

    def _words(self, text: str) -> str:
        try:
            return clean_text(text, WORDS_LENGTH)
        except ValueError as error:
            long = str(error) == "long"
            wrong = Wrong.WORDS_TOO_LONG if long else Wrong.WORDS_CONTROL
            raise SettingError(wrong, self.key, text) from error

    def _keys(self, text: str) -> str:
        try:
            return str(parse_keys(text)) if text.strip() else ""
        except KeysError as error:
            raise SettingError(Wrong(f"keys_{error.wrong.value}"), self.key, text) from error

    def _ideas(self, text: str) -> str:
        try:
            return "\n".join(read_ideas(text))
        except IdeasError as error:
            raise SettingError(Wrong(f"ideas_{error}"), self.key, text) from error

    def _patterns(self, text: str) -> str:
        try:
            return write_patterns(read_patterns(text))
        except PatternError as error:
            wrong = Wrong(f"patterns_{error.fault.value}")
            raise SettingError(wrong, self.key, text) from error

    def _command(self, text: str) -> str:
        """Return the command without spaces at its ends. Spaces inside a command can matter."""
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
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    return bool(words and words[0])
