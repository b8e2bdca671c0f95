"""What may follow a talk: the talk again for an hour, a reminder of another day, a look back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.restart import Step
from safepause.ui.pause.look_back_page import LookBackPage
from safepause.ui.pause.restart_page import RestartPage
from tests.app import scenes as s

if TYPE_CHECKING:
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
    program.app.flow.requests.later.start()
    program.wait(minutes=60)
    assert len(told) == 1


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
