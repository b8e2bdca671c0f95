"""What the command line understands, and the sentence for what it doesn't understand."""

from __future__ import annotations

import json
import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause import __version__, commands
from safepause.commands import Exit, Reply, Request, spec
from safepause.commands.spec import COMMANDS, DECLARED

if TYPE_CHECKING:
    from safepause.commands.declaration import CommandSpec

PAUSE_MINUTES = "'--minutes' is a whole number from 20 to 1440, not '{}'."
EXTRA_MINUTES = "'--minutes' is a whole number from 10 to 1440, not '{}'."
CLOCK_TIME = "'--until' is a time from 00:00 to 23:59, not '{}'."
AGO = "'--ago' is a number from 0 to 20, not '{}'."
SETTINGS_USAGE = "Please write: safepause settings [list | get NAME | set NAME VALUE]"


def answer(*argv: str) -> Reply:
    """Return the answer to a command line that is no request."""
    reply = commands.parse(argv)
    assert isinstance(reply, Reply)
    return reply


def asked(*argv: str) -> Request:
    """Return the request that a command line makes."""
    request = commands.parse(argv)
    assert isinstance(request, Request)
    return request


def wrong(*argv: str) -> str:
    """Return the sentence that says what is wrong with the arguments."""
    reply = answer(*argv)
    assert (reply.code, reply.out) == (Exit.WRONG_ARGUMENTS, "")
    assert reply.err.count("\n") == 1
    return reply.err.rstrip("\n")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["pause", "--minutes", "5"], PAUSE_MINUTES.format("5")),
        (["pause", "--minutes", "1441"], PAUSE_MINUTES.format("1441")),
        (["pause", "--minutes", "abc"], PAUSE_MINUTES.format("abc")),
        (["pause", "--minutes", "-30"], PAUSE_MINUTES.format("-30")),
        (["pause", "--minutes", "30.5"], PAUSE_MINUTES.format("30.5")),
        (["pause", "--minutes", "٣٠"], PAUSE_MINUTES.format("٣٠")),
        (["pause", "--minutes="], PAUSE_MINUTES.format("")),
        (["pause", "--minutes", "9" * 5000], PAUSE_MINUTES.format("9" * 39 + "…")),
        (["extend", "--minutes", "9"], EXTRA_MINUTES.format("9")),
        (["pause", "--ago", "soon"], AGO.format("soon")),
        (["return", "--ago=-1"], AGO.format("-1")),
        (["undo", "--ago", "20.1"], AGO.format("20.1")),
        (["let-go", "--ago", "21"], AGO.format("21")),
        (["extend", "--minutes=10", "--ago", "1e1"], AGO.format("1e1")),
        (["pause", "--until", "25:99"], CLOCK_TIME.format("25:99")),
        (["pause", "--until", "24:00"], CLOCK_TIME.format("24:00")),
        (["extend", "--until", "soon"], CLOCK_TIME.format("soon")),
    ],
)
def test_a_wrong_length_or_time_is_answered_with_what_it_may_be(
    argv: list[str], sentence: str
) -> None:
    """A number outside its bounds, or a text that is no number or time, is a wrong argument."""
    assert wrong(*argv) == sentence


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ([], "Please say what to do. See: safepause --help"),
        (["--hidden", "pause"], "--hidden and --demo go without a command."),
        (["pauze"], "There is no command 'pauze'. Did you mean 'pause'?"),
        (["\x1b[31mzzz"], "There is no command '\ufffd[31mzzz'. See: safepause --help"),
        (["--frob"], "'--frob' is not known here. See: safepause --help"),
        (["pause", "--min", "30"], "'--min' is not known here. See: safepause pause --help"),
        (["pause", "now"], "'now' is one word too many. See: safepause pause --help"),
        (["pause", "--minutes"], "'--minutes' needs a value: --minutes N"),
        (["undo", "--json=yes"], "'--json' takes no value."),
        (
            ["pause", "--minutes", "30", "--until", "20:40"],
            "Please give --minutes or --until, not both.",
        ),
        (["extend"], "Please say until when: --minutes N or --until HH:MM"),
        (["forget"], "To delete everything: safepause forget --all"),
        (["export"], "Please name a file: safepause export FILE"),
        (["export", "a", "b"], "'b' is one word too many. See: safepause export --help"),
        (["settings", "get"], SETTINGS_USAGE),
        (["settings", "set", "length"], SETTINGS_USAGE),
        (["settings", "drop"], SETTINGS_USAGE),
        (
            ["settings", "get", "colour"],
            "There is no setting called 'colour'. See: safepause settings list",
        ),
        (["settings", "set", "length", "5"], "'length' goes from 20 to 1440, so not '5'."),
        (["show", "caf\udce9"], "'caf\ufffd' can't be read as text."),
    ],
)
def test_arguments_that_make_no_sense_get_a_sentence(argv: list[str], sentence: str) -> None:
    """The sentence is one line; it quotes the wrong word, cut and without control characters."""
    assert wrong(*argv) == sentence


@pytest.mark.parametrize("command", DECLARED, ids=lambda command: command.name)
def test_only_what_changes_a_pause_may_come_late(command: CommandSpec) -> None:
    """Five commands take `--ago`. All others do not know it, and no help shows it."""
    option = "--ago=20"
    if command.name in {"pause", "undo", "extend", "return", "let-go"}:
        needed = ["--minutes=10"] if command.name == "extend" else []
        assert asked(command.name, option, *needed).value(spec.AGO) == timedelta(seconds=20)
    else:
        unknown = f"'--ago' is not known here. See: safepause {command.name} --help"
        assert wrong(command.name, option) == unknown
    assert "--ago" not in answer(command.name, "--help").out


@pytest.mark.parametrize("argv", [["pause", "--by"], ["settings", "set", "name1"]])
def test_names_are_short_and_printable(argv: list[str]) -> None:
    """A name of 500 characters, or with control characters, is a wrong argument."""
    assert wrong(*argv, "x" * 500) == "A name has 60 characters at most."
    assert wrong(*argv, "Al\x1bex") == "A name can't hold control characters."


@pytest.mark.parametrize("name", ["<b>&amp;</b>", "דנה", "😀👩‍👩‍👧", "-x", "e\u0301", "%s {name}"])
def test_odd_names_are_taken(name: str) -> None:
    """Markup, right-to-left letters and emoji are names like any other."""
    assert asked("pause", "--by", name).value(spec.BY) == name


def test_an_empty_name_is_no_name() -> None:
    """A name of blanks is no name."""
    assert asked("pause", "--by", "  ").value(spec.BY) == ""


def test_options_stand_anywhere() -> None:
    """An option stands before or after a command, with a blank or `=`; `--` ends options."""
    pause = asked("--json", "pause", "--until=20:40", "--by", "-x-")
    assert pause.command is COMMANDS["pause"]
    assert (pause.json, pause.value(spec.BY)) == (True, "-x-")
    assert pause.value(spec.UNTIL) == time(20, 40)
    assert pause.value(spec.PAUSE_MINUTES) is None
    assert asked("extend", "--minutes", "10").value(spec.MORE_MINUTES) == timedelta(minutes=10)
    change = asked("settings", "set", "name1", "--", "--json")
    assert (change.read(spec.SETTING).value, change.json) == ("--json", False)


@pytest.mark.parametrize(
    "argv",
    [
        ["pause", "--by", "-x y", "--until", "9:05", "--json"],
        ["--json", "export", "--force", "--", "--force"],
        ["forget", "--all", "--yes"],
        ["settings", "set", "name1", ""],
    ],
)
def test_a_request_is_sent_as_a_command_line_that_means_the_same(argv: list[str]) -> None:
    """The command line that a request gives is read as the same request."""
    request = asked(*argv)
    assert asked(*request.argv()) == request


def test_wrong_arguments_are_a_document_too() -> None:
    """With --json, wrong arguments are a document; the sentence goes to standard error."""
    reply = answer("pauze", "--json")
    error = json.loads(reply.out)["error"]
    assert (error["code"], error["reason"]) == (2, "wrong_arguments")
    assert reply.err == error["message"] + "\n"


def test_help_tells_every_command_and_option() -> None:
    """The overview has all commands; `-h` shows a command's page, which has its options."""
    overview = answer("--help")
    assert overview.code == Exit.DONE
    for command in DECLARED:
        assert f"  {command.name} " in overview.out
        page = answer(command.name, "-h")
        assert all(f"  {option.flag}" in page.out for option in command.options)
        assert max(map(len, page.out.splitlines())) < 80


def test_help_and_version_need_nothing_else() -> None:
    """Both answer without a command; with --json the version is a document."""
    assert answer("--version") == (0, f"SafePause {__version__}\n", "")
    assert json.loads(answer("--version", "--json").out) == {"version": __version__}


@given(st.lists(st.sampled_from(["pause", "--by", "--json", "--", "set", "", "-", "=", "--x=\0"])))
def test_no_arguments_break_the_parser(argv: list[str]) -> None:
    """Any words in any order give a request or an answer, never an error."""
    parsed = commands.parse(argv)
    assert isinstance(parsed, Request) or parsed.code in (Exit.DONE, Exit.WRONG_ARGUMENTS)


@given(st.text(), st.text())
def test_no_text_reaches_the_terminal_raw(command: str, value: str) -> None:
    """The sentence on standard error has no control characters, whatever was typed."""
    for argv in ([command], ["settings", "set", command, value], ["pause", "--minutes", value]):
        reply = commands.parse(argv)
        if isinstance(reply, Reply):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", reply.err)
