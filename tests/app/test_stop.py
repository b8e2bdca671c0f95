"""The end of the program: nothing is told, shown or scheduled any more, and nothing stays open."""

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
    """No wake-up is left, and none comes: neither of the pause nor of another feature."""
    scenes.wake_up(program)
    program.run("pause")
    program.app.reminders.stop()
    assert not program.app.reminders.agenda.waiting
    assert program.scheduler.closed
    Couple(program.app.service).extend(timedelta(minutes=20))
    assert program.scheduler.calls == {}


def test_a_jump_reaches_every_wake_up(program: Program) -> None:
    """After a sleep, a wake-up of another feature is called as the return is announced."""
    scenes.wake_up(program)
    program.clock.move(hours=2)
    scenes.jump(program)
    assert not program.app.reminders.agenda.waiting


def test_the_database_is_closed(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing can be read from it after the end."""
    scenes.ended(program)
    program.stop()
    assert not list(program.opened.store.outcomes())
    assert "closed database" in caplog.text


def test_the_icon_comes_with_the_state_and_goes(start: Callable[..., Program]) -> None:
    """The icon of a program that takes up a pause shows the pause; at the end it is removed."""
    first = start()
    first.run("pause")
    first.stop()
    program = start()
    icon = icon_of(program)
    assert icon.isVisible()
    assert "Back" in icon.toolTip()
    program.stop()
    assert not icon.isVisible()
