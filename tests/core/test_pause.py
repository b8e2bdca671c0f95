"""The state machine, one transition at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from safepause.core.decision import decide
from safepause.core.pause import (
    LONGEST,
    ON_TIME,
    SHORTEST,
    UNDO_WINDOW,
    Command,
    Ending,
    Extend,
    LetGo,
    Outcome,
    Pause,
    Punctuality,
    Reason,
    Refusal,
    Return,
    Start,
    State,
    Terms,
    Transition,
    Undo,
    is_open,
    state_of,
)
from tests.core.calls import HALF_HOUR, TICK, call, called
from tests.fakes import EVENING


def test_a_call_promises_a_return() -> None:
    """A new pause starts now. Its first promise is its return time."""
    command = Start(uuid4(), EVENING, EVENING + HALF_HOUR, "Alex", Terms(1))
    assert decide(None, command, EVENING) == Transition(
        command,
        EVENING,
        Pause(command.id, EVENING, EVENING + HALF_HOUR, EVENING + HALF_HOUR, "Alex", 0, Terms(1)),
    )


@pytest.mark.parametrize("length", [SHORTEST, LONGEST])
def test_the_bounds_belong_to_the_lengths_that_are_allowed(length: timedelta) -> None:
    """Exactly 20 minutes and exactly 24 hours are allowed."""
    assert called(length).return_at == EVENING + length


def test_a_pause_too_short_is_refused_with_the_earliest_time() -> None:
    """Less than 20 minutes is refused with the earliest return time."""
    refusal = decide(None, call(SHORTEST - TICK), EVENING)
    assert refusal == Refusal(Reason.TOO_SHORT, EVENING + SHORTEST)


def test_a_pause_too_long_is_refused_with_the_latest_time() -> None:
    """More than 24 hours is refused with the latest return time."""
    refusal = decide(None, call(LONGEST + TICK), EVENING)
    assert refusal == Refusal(Reason.TOO_LONG, EVENING + LONGEST)


def test_a_second_call_changes_nothing() -> None:
    """A call while a pause is open gives the standing pause."""
    pause = called()
    again = Start(uuid4(), EVENING, EVENING + 2 * HALF_HOUR, "Bo")
    assert decide(pause, again, EVENING + SHORTEST) == Transition(again, EVENING + SHORTEST, pause)


def test_a_pause_left_alone_gives_way_to_a_new_call() -> None:
    """A call 24 h after the start of a pause begins a new one. The old one ended by itself.

    Its outcome has the end of its reminders, and nothing of the new call, which may be undone.
    """
    old = called()
    now = old.last_at + HALF_HOUR
    step = decide(old, Start(uuid4(), now, now + HALF_HOUR), now)
    assert isinstance(step, Transition)
    assert step.pause is not None
    assert step.pause.started_at == now
    assert step.outcome == Outcome(
        old.id, old.started_at, old.promised_at, old.last_at, Ending.LET_GO
    )


@pytest.mark.parametrize(
    "command",
    [Undo(EVENING), Extend(EVENING, EVENING + HALF_HOUR), Return(EVENING), LetGo(EVENING)],
)
def test_without_a_pause_there_is_nothing_to_do(command: Command) -> None:
    """Every command except a call needs a pause."""
    assert decide(None, command, EVENING) == Refusal(Reason.NOT_PAUSED)


def test_undo_takes_back_without_an_outcome() -> None:
    """A pause can be undone in its first 10 seconds, and has no outcome then."""
    last = EVENING + UNDO_WINDOW
    assert decide(called(), Undo(last), last) == Transition(Undo(last), last, None)


@pytest.mark.parametrize("after", [UNDO_WINDOW + TICK, -UNDO_WINDOW - TICK])
def test_undo_comes_too_late(after: timedelta) -> None:
    """More than 10 seconds after or before the start, a pause can't be undone."""
    assert decide(called(), Undo(EVENING + after), EVENING + after) == Refusal(
        Reason.TOO_LATE_TO_UNDO
    )


@pytest.mark.parametrize("after", [SHORTEST, 2 * HALF_HOUR])
def test_more_time_names_a_new_return(after: timedelta) -> None:
    """A later time replaces the return time, before and after the return. The promise stays."""
    pause = called()
    later = EVENING + 3 * HALF_HOUR
    step = decide(pause, Extend(EVENING + after, later), EVENING + after)
    assert isinstance(step, Transition)
    assert step.pause == replace(pause, return_at=later, extensions=1)
    assert step.pause.promised_at == pause.promised_at
    assert step.pause.extensions_left == 1


def test_more_time_is_bounded_in_number() -> None:
    """After the agreed number of extensions, another one is refused with the number."""
    pause = replace(called(), extensions=2)
    refusal = decide(pause, Extend(EVENING, EVENING + 2 * HALF_HOUR), EVENING)
    assert refusal == Refusal(Reason.NO_EXTENSIONS_LEFT, allowed=2)


def test_more_time_is_bounded_by_a_day() -> None:
    """A return may be 24 hours after the start, and not later."""
    pause = called()
    assert isinstance(decide(pause, Extend(EVENING, pause.last_at), EVENING), Transition)
    refusal = decide(pause, Extend(EVENING, pause.last_at + TICK), EVENING)
    assert refusal == Refusal(Reason.TOO_LONG, pause.last_at)


@pytest.mark.parametrize(("minutes", "floor"), [(10, 30), (40, 40)])
def test_more_time_is_later(minutes: int, floor: int) -> None:
    """A new time must be after the standing return time, and after now."""
    now = EVENING + timedelta(minutes=minutes)
    limit = EVENING + timedelta(minutes=floor)
    assert decide(called(), Extend(now, limit), now) == Refusal(Reason.NOT_LATER, limit)


@pytest.mark.parametrize(
    ("command", "ending"),
    [(Return(EVENING + HALF_HOUR), Ending.RETURNED), (LetGo(EVENING + HALF_HOUR), Ending.LET_GO)],
)
def test_an_end_keeps_times_and_ending_only(command: Command, ending: Ending) -> None:
    """An ended pause keeps its times and its ending."""
    pause = called()
    now = EVENING + HALF_HOUR
    outcome = Outcome(pause.id, EVENING, EVENING + HALF_HOUR, now, ending)
    assert decide(pause, command, now) == Transition(command, now, None, outcome)


def test_time_alone_makes_a_pause_due() -> None:
    """Without a pause the state is idle. Before the return it is paused, from then on due."""
    pause = called()
    assert state_of(None, EVENING) is State.IDLE
    assert state_of(pause, pause.return_at - TICK) is State.PAUSED
    assert state_of(pause, pause.return_at) is State.DUE


def test_a_pause_is_open_for_a_day() -> None:
    """A pause is open until 24 hours after its start."""
    pause = called()
    assert is_open(pause, pause.last_at - TICK)
    assert not is_open(pause, pause.last_at)
    assert not is_open(None, EVENING)


@pytest.mark.parametrize(
    ("late_by", "expected"),
    [
        (-ON_TIME - TICK, Punctuality.EARLY),
        (-ON_TIME, Punctuality.ON_TIME),
        (ON_TIME, Punctuality.ON_TIME),
        (ON_TIME + TICK, Punctuality.LATER),
    ],
)
def test_a_return_is_held_against_the_first_promise(
    late_by: timedelta, expected: Punctuality
) -> None:
    """A return within 5 minutes of the first promise is on time."""
    outcome = Outcome(uuid4(), EVENING, EVENING, EVENING + late_by, Ending.RETURNED)
    assert outcome.punctuality is expected


def test_a_pause_let_go_is_neither_early_nor_late() -> None:
    """A pause that was let go has no punctuality."""
    assert Outcome(uuid4(), EVENING, EVENING, EVENING, Ending.LET_GO).punctuality is None
