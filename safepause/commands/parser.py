"""Parses a command line into a `Request`, or into the answer of `--help` and of a wrong argument.

argparse prints, exits, and has a catalogue of its own. So this parser is a loop over the
declarations. An option can be anywhere, as `--name value` or `--name=value`. Options have no
abbreviations, so that a new option does not change what a script means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safepause import __version__
from safepause.commands import help_text, spec
from safepause.commands.declaration import (
    EVERYWHERE,
    HELP,
    JSON,
    CommandSpec,
    Request,
    Switch,
    UsageError,
)
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepause.commands.declaration import AnyOption

_START_ONLY = {spec.HIDDEN.flag, spec.DEMO.flag}


@dataclass(slots=True)
class _Scanned:
    """The parts of a command line, before they are checked."""

    command: CommandSpec | None = None
    switches: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def parse(argv: Sequence[str]) -> Request | Reply:
    """Return the request, or the whole answer: a help text, the version, or an error."""
    as_document = wants_json(argv)
    try:
        scanned = _scan(argv)
        if HELP.flag in scanned.switches:
            text = help_text.page(scanned.command) if scanned.command else help_text.overview()
            return Reply(Exit.DONE, text, "")
        if spec.VERSION.flag in scanned.switches:
            version = f"SafePause {__version__}"
            return done(version, {"version": __version__}, as_document=as_document)
        return _checked(scanned)
    except UsageError as error:
        return problem(Exit.WRONG_ARGUMENTS, "wrong_arguments", str(error), as_document=as_document)


def wants_json(argv: Sequence[str]) -> bool:
    """Tell whether the answer is for a script, even if the other arguments are wrong."""
    options = argv[: argv.index("--")] if "--" in argv else argv
    return JSON.flag in options


def _scan(argv: Sequence[str]) -> _Scanned:
    """Sort the words into command, options and operands."""
    scanned = _Scanned()
    rest = [_readable(word) for word in argv]
    rest.reverse()
    while rest:
        word = rest.pop()
        if word == "--":
            scanned.words.extend(reversed(rest))
            break
        if word.startswith("-") and word != "-":
            _take_option(scanned, word, rest)
        elif scanned.command is None:
            scanned.command = _command(word)
        else:
            scanned.words.append(word)
    return scanned


def _readable(word: str) -> str:
    try:
        word.encode()
    except UnicodeEncodeError:
        sentence = _("'{text}' can't be read as text.")
        raise UsageError(sentence.format(text=words.shortened(word))) from None
    return word


def _command(word: str) -> CommandSpec:
    if word in spec.COMMANDS:
        return spec.COMMANDS[word]
    from difflib import get_close_matches  # the door: nothing else needs it

    near = get_close_matches(word[:20], spec.COMMANDS, n=1)
    if near:
        sentence = _("There is no command '{text}'. Did you mean '{near}'?")
        raise UsageError(sentence.format(text=words.shortened(word), near=near[0]))
    sentence = _("There is no command '{text}'. See: safepause --help")
    raise UsageError(sentence.format(text=words.shortened(word)))


def _take_option(scanned: _Scanned, word: str, rest: list[str]) -> None:
    """Take one option, and its value, which is after "=" or at the end of `rest`."""
    flag, equals, value = word.partition("=")
    option = _option(scanned.command, flag)
    if isinstance(option, Switch):
        if equals:
            raise UsageError(_("'{option}' takes no value.").format(option=option.flag))
        scanned.switches.add(option.flag)
    elif equals:
        scanned.values[option.flag] = value
    elif rest:
        scanned.values[option.flag] = rest.pop()
    else:
        sentence = _("'{option}' needs a value: {option} {value}")
        raise UsageError(sentence.format(option=option.flag, value=option.value))


def _option(command: CommandSpec | None, flag: str) -> AnyOption:
    own = (*command.options, *command.hidden) if command else spec.ALONE
    known = {option.flag: option for option in (*own, *EVERYWHERE)}
    flag = HELP.flag if flag == "-h" else flag
    if flag in known:
        return known[flag]
    sentence = _("'{text}' is not known here. See: {help}")
    asked = f"safepause {command.name} --help" if command else "safepause --help"
    raise UsageError(sentence.format(text=words.shortened(flag), help=asked))


def _checked(scanned: _Scanned) -> Request:
    """Return the request; every value in it can be read, and its command's rules hold."""
    command = scanned.command
    if command is None:
        raise UsageError(_("Please say what to do. See: safepause --help"))
    if len(scanned.words) > command.operands.most:
        sentence = _("'{text}' is one word too many. See: {help}")
        odd, asked = scanned.words[command.operands.most], f"safepause {command.name} --help"
        raise UsageError(sentence.format(text=words.shortened(odd), help=asked))
    if scanned.switches & _START_ONLY:
        raise UsageError(_("--hidden and --demo go without a command."))
    request = Request(command, frozenset(scanned.switches), scanned.values, tuple(scanned.words))
    request.check()
    return request
