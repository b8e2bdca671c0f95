"""Undo after the end of a pause: in window, tray and notification, and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.core.prompt import Action, Prompt
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.words_page import LetRestPage

if TYPE_CHECKING:
    from tests.app.running import Program


def offers(program: Program) -> tuple[bool, bool]:
    """Return whether the tray's menu and the window offer Undo."""
    window = program.app.flow.window
    return program.app.tray.actions.undo.isVisible(), bool(window and window.slip.isVisible())


def over(program: Program) -> None:
    """Let the moment for an undo end, as its timer does."""
    moment = next(f for _part, f in program.app.features if type(f).__name__ == "UndoMoment")
    timer = vars(moment)["_timer"]
    assert timer.isActive()
    timer.timeout.emit()
    assert not timer.isActive()


def test_the_window_brings_the_return_back(program: Program) -> None:
    """After "Let it rest today", Undo brings the return back, with its page."""
    program.run("pause")
    program.wait(minutes=30)
    program.press("Let it rest today")
    assert isinstance(program.page, LetRestPage)
    assert offers(program) == (True, True)
    program.press("Undo")
    assert isinstance(program.page, ReturnPage)
    assert program.app.service.pause is not None
    assert list(program.app.service.outcomes()) == []
    assert offers(program) == (False, False)


def test_the_tray_brings_the_pause_back(program: Program) -> None:
    """After an early return, "Undo a slip" in the tray's menu brings the pause back."""
    program.run("pause", "--by", "Alex")
    program.run("return")
    assert offers(program) == (True, True)
    program.app.tray.actions.undo.trigger()
    assert program.app.service.pause is not None
    assert program.app.service.pause.called_by == "Alex"


def test_the_command_line_brings_the_pause_back(program: Program) -> None:
    """`safepause undo` takes an end back, and says when the two come back."""
    program.run("pause")
    program.run("let-go")
    code, out, _err = program.run("undo")
    assert (code, out[:11]) == (0, "Taken back.")
    assert program.app.service.pause is not None


def test_a_notification_offers_undo(program: Program) -> None:
    """After an answer at a notification, Undo at the next one brings the pause back."""
    program.run("pause")
    program.wait(minutes=30)
    program.app.delivery.notifications.chosen.emit(Action.LET_REST.value)
    assert program.app.service.pause is None
    program.app.delivery.notifications.chosen.emit(Action.UNDO.value)
    assert program.app.service.pause is not None


@pytest.mark.parametrize("end", ["return", "let-go"])
def test_the_offer_ends(program: Program, end: str) -> None:
    """Ten seconds after an end, nobody offers Undo, and who called is forgotten."""
    program.run("pause")
    program.run(end)
    program.clock.move(seconds=10.1)
    over(program)
    assert offers(program) == (False, False)
    assert program.app.service.last_end.ended is None


def test_a_sleep_ends_the_offer(program: Program) -> None:
    """A computer that wakes offers no Undo that would do nothing, and has forgotten the caller."""
    program.run("pause", "--by", "Alex")
    program.run("return")
    program.clock.sleep(minutes=1)
    program.app.time_moved.tell(None)
    assert offers(program) == (False, False)
    assert vars(program.app.service.last_end)["_ended"] is None


def test_another_notification_in_its_place_stays(program: Program) -> None:
    """The end of the offer takes no notification away that has come meanwhile."""
    program.run("pause")
    program.wait(minutes=30)
    program.app.delivery.notifications.chosen.emit(Action.LET_REST.value)
    program.app.prompts.tell(Prompt("A moment to say hello", "Hi."))
    withdrawn = program.withdrawn
    over(program)
    assert program.withdrawn == withdrawn


def test_forgetting_ends_the_offer(program: Program) -> None:
    """After everything is deleted, nobody offers Undo."""
    program.run("pause")
    program.run("return")
    program.run("forget", "--all", "--yes")
    assert offers(program) == (False, False)
