"""Commands that the command line gave before the app could start, or on another display."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepause.commands import Exit
from safepause.core.clock import since_boot
from tests.commands.command_rig import Rig
from tests.fakes import at

WHERE = "The window is on display :0.\n"


def test_a_pause_counts_from_its_key_after_a_slow_start() -> None:
    """A pause whose key was pressed 60 seconds ago ends 20 minutes after the key."""
    rig = Rig()
    asked = since_boot(rig.clock)
    rig.clock.move(seconds=60)
    reply = rig.run("pause", f"--asked-at={asked:.3f}", "--minutes", "20")
    assert reply.out == f"Pause until {at(20)}.\n"
    assert rig.document("status")["pause"]["seconds_left"] == 19 * 60


def test_a_wait_in_another_program_counts_too() -> None:
    """`--ago` is the wait before our own command line, which then waited for the app."""
    rig = Rig()
    asked = since_boot(rig.clock)
    rig.clock.move(minutes=5)
    rig.run("pause", f"--asked-at={asked:.3f}", "--ago=20")
    pause = rig.service.pause
    assert pause is not None
    assert rig.clock.now() - pause.started_at == timedelta(minutes=5, seconds=20)


def test_an_instant_ahead_counts_as_now() -> None:
    """A command is never given in the future."""
    rig = Rig()
    rig.run("pause", "--asked-at=99.5", "--minutes", "20")
    assert rig.document("status")["pause"]["seconds_left"] == 20 * 60


@pytest.mark.parametrize(("later", "code"), [(0, Exit.DONE), (10, Exit.DONE), (11, Exit.REFUSED)])
def test_a_pause_after_a_slow_start_can_be_undone(later: int, code: Exit) -> None:
    """Undo has its ten seconds from the moment at which the pause can be seen."""
    rig = Rig()
    asked = since_boot(rig.clock)
    rig.clock.move(minutes=2)
    rig.run("pause", f"--asked-at={asked:.3f}")
    rig.clock.move(seconds=later)
    assert rig.run("undo").code == code


def test_an_undo_during_the_slow_start_counts() -> None:
    """An undo that was given 5 seconds after the key arrives after the pause, and counts."""
    rig = Rig()
    asked = since_boot(rig.clock)
    rig.clock.move(seconds=60)
    rig.run("pause", f"--asked-at={asked:.3f}")
    assert rig.run("undo", f"--asked-at={asked + 5:.3f}").code == Exit.DONE
    assert rig.document("history")["outcomes"] == []


def test_a_call_that_is_over_after_the_start_is_refused() -> None:
    """If the start takes longer than the pause, the command says that the time has passed."""
    rig = Rig()
    asked = since_boot(rig.clock)
    rig.clock.move(minutes=20)
    assert rig.run("pause", f"--asked-at={asked:.3f}", "--minutes=20").code == Exit.REFUSED


@pytest.mark.parametrize("word", ["soon", "-1", "nan", "1e3", "inf"])
def test_an_instant_that_is_none_is_wrong(word: str) -> None:
    """Only a number of seconds is an instant."""
    reply = Rig().run("pause", f"--asked-at={word}")
    assert (reply.code, reply.err) == (
        Exit.WRONG_ARGUMENTS,
        f"'--asked-at' is a number, not '{word}'.\n",
    )


@pytest.mark.parametrize("command", ["pause", "show", "breathe"])
def test_the_answer_says_where_the_window_is(command: str) -> None:
    """Called on another display, the answer names the display of the window."""
    rig = Rig()
    assert rig.run(command, "--display=:0").out.endswith(WHERE) is False
    assert rig.run(command).out.endswith(WHERE) is False
    assert rig.run(command, "--display=:1").out.endswith(WHERE)


def test_a_script_gets_its_document_alone() -> None:
    """With --json, the sentence about the display goes to standard error."""
    rig = Rig()
    assert rig.document("pause", "--display=:1")["state"] == "paused"
    assert rig.run("show", "--display=:1", "--json").err == WHERE


def test_a_refused_call_shows_no_window() -> None:
    """An answer that refuses a call says nothing about a window."""
    refused = Rig().run("pause", "--display=:1", "--minutes=20", "--ago=x")
    assert refused.code == Exit.WRONG_ARGUMENTS
    assert WHERE not in refused.out + refused.err


def test_an_answer_that_is_remembered_says_it_too() -> None:
    """A second arrival of the same request gets the first answer, with the display."""
    rig = Rig()
    first = rig.run("pause", "--display=:1", request_id="5a" * 16)
    assert first.out.endswith(WHERE)
    assert rig.run("pause", "--display=:1", request_id="5a" * 16) == first
