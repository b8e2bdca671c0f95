"""Undo after the end of a pause: in window, tray and notification, and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.core.prompt import Action, Prompt
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.words_page import LetRestPage

if TYPE_CHECKING:
    from collections.abc import Callable

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


def offered(program: Program) -> bool:
    """Tell whether the last notification offers Undo."""
    last = program.notices[-1] if program.notices else None
    return last is not None and last.actions == ((Action.UNDO.value, "Undo"),)


@pytest.mark.parametrize("end", ["return", "let-go"])
def test_an_end_on_the_command_line_offers_undo(program: Program, end: str) -> None:
    """After an end on the command line, a notification offers Undo, until a new pause."""
    program.run("pause")
    program.run(end)
    assert offered(program)
    before = program.withdrawn
    program.run("pause")
    assert program.withdrawn > before
    assert not offered_still(program)


def test_an_end_in_the_tray_offers_undo(program: Program) -> None:
    """After an end in the tray's menu, tray, window and notification offer Undo."""
    program.run("pause")
    program.wait(minutes=30)
    program.app.tray.actions.let_go.trigger()
    assert offers(program) == (True, True)
    assert offered(program)


def test_an_end_in_the_window_is_undone_there(program: Program) -> None:
    """After an end in the window, which offers Undo itself, no notification comes."""
    program.run("pause")
    program.wait(minutes=30)
    said = len(program.notices)
    program.press("Let it rest today")
    assert len(program.notices) == said


def offered_still(program: Program) -> bool:
    """Tell whether the end of the moment would remove a notification."""
    before = program.withdrawn
    program.app.delivery.undo_over()
    return program.withdrawn > before


def test_a_later_prompt_stays(program: Program) -> None:
    """The end of the moment removes no other notification that came in the meantime."""
    program.run("pause")
    program.run("return")
    program.app.prompts.tell(Prompt("Hello", "How are you two?"))
    assert not offered_still(program)


def test_the_notification_of_a_return_that_is_due_again_stays(program: Program) -> None:
    """After the undo of an end, the notification of the return is not the one that offers Undo."""
    program.run("pause")
    program.wait(minutes=30)
    program.app.delivery.notifications.chosen.emit(Action.LET_REST.value)
    program.run("undo")
    assert program.notices[-1].title == "It is time"
    assert not offered_still(program)


@pytest.mark.parametrize("end", ["return", "let-go"])
def test_a_killed_program_keeps_the_end(start: Callable[[], Program], end: str) -> None:
    """A program that ends in these ten seconds, however, has ended the pause for good."""
    before = start()
    before.run("pause")
    before.run(end)
    after = start()
    assert after.status()["state"] == "idle"
    assert after.run("undo")[0] == 1
    assert len(list(after.app.service.outcomes())) == 1


def test_an_undone_end_stands_after_a_kill(start: Callable[[], Program]) -> None:
    """After the undo of an end, the next start has the pause, and its return is said."""
    before = start()
    before.run("pause", "--by", "Alex")
    before.run("return")
    before.run("undo")
    after = start()
    assert after.app.service.pause is not None
    assert after.app.service.pause.called_by == "Alex"
    assert list(after.app.service.outcomes()) == []
    after.wait(minutes=30)
    assert after.notices[-1].title == "It is time"


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
