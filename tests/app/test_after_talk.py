"""What may follow a talk: the talk again for an hour, a reminder of another day, a look back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app.after_talk import AfterTalk
from safepause.core.capability import CapabilityKey
from safepause.core.origin import Origin
from safepause.core.restart import Step
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.restart_page import RestartPage
from tests.app import scenes as s
from tests.fakes import at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.running import Program


_PART = CapabilityKey.LOG


def test_the_talk_can_be_started_again_for_an_hour(program: Program) -> None:
    """A hidden talk keeps its step. After an hour, and in a new pause, it is not offered."""
    actions = program.app.tray.actions
    assert not actions.start_again.isVisible()
    s.ended(program)
    page = program.page
    assert isinstance(page, RestartPage)
    page.show_step(Step.TURNS)
    page.hide_requested.emit()
    program.wait(minutes=59)
    assert actions.start_again.isVisible()
    actions.start_again.trigger()
    assert program.page is page
    assert page.step is Step.TURNS
    program.wait(minutes=2)
    assert not actions.start_again.isVisible()


def test_another_day_is_reminded_of_once(program: Program) -> None:
    """The reminder comes at its time, in words that say nothing of an argument, and only once."""
    s.ended(program)
    when = program.app.clock.now() + timedelta(hours=5)
    program.app.flow.requests.later.talk_at(when)
    told: list[str] = []
    program.app.prompts.add(_PART, lambda prompt: told.append(prompt.body))
    program.wait(minutes=299)
    assert told == []
    program.wait(minutes=2)
    assert told == ["You planned some time for now."]
    assert program.app.service.settings.text("talk_at") == ""
    for _part, feature in program.app.features:
        if isinstance(feature, AfterTalk):
            feature.start()
    program.wait(minutes=60)
    assert len(told) == 1


def at_step(program: Program, step: Step) -> bool:
    """Tell whether the page of the talk shows a step."""
    return isinstance(program.page, RestartPage) and program.page.step is step


def test_a_talk_on_another_day_begins_anew(start: Callable[..., Program]) -> None:
    """It begins with its first step and the names, and knows nothing of earlier ten minutes."""
    first = start()
    first.run("settings", "set", "name1", "Alex")
    first.run("settings", "set", "name2", "Sam")
    s.paused(first)
    first.app.flow.requests.small_restart(Origin.WINDOW)
    page = first.page
    assert isinstance(page, RestartPage)
    page.show_step(Step.CLOSE)
    first.app.flow.requests.later.talk_at(first.clock.now() + timedelta(hours=30))
    page.hide_requested.emit()
    first.wait(hours=30)
    first.app.tray.actions.start_again.trigger()
    assert at_step(first, Step.HELLO)
    assert not first.says("ten minutes")
    page.show_step(Step.WHO)
    assert first.says("Who starts?")
    assert first.button("Alex starts").isVisible()
    first.app.flow.requests.later.talk_at(first.clock.now() + timedelta(hours=1))
    first.wait(hours=1)
    assert at_step(first, Step.WHO)
    first.stop()
    second = start()
    second.app.tray.actions.start_again.trigger()
    page = second.page
    assert isinstance(page, RestartPage)
    page.show_step(Step.WHO)
    assert second.button("Alex starts").isVisible()


def test_the_look_back_is_asked_for_once_in_an_hour(program: Program) -> None:
    """It is asked only if it is wanted, and is then offered in the menu, too."""
    s.ended(program)
    program.app.flow.requests.later.look_back(wanted=True)
    told: list[str] = []
    program.app.prompts.add(_PART, lambda prompt: told.append(prompt.body))
    program.wait(minutes=61)
    assert told == ["Seven quiet minutes, if you like."]
    actions = program.app.tray.actions
    assert actions.look_back.isVisible()
    actions.look_back.trigger()
    assert isinstance(program.page, LookBackPage)
    program.wait(minutes=70)
    assert len(told) == 1


def told(program: Program) -> list[str]:
    """Return the bodies of all prompts from now on, in a list that grows."""
    bodies: list[str] = []
    program.app.prompts.add(_PART, lambda prompt: bodies.append(prompt.body))
    return bodies


def planned_in_a_pause(program: Program) -> list[str]:
    """Plan a talk, let its time pass during a new pause, and return what is told from then on."""
    s.talk_planned(program)
    program.run("pause", "--minutes", "400")
    program.wait(minutes=301)
    return told(program)


def test_a_reminder_that_came_due_in_a_pause_comes_after_its_end(program: Program) -> None:
    """It waits until the end can't be undone, and so nothing takes its notification away."""
    said = planned_in_a_pause(program)
    program.run("let-go")
    program.wait(seconds=9)
    program.run("undo")
    program.wait(seconds=30)
    assert said == []
    program.run("let-go")
    assert (said, program.app.service.settings.text("talk_at") != "") == ([], True)
    program.wait(seconds=11)
    assert said == ["You planned some time for now."]
    assert program.notices[-1].body == said[0]
    withdrawn = program.withdrawn
    program.wait(minutes=5)
    assert (len(said), program.withdrawn) == (1, withdrawn)


def test_forgetting_everything_in_a_pause_forgets_a_reminder_that_waits(program: Program) -> None:
    """Nothing comes after it, and nothing is written again."""
    said = planned_in_a_pause(program)
    program.run("forget", "--all", "--yes")
    program.wait(hours=2)
    assert said == []
    assert not program.app.tray.actions.start_again.isVisible()


def test_a_look_back_that_was_missed_is_dropped(program: Program) -> None:
    """A computer that slept for a day asks for nothing, and no later start has a date to keep."""
    s.ended(program)
    program.app.flow.requests.later.look_back(wanted=True)
    said = told(program)
    program.clock.sleep(hours=20)
    program.app.time_moved.tell(None)
    program.wait(minutes=1)
    assert said == []
    assert program.app.service.settings.text("look_back_at") == ""


def test_a_look_back_that_an_earlier_run_kept_is_dropped(start: Callable[..., Program]) -> None:
    """A program that starts a day later keeps the time of that talk no longer."""
    first = start()
    s.ended(first)
    first.app.flow.requests.later.look_back(wanted=True)
    first.stop()
    first.clock.move(hours=20)
    second = start()
    second.wait(minutes=1)
    assert second.app.service.settings.text("look_back_at") == ""
    assert not second.app.tray.actions.look_back.isVisible()


def test_the_hour_goes_on_after_a_new_start(start: Callable[..., Program]) -> None:
    """A program that starts again in the hour offers the talk for the rest of it."""
    first = start()
    s.ended(first)
    first.stop()
    first.clock.move(minutes=50)
    second = start()
    actions = second.app.tray.actions
    assert actions.start_again.isVisible()
    second.wait(minutes=11)
    assert not actions.start_again.isVisible()
    second.stop()
    assert not start().app.tray.actions.start_again.isVisible()


@pytest.mark.parametrize("end", ["let-go", "undo"])
def test_without_a_return_a_new_start_offers_no_talk(
    start: Callable[..., Program], end: str
) -> None:
    """A pause that rests for today, or was a slip, has no talk."""
    first = start()
    first.run("pause")
    first.run(end)
    first.stop()
    assert not start().app.tray.actions.start_again.isVisible()


def talk(program: Program) -> RestartPage:
    """Return the page of the talk, which must be shown."""
    assert isinstance(program.page, RestartPage)
    return program.page


def offered(program: Program) -> bool:
    """Tell whether the menu offers to start the talk again."""
    return program.app.tray.actions.start_again.isVisible()


def planned(program: Program, **ahead: float) -> None:
    """Plan another talk after a talk, and hide the window."""
    s.ended(program)
    program.app.flow.requests.talk_at(program.clock.now() + timedelta(**ahead))
    program.window.hide_for_person()


def test_a_new_pause_takes_the_offer_back(program: Program) -> None:
    """While a pause stands, the talk is not offered."""
    s.ended(program)
    assert offered(program)
    s.paused(program)
    assert not offered(program)


def test_a_talk_that_is_done_begins_anew(program: Program) -> None:
    """After "Done", "Start again" shows the first step, and what was planned at the last one."""
    s.ended(program)
    page = talk(program)
    program.app.flow.requests.talk_at(program.clock.now() + timedelta(days=1))
    program.app.flow.requests.look_back(wanted=True)
    page.show_step(Step.CLOSE)
    program.press("Done")
    program.app.tray.actions.start_again.trigger()
    assert talk(program).step is Step.HELLO
    page.show_step(Step.CLOSE)
    assert program.says("A quiet reminder comes: tomorrow at")
    assert program.button("Don't look back").isVisible()


def test_the_next_talk_shows_what_was_planned_before(program: Program) -> None:
    """After a further pause, the reminder of the earlier talk can still be taken back."""
    planned(program, days=1)
    s.ended(program)
    talk(program).show_step(Step.CLOSE)
    assert program.says("A quiet reminder comes: tomorrow at")
    program.press("No reminder")
    assert not program.app.service.settings.text("talk_at")


def test_another_day_begins_a_new_talk(program: Program) -> None:
    """The talk of another day begins at its first step, and is offered for an hour."""
    s.ended(program)
    talk(program).show_step(Step.TURNS)
    program.app.flow.requests.talk_at(program.clock.now() + timedelta(minutes=50))
    program.window.hide_for_person()
    program.wait(minutes=51)
    program.app.delivery.notifications.chosen.emit("start-again")
    assert talk(program).step is Step.HELLO
    program.wait(minutes=58)
    assert offered(program)
    program.wait(minutes=2)
    assert not offered(program)


def test_a_reminder_waits_for_a_computer_that_sleeps(program: Program) -> None:
    """A reminder that a sleep made late comes once, and says for when it was planned."""
    planned(program, hours=5)
    said = told(program)
    program.clock.move(hours=30)
    program.app.events.watch.jumped.emit()
    program.wait(minutes=1)
    assert said == [f"You planned some time: yesterday at {at(300)}."]
    program.app.events.watch.jumped.emit()
    program.wait(hours=2)
    assert len(said) == 1


def test_a_reminder_waits_for_a_program_that_is_off(start: Callable[..., Program]) -> None:
    """A reminder that came due while the program was off comes in the next run, once."""
    first = start()
    planned(first, hours=5)
    first.stop()
    first.clock.move(hours=5, minutes=10)
    second = start()
    said = told(second)
    second.wait(minutes=1)
    assert said == ["You planned some time for now."]
    second.stop()
    third = start()
    said = told(third)
    third.wait(hours=1)
    assert said == []


@pytest.mark.parametrize(("hours", "comes"), [(3, True), (13, True), (14, False)])
@pytest.mark.parametrize("off", [True, False], ids=["off", "asleep"])
def test_a_late_look_back(
    start: Callable[..., Program], hours: int, *, comes: bool, off: bool
) -> None:
    """After a sleep, and after a while without the program, it comes if it is not too late."""
    program = start()
    s.ended(program)
    program.app.flow.requests.look_back(wanted=True)
    program.window.hide_for_person()
    if off:
        program.stop()
    program.clock.move(hours=hours, seconds=-1)
    if off:
        program = start()
    said = told(program)
    program.app.events.watch.jumped.emit()
    program.wait(minutes=0)
    assert said == (["Seven quiet minutes, if you like."] if comes else [])
    program.wait(hours=24)
    assert len(said) == int(comes)


def test_in_a_pause_nobody_is_asked_to_look_back(program: Program) -> None:
    """Where a pause stands when the time comes, the question does not come later, either."""
    s.ended(program)
    program.app.flow.requests.look_back(wanted=True)
    program.wait(minutes=50)
    s.paused(program)
    said = told(program)
    program.wait(minutes=15)
    program.run("return")
    program.wait(hours=2)
    assert "Seven quiet minutes, if you like." not in said


def test_a_reminder_is_not_needed_in_the_talk(program: Program) -> None:
    """A reminder that waited for a pause is dropped by the return, unless that was a slip."""
    said = planned_in_a_pause(program)
    program.run("return")
    program.wait(seconds=5)
    program.run("undo")
    assert program.app.service.settings.text("talk_at")
    program.run("return")
    program.wait(minutes=30)
    assert said == []
    assert not program.app.service.settings.text("talk_at")
