"""A screen reader says the return, while another program has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app import scenes as s
from tests.fakes import at
from tests.ui.told import announced, listening

if TYPE_CHECKING:
    import pytest

    from tests.app.running import Program


def test_the_return_is_said(program: Program) -> None:
    """It says that it is time, which time was promised, and the keys that bring the window."""
    with listening():
        s.paused(program)
        s.half_an_hour(program)
        said = announced(program.window)
    assert said == f"Time to come back. You said {at(30)}. Press Ctrl+Alt+P to answer."


def test_without_keys_it_says_what_to_open(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no keys work, it names the program."""
    monkeypatch.setattr(type(program.app.shortcuts), "shown", "")
    with listening():
        s.paused(program)
        s.half_an_hour(program)
        said = announced(program.window)
    assert said.endswith("Open SafePause to answer.")


def test_a_heads_up_is_left_to_its_notification(program: Program) -> None:
    """Before the return, nothing is announced in the window."""
    with listening():
        s.paused(program)
        s.heads_up(program)
        assert announced(program.window) == ""
