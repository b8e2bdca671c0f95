"""Reads the values on a command line: lengths, times, names, settings and files.

If a reader can't read a text, it raises `UsageError` with the sentence for the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from safepause.commands.declaration import UsageError
from safepause.core.agreement import clean_name
from safepause.core.pause import LONGEST, MOST_LATE
from safepause.core.settings import catalogue
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import setting_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MINUTE = timedelta(minutes=1)
_MOST_DIGITS = 6
SETTINGS_USAGE = "[list | get NAME | set NAME VALUE]"
_SECONDS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,6})?")
_SINCE_BOOT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")
_CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class Action(Enum):
    """What `safepause settings` does."""

    LIST = "list"
    GET = "get"
    SET = "set"


_OPERANDS = {Action.LIST: 0, Action.GET: 1, Action.SET: 2}


@dataclass(frozen=True, slots=True)
class SettingRequest:
    """An action on the settings. `get` and `set` have a key, and `set` has a value."""

    action: Action = Action.LIST
    key: str = ""
    value: Value = ""


def minutes(least: timedelta) -> Callable[[str], timedelta]:
    """Return a reader of whole minutes, from `least` to the longest pause."""
    fewest, most = least // _MINUTE, LONGEST // _MINUTE

    def read(text: str) -> timedelta:
        whole = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        if not whole or not fewest <= int(text) <= most:
            sentence = _("'--minutes' is a whole number from {least} to {most}, not '{text}'.")
            shown = words.shortened(text)
            raise UsageError(sentence.format(least=fewest, most=most, text=shown))
        return timedelta(minutes=int(text))

    return read


def seconds(text: str) -> timedelta:
    """Read seconds, such as 2.5, from 0 to the most that a command may be late."""
    most = MOST_LATE // timedelta(seconds=1)
    if _SECONDS.fullmatch(text) is None or float(text) > most:
        sentence = _("'--ago' is a number from 0 to {most}, not '{text}'.")
        raise UsageError(sentence.format(most=most, text=words.shortened(text)))
    return timedelta(seconds=float(text))


def since_boot(text: str) -> float:
    """Read an instant: seconds since the start of the computer."""
    if _SINCE_BOOT.fullmatch(text) is None:
        sentence = _("'--asked-at' is a number, not '{text}'.")
        raise UsageError(sentence.format(text=words.shortened(text)))
    return float(text)


def clock_time(text: str) -> time:
    """Read a time of day, such as 20:40."""
    match = _CLOCK_TIME.fullmatch(text)
    if match is None:
        sentence = _("'--until' is a time from 00:00 to 23:59, not '{text}'.")
        raise UsageError(sentence.format(text=words.shortened(text)))
    return time(int(match[1]), int(match[2]))


def person(text: str) -> str:
    """Read a person's name. A text of spaces gives an empty name."""
    try:
        return clean_name(text)
    except ValueError as error:
        too_long = str(error) == "long"
        wrong = setting_words.name_too_long() if too_long else setting_words.name_control()
        raise UsageError(wrong) from error


def file(operands: Sequence[str]) -> str:
    """Read the one file that an export goes to."""
    if not operands or not operands[0]:
        raise UsageError(_("Please name a file: safepause export FILE"))
    return operands[0]


def setting(operands: Sequence[str]) -> SettingRequest:
    """Read an action on the settings. Without operands the action is `LIST`."""
    first, *given = operands or (Action.LIST.value,)
    action = next((each for each in Action if each.value == first), None)
    if action is None or _OPERANDS[action] != len(given):
        usage = f"safepause settings {SETTINGS_USAGE}"
        raise UsageError(_("Please write: {usage}").format(usage=usage))
    if not given:
        return SettingRequest(action)
    try:
        declared = catalogue.named(given[0])
        value = declared.parse(given[1]) if action is Action.SET else ""
    except SettingError as error:
        raise UsageError(setting_words.wrong_setting(error)) from error
    return SettingRequest(action, declared.key, value)
