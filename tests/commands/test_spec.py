"""Handlers and lists agree with the declarations of the commands."""

from __future__ import annotations

import re

import pytest

from safepause import cli
from safepause.client import launch
from safepause.client.instant import INSTANT
from safepause.client.remote_command import OWN
from safepause.commands.declaration import HELP, CommandSpec, Process
from safepause.commands.handlers import HANDLERS, carries_out
from safepause.commands.spec import COMMANDS, DECLARED, DEMO, HIDDEN
from safepause.system.desktop import launch_command


def test_each_command_has_one_declaration() -> None:
    """No name is declared twice."""
    assert len(COMMANDS) == len(DECLARED)


def test_the_options_of_the_start_are_those_that_are_declared() -> None:
    """The start and the desktop's files use the declared options, without importing them."""
    assert (HIDDEN.flag, DEMO.flag) == (launch.HIDDEN, launch.DEMO)
    assert HIDDEN.flag == launch_command.HIDDEN


def test_help_is_asked_for_in_the_declared_words() -> None:
    """The command line itself answers the words that ask for help."""
    assert {"-h", HELP.flag} == cli._HELP  # noqa: SLF001


def test_each_command_has_a_handler_in_its_process() -> None:
    """The command line has the handlers of its own commands, and the app those of all others."""
    own = {command.name for command in DECLARED if command.process is Process.COMMAND_LINE}
    assert set(OWN) == own
    assert set(HANDLERS) == set(COMMANDS) - own


def test_a_handler_without_a_declaration_is_an_error() -> None:
    """The import of its module fails."""
    with pytest.raises(KeyError):
        carries_out("undeclared")


def test_a_second_handler_of_a_command_is_an_error() -> None:
    """A second handler for a command is an error, and the first one stays."""
    first = HANDLERS["status"]
    with pytest.raises(ValueError, match="status"):
        carries_out("status")(lambda context: context.done(""))
    assert HANDLERS["status"] is first


def test_the_list_of_the_fast_path_is_up_to_date() -> None:
    """If this fails, run `make instant`."""
    assert {command.name for command in DECLARED if command.instant} == INSTANT


@pytest.mark.parametrize("command", DECLARED, ids=lambda command: command.name)
def test_the_usage_has_every_option(command: CommandSpec) -> None:
    """The usage line shows each option as it is typed, and no other."""
    options = {option.usage for option in command.options}
    assert set(re.findall(r"--[a-z]+(?: [A-Z:]+)?", command.usage)) == options
