"""From the words of a command line to a `Request`, or to the answer that they already are.

No argparse: it prints and exits, and speaks its own words from its own catalogue. What it would be
here is a loop over `declared`. Options stand anywhere, take `--name value` or `--name=value`, and
have no abbreviations: a script that works today means the same tomorrow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from safepause import __version__
from safepause.commands import help_text, spec
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.commands.spec import COMMANDS, CommandSpec, Name, Option
from safepause.core.agreement import clean_name
from safepause.core.settings import catalogue
from safepause.core.settings.declaration import SettingError, Value
from safepause.i18n import setting_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY_MINUTES = 24 * 60
LEAST_PAUSE = 20
LEAST_EXTRA = 10
_CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_EVERYWHERE = (spec.JSON, spec.HELP)
_FIRST_ONLY = (spec.VERSION, spec.HIDDEN, spec.DEMO)
_APP_ONLY = {spec.HIDDEN.flag, spec.DEMO.flag}


class Action(Enum):
    """What `settings` does."""

    LIST = "list"
    GET = "get"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Request:
    """A command line that makes sense; what a command doesn't take has its default."""

    command: Name
    json: bool = False
    by: str | None = None
    length: timedelta | None = None
    until: time | None = None
    """A wall-clock time: the next one."""
    action: Action = Action.LIST
    key: str = ""
    value: Value = ""
    file: str = ""
    force: bool = False
    confirmed: bool = False
    remove: bool = False
    log: bool = False


class _UsageError(Exception):
    """The arguments make no sense; the text is the sentence that says so."""


@dataclass(slots=True)
class _Found:
    """What stands on a command line, not yet judged."""

    command: CommandSpec | None = None
    switches: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    operands: list[str] = field(default_factory=list)


def parse(argv: Sequence[str]) -> Request | Reply:
    """Return what is asked, or the whole answer: a help text, the version, or what is wrong."""
    as_document = wants_json(argv)
    try:
        found = _scan(argv)
        if spec.HELP.flag in found.switches:
            text = help_text.page(found.command) if found.command else help_text.overview()
            return Reply(Exit.DONE, text, "")
        if spec.VERSION.flag in found.switches:
            version = f"SafePause {__version__}"
            return done(version, {"version": __version__}, as_document=as_document)
        return _judge(found)
    except _UsageError as error:
        return problem(Exit.WRONG_ARGUMENTS, "wrong_arguments", str(error), as_document=as_document)


def wants_json(argv: Sequence[str]) -> bool:
    """Tell whether the answer is for a script, even where the rest makes no sense."""
    options = argv[: argv.index("--")] if "--" in argv else argv
    return spec.JSON.flag in options


def _scan(argv: Sequence[str]) -> _Found:
    """Sort the words into command, options and operands."""
    found = _Found()
    rest = [_readable(word) for word in argv]
    rest.reverse()
    while rest:
        word = rest.pop()
        if word == "--":
            found.operands.extend(reversed(rest))
            break
        if word.startswith("-") and word != "-":
            _take_option(found, word, rest)
        elif found.command is None:
            found.command = _command(word)
        else:
            found.operands.append(word)
    return found


def _readable(word: str) -> str:
    try:
        word.encode()
    except UnicodeEncodeError:
        sentence = _("'{text}' can't be read as text.")
        raise _UsageError(sentence.format(text=words.shortened(word))) from None
    return word


def _command(word: str) -> CommandSpec:
    if word in COMMANDS:
        return COMMANDS[word]
    from difflib import get_close_matches  # needed for a slip only

    near = get_close_matches(word[:20], COMMANDS, n=1)
    if near:
        sentence = _("There is no command '{text}'. Did you mean '{near}'?")
        raise _UsageError(sentence.format(text=words.shortened(word), near=near[0]))
    sentence = _("There is no command '{text}'. See: safepause --help")
    raise _UsageError(sentence.format(text=words.shortened(word)))


def _take_option(found: _Found, word: str, rest: list[str]) -> None:
    """Keep one option, and its value from after "=" or from `rest`, whose end comes next."""
    flag, equals, value = word.partition("=")
    option = _option(found.command, flag)
    if not option.value:
        if equals:
            raise _UsageError(_("'{option}' takes no value.").format(option=option.flag))
        found.switches.add(option.flag)
    elif equals:
        found.values[option.flag] = value
    elif rest:
        found.values[option.flag] = rest.pop()
    else:
        sentence = _("'{option}' needs a value: {option} {value}")
        raise _UsageError(sentence.format(option=option.flag, value=option.value))


def _option(command: CommandSpec | None, flag: str) -> Option:
    own = command.options if command else _FIRST_ONLY
    known = {option.flag: option for option in (*own, *_EVERYWHERE)}
    flag = spec.HELP.flag if flag == "-h" else flag
    if flag in known:
        return known[flag]
    sentence = _("'{text}' is not known here. See: {help}")
    asked = f"safepause {command.name.value} --help" if command else "safepause --help"
    raise _UsageError(sentence.format(text=words.shortened(flag), help=asked))


def _judge(found: _Found) -> Request:
    """Check what the command needs and return the request."""
    command = found.command
    if command is None:
        raise _UsageError(_("Please say what to do. See: safepause --help"))
    if len(found.operands) > command.operands:
        sentence = _("'{text}' is one word too many. See: {help}")
        odd, asked = found.operands[command.operands], f"safepause {command.name.value} --help"
        raise _UsageError(sentence.format(text=words.shortened(odd), help=asked))
    if found.switches & _APP_ONLY:
        raise _UsageError(_("--hidden and --demo go without a command."))
    as_document = spec.JSON.flag in found.switches
    if command.name in (Name.PAUSE, Name.EXTEND):
        return _timed(command.name, found, as_document=as_document)
    if command.name is Name.SETTINGS:
        return _settings(found.operands, as_document=as_document)
    if command.name is Name.EXPORT:
        return _export(found, as_document=as_document)
    if command.name is Name.FORGET and spec.ALL.flag not in found.switches:
        raise _UsageError(_("To delete everything: safepause forget --all"))
    confirmed, remove, log = (
        option.flag in found.switches for option in (spec.YES, spec.REMOVE, spec.LOG)
    )
    return Request(command.name, json=as_document, confirmed=confirmed, remove=remove, log=log)


def _timed(name: Name, found: _Found, *, as_document: bool) -> Request:
    minutes = found.values.get("--minutes")
    until = found.values.get("--until")
    if minutes is not None and until is not None:
        raise _UsageError(_("Please give --minutes or --until, not both."))
    if name is Name.EXTEND and minutes is None and until is None:
        raise _UsageError(_("Please say until when: --minutes N or --until HH:MM"))
    least = LEAST_PAUSE if name is Name.PAUSE else LEAST_EXTRA
    return Request(
        name,
        json=as_document,
        by=_name(found.values.get("--by", "")),
        length=None if minutes is None else _length(minutes, least),
        until=None if until is None else _clock_time(until),
    )


def _length(text: str, least: int) -> timedelta:
    whole = text.isascii() and text.isdigit() and len(text) < len("1000000")
    if not whole or not least <= int(text) <= DAY_MINUTES:
        sentence = _("'--minutes' is a whole number from {least} to {most}, not '{text}'.")
        raise _UsageError(
            sentence.format(least=least, most=DAY_MINUTES, text=words.shortened(text))
        )
    return timedelta(minutes=int(text))


def _clock_time(text: str) -> time:
    match = _CLOCK_TIME.fullmatch(text)
    if match is None:
        sentence = _("'--until' is a time from 00:00 to 23:59, not '{text}'.")
        raise _UsageError(sentence.format(text=words.shortened(text)))
    return time(int(match[1]), int(match[2]))


def _name(text: str) -> str | None:
    try:
        return clean_name(text) or None
    except ValueError as error:
        wrong = (
            setting_words.name_too_long() if str(error) == "long" else setting_words.name_control()
        )
        raise _UsageError(wrong) from error


def _settings(operands: Sequence[str], *, as_document: bool) -> Request:
    action, given = (operands[0], operands[1:]) if operands else (Action.LIST.value, ())
    needed = {Action.LIST.value: 0, Action.GET.value: 1, Action.SET.value: 2}
    if needed.get(action) != len(given):
        usage = "safepause settings [list | get NAME | set NAME VALUE]"
        raise _UsageError(_("Please write: {usage}").format(usage=usage))
    try:
        declaration = catalogue.named(given[0]) if given else None
        value = declaration.parse(given[1]) if declaration and given[1:] else ""
    except SettingError as error:
        raise _UsageError(setting_words.wrong_setting(error)) from error
    key = declaration.key if declaration else ""
    return Request(Name.SETTINGS, as_document, action=Action(action), key=key, value=value)


def _export(found: _Found, *, as_document: bool) -> Request:
    if not found.operands or not found.operands[0]:
        raise _UsageError(_("Please name a file: safepause export FILE"))
    force = spec.FORCE.flag in found.switches
    return Request(Name.EXPORT, as_document, file=found.operands[0], force=force)
