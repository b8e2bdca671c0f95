"""The events of a pause, for the log and for a person's own commands."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from safepause.core.decision import decide
from safepause.core.events import Event, environment, event_of
from safepause.core.pause import Extend, LetGo, Pause, Return, Start, Transition, Undo
from tests.fakes import EVENING

PAUSE = Pause(uuid4(), EVENING, EVENING, EVENING + timedelta(minutes=30), called_by="Alex")


def test_a_fresh_call_is_an_event_and_a_second_one_is_none() -> None:
    """The first call is an event. A second call during the pause is none."""
    first = decide(None, Start(uuid4(), EVENING, PAUSE.return_at), EVENING)
    assert isinstance(first, Transition)
    assert event_of(first) is Event.PAUSED
    again = decide(first.pause, Start(uuid4(), EVENING, PAUSE.return_at), EVENING)
    assert isinstance(again, Transition)
    assert event_of(again) is None


@pytest.mark.parametrize(
    ("step", "event", "state", "hook"),
    [
        (
            Transition(Extend(EVENING, EVENING), EVENING, PAUSE),
            Event.EXTENDED,
            "paused",
            "hook_paused",
        ),
        (Transition(Return(EVENING), EVENING, None), Event.RETURNED, "idle", "hook_returned"),
        (Transition(LetGo(EVENING), EVENING, None), Event.LET_GO, "idle", "hook_returned"),
        (Transition(Undo(EVENING), EVENING, None), Event.UNDONE, "idle", "hook_returned"),
    ],
)
def test_each_command_is_an_event(step: Transition, event: Event, state: str, hook: str) -> None:
    """Each command has its event. The event has its state, and the state's command."""
    assert event_of(step) is event
    assert (event.state.value, event.hook) == (state, hook)


def test_a_pause_that_is_due_has_a_command_of_its_own() -> None:
    """The event "due" has its own state and command."""
    assert (Event.DUE.state.value, Event.DUE.hook) == ("due", "hook_due")


def test_the_environment_holds_state_and_return_time_alone() -> None:
    """The variables are event, state and return time. Without a pause, the time is empty."""
    assert environment(Event.PAUSED, PAUSE) == {
        "SAFEPAUSE_EVENT": "paused",
        "SAFEPAUSE_STATE": "paused",
        "SAFEPAUSE_RETURN_AT": "2026-03-10T20:40:00Z",
    }
    assert environment(Event.UNDONE, None)["SAFEPAUSE_RETURN_AT"] == ""
