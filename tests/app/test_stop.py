"""The end of the program: nothing is told, shown or scheduled, and nothing stays open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.app import scenes
from tests.app.senders import icon_of
from tests.couple import Couple

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.app.running import Program


def test_the_reminders_end(program: Program) -> None:
    """After the end no wake-up is left or called, neither of the pause nor of another feature."""
    scenes.wake_up(program)
    program.run("pause")
    program.app.reminders.stop()
    assert not program.app.reminders.agenda.waiting
    assert program.scheduler.closed
    Couple(program.app.service).extend(timedelta(minutes=20))
    assert program.scheduler.calls == {}


def test_a_jump_reaches_every_wake_up(program: Program) -> None:
    """After a sleep, the return is announced, and a wake-up of another feature is called."""
    scenes.wake_up(program)
    program.clock.move(hours=2)
    scenes.jump(program)
    assert not program.app.reminders.agenda.waiting


def test_the_database_is_closed(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    """After the end nothing can be read from the database."""
    scenes.ended(program)
    program.stop()
    assert not list(program.opened.store.outcomes())
    assert "closed database" in caplog.text


def test_the_icon_comes_with_the_state_and_goes(start: Callable[..., Program]) -> None:
    """The icon shows a standing pause at the start, and is removed at the end."""
    first = start()
    first.run("pause")
    first.stop()
    program = start()
    icon = icon_of(program)
    assert icon.isVisible()
    assert "Back" in icon.toolTip()
    program.stop()
    assert not icon.isVisible()
