"""What may follow a talk: the talk again for an hour, a reminder of another day, a look back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.core.restart import Step
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.restart_page import RestartPage
from tests.app import scenes as s

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.running import Program


_PART = CapabilityKey.LOG


def said(program: Program) -> list[str]:
    """Return a list that takes what the program says by itself from now on."""
    told: list[str] = []
    program.app.prompts.add(_PART, lambda prompt: told.append(prompt.body))
    return told


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


def test_the_talk_can_be_started_again_for_an_hour(program: Program) -> None:
    """A hidden talk keeps its step. After an hour, and in a new pause, it is not offered."""
    actions = program.app.tray.actions
    assert not offered(program)
    s.ended(program)
    page = talk(program)
    page.show_step(Step.TURNS)
    page.hide_requested.emit()
    program.wait(minutes=59)
    assert offered(program)
    actions.start_again.trigger()
    assert program.page is page
    assert page.step is Step.TURNS
    program.wait(minutes=2)
    assert not offered(program)


def test_a_new_pause_takes_the_offer_back(program: Program) -> None:
    """While a pause stands, the talk is not offered, and nothing of the offer is kept."""
    s.ended(program)
    assert offered(program)
    assert program.app.service.settings.text("again_until")
    s.paused(program)
    assert not offered(program)
    assert not program.app.service.settings.text("again_until")


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


def test_the_talk_is_offered_after_a_restart_of_the_program(start: Callable[..., Program]) -> None:
    """The hour goes on in the next run, and the talk begins at its first step, with the names."""
    first = start()
    first.app.service.set("name1", "Alex")
    first.app.service.set("name2", "Sam")
    s.ended(first)
    talk(first).show_step(Step.TURNS)
    first.stop()
    first.clock.move(minutes=40)
    second = start()
    assert offered(second)
    second.app.tray.actions.start_again.trigger()
    assert talk(second).step is Step.HELLO
    talk(second).show_step(Step.WHO)
    assert second.button("Alex starts").isVisible()
    second.window.hide_for_person()
    second.wait(minutes=21)
    assert not offered(second)
    assert not second.app.service.settings.text("again_until")


@pytest.mark.parametrize("hours", [2, -30])
def test_a_restart_after_the_hour_offers_nothing(start: Callable[..., Program], hours: int) -> None:
    """After the hour, or on a clock that was set back, the next run offers no talk."""
    first = start()
    s.ended(first)
    first.stop()
    first.clock.move(hours=hours)
    second = start()
    assert not offered(second)
    assert not second.app.service.settings.text("again_until")


def test_the_hour_ends_on_a_full_disk(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer that can't be kept is made all the same, and ends."""

    def full(*_setting: object, **_options: object) -> None:
        raise NotKept("disk is full")

    monkeypatch.setattr(program.app.service, "set", full)
    s.ended(program)
    assert offered(program)
    program.wait(minutes=61)
    assert not offered(program)


def test_another_day_is_reminded_of_once(program: Program) -> None:
    """The reminder comes at its time, in words that say nothing of an argument, and only once."""
    planned(program, hours=5)
    told = said(program)
    program.wait(minutes=299)
    assert told == []
    program.wait(minutes=2)
    assert told == ["You planned some time for now."]
    assert program.app.service.settings.text("talk_at") == ""
    assert program.app.flow.requests.later is not None
    program.app.flow.requests.later.start()
    program.wait(minutes=60)
    assert len(told) == 1


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
    told = said(program)
    program.clock.move(hours=30)
    program.app.events.watch.jumped.emit()
    program.wait(minutes=1)
    assert told == ["You planned some time: yesterday at 01:10."]
    program.app.events.watch.jumped.emit()
    program.wait(hours=2)
    assert len(told) == 1


def test_a_reminder_waits_for_a_program_that_is_off(start: Callable[..., Program]) -> None:
    """A reminder that came due while the program was off comes in the next run, once."""
    first = start()
    planned(first, hours=5)
    first.stop()
    first.clock.move(hours=5, minutes=10)
    second = start()
    told = said(second)
    second.wait(minutes=1)
    assert told == ["You planned some time for now."]
    second.stop()
    third = start()
    told = said(third)
    third.wait(hours=1)
    assert told == []


@pytest.mark.parametrize(
    ("end", "comes"), [("undo", True), ("return", False), ("let-go", False)], ids=str
)
def test_a_reminder_waits_for_the_end_of_a_pause(
    program: Program, end: str, *, comes: bool
) -> None:
    """In a pause, nothing is said. A return and a rest make the reminder needless."""
    planned(program, minutes=1)
    told = said(program)
    program.clock.move(seconds=55)
    s.paused(program)
    program.wait(seconds=6)
    assert told == []
    assert program.app.service.settings.text("talk_at")
    assert program.run(end)[0] == 0
    program.wait(minutes=1)
    assert told == (["You planned some time for now."] if comes else [])
    assert not program.app.service.settings.text("talk_at")


def waits_in_a_pause(program: Program) -> list[str]:
    """Let a reminder come due in a pause. Return what is told from then on."""
    planned(program, minutes=30)
    program.run("pause", "--minutes", "400")
    program.wait(minutes=31)
    return said(program)


@pytest.mark.parametrize("end", ["return", "let-go"])
def test_a_reminder_outlives_an_end_that_is_undone(program: Program, end: str) -> None:
    """It goes once the end is final. A pause that stands again keeps it."""
    waits_in_a_pause(program)
    program.run(end)
    program.wait(seconds=9)
    program.run("undo")
    program.wait(minutes=1)
    assert program.app.service.settings.text("talk_at")
    program.run(end)
    program.wait(seconds=11)
    assert not program.app.service.settings.text("talk_at")


def test_the_notification_of_a_reminder_stays_after_a_slip(program: Program) -> None:
    """The end of a pause takes away what was told of this pause, and not the reminder."""
    planned(program, seconds=5)
    program.run("pause")
    program.wait(seconds=6)
    program.run("undo")
    withdrawn = program.withdrawn
    program.wait(seconds=1)
    assert program.notices[-1].body == "You planned some time for now."
    assert program.withdrawn == withdrawn


def test_a_reminder_that_waits_is_forgotten_with_all_else(program: Program) -> None:
    """After "forget" in a pause, nothing comes, and nothing of it is written again."""
    told = waits_in_a_pause(program)
    program.run("forget", "--all", "--yes")
    program.wait(hours=2)
    assert told == []
    assert not offered(program)
    keys = ("talk_at", "again_until", "look_back_at")
    assert [program.app.service.settings.text(key) for key in keys] == [""] * 3


def test_the_look_back_is_asked_for_once_in_an_hour(program: Program) -> None:
    """It is asked only if it is wanted, and is then offered in the menu, too."""
    s.ended(program)
    program.app.flow.requests.look_back(wanted=True)
    told = said(program)
    program.wait(minutes=61)
    assert told == ["Seven quiet minutes, if you like."]
    actions = program.app.tray.actions
    assert actions.look_back.isVisible()
    actions.look_back.trigger()
    assert isinstance(program.page, LookBackPage)
    program.wait(minutes=70)
    assert len(told) == 1
    assert not actions.look_back.isVisible()


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
    told = said(program)
    program.app.events.watch.jumped.emit()
    program.wait(minutes=0)
    assert told == (["Seven quiet minutes, if you like."] if comes else [])
    assert not program.app.service.settings.text("look_back_at")
    program.wait(hours=24)
    assert len(told) == int(comes)


def test_in_a_pause_nobody_is_asked_to_look_back(program: Program) -> None:
    """Where a pause stands when the time comes, the question does not come later, either."""
    s.ended(program)
    program.app.flow.requests.look_back(wanted=True)
    program.wait(minutes=50)
    s.paused(program)
    told = said(program)
    program.wait(minutes=15)
    program.run("return")
    program.wait(hours=2)
    assert "Seven quiet minutes, if you like." not in told
