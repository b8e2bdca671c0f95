"""The daily prompts: off at first, at the couple's times, never in a pause and never late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes import at

if TYPE_CHECKING:
    from tests.app.running import Program


def said(program: Program) -> list[tuple[str, str]]:
    """Return title and body of what was said."""
    return [(notice.title, notice.body) for notice in program.notices]


def test_nothing_is_said_unless_asked(program: Program) -> None:
    """Without a time, no day brings a prompt."""
    program.wait(days=3)
    assert said(program) == []


def test_a_prompt_comes_every_day(program: Program) -> None:
    """A prompt comes at its time, with the usual words or with the couple's own."""
    program.run("settings", "set", "greeting_at", at(10))
    program.wait(minutes=15)
    assert said(program) == [
        ("A moment to say hello", "Say, if you like: \u201cHi. I'm glad you are here.\u201d")
    ]
    program.run("settings", "set", "greeting_words", "Hug first.")
    program.wait(hours=25)  # where clocks go back, the next day is as long
    assert said(program)[1:] == [("A moment to say hello", "Hug first.")]
    program.run("settings", "set", "greeting_at", "")
    program.wait(days=2)
    assert len(program.notices) == 2


def test_each_prompt_has_its_own_time(program: Program) -> None:
    """A parting and a thank-you come at their times."""
    program.run("settings", "set", "parting_at", at(10))
    program.run("settings", "set", "appreciation_at", at(20))
    program.wait(minutes=30)
    assert [title for title, _body in said(program)] == [
        "A moment to say goodbye",
        "A moment to say thank you",
    ]


def test_a_pause_is_left_in_peace(program: Program) -> None:
    """No prompt comes during a pause, nor after it."""
    program.run("settings", "set", "greeting_at", at(10))
    program.run("pause")
    program.wait(minutes=15)
    program.run("return")
    program.wait(minutes=30)
    assert not any("hello" in title for title, _body in said(program))


def test_a_late_prompt_is_skipped(program: Program) -> None:
    """After a long sleep past its time, a prompt waits for the next day."""
    program.run("settings", "set", "greeting_at", at(10))
    program.clock.move(hours=2)
    program.app.time_moved.tell(None)
    assert said(program) == []
    program.wait(days=1)
    assert len(said(program)) == 1


def test_a_changed_setting_repeats_nothing(program: Program) -> None:
    """Another setting that changes after a prompt does not bring it back on that day."""
    program.run("settings", "set", "greeting_at", at(10))
    program.wait(minutes=11)
    program.run("settings", "set", "theme", "dark")
    program.wait(minutes=30)
    assert len(said(program)) == 1
