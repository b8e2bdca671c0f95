"""The instants of commands: some arrive late, and some come from a clock that is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from safepause.core.decision import decide
from safepause.core.pause import (
    LONGEST,
    MOST_LATE,
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
    Terms,
    Transition,
    Undo,
)
from tests.core.calls import HALF_HOUR, TICK, call, called
from tests.fakes import EVENING


def test_a_call_counts_from_its_own_instant() -> None:
    """A pause starts when the call was made, but never after the present."""
    command, late = call(SHORTEST), EVENING + timedelta(seconds=20)
    transition = decide(None, command, late)
    assert isinstance(transition, Transition)
    assert transition.begins_pause
    assert transition.at == late
    assert transition.pause is not None
    assert transition.pause.started_at == EVENING
    early = decide(None, command, EVENING - HALF_HOUR)
    assert isinstance(early, Transition)
    assert early.pause is not None
    assert early.pause.started_at == EVENING - HALF_HOUR


def test_an_undo_counts_from_when_it_was_given() -> None:
    """An undo that was given in time may arrive as late as any command. Later it is refused."""
    given = EVENING + UNDO_WINDOW
    last = given + MOST_LATE
    assert called().undo_until == last
    assert decide(called(), Undo(given), last) == Transition(Undo(given), last, None)
    too_late = Refusal(Reason.TOO_LATE_TO_UNDO)
    assert decide(called(), Undo(given), last + TICK) == too_late
    assert decide(called(), Undo(given + TICK), last) == too_late


def test_an_undo_may_arrive_later_by_a_fast_clock() -> None:
    """With a clock that runs 60 times as fast, both parts of the time for an undo are longer."""
    fast = replace(called(), terms=Terms(undo_window=60 * UNDO_WINDOW))
    assert fast.undo_until == EVENING + 60 * (UNDO_WINDOW + MOST_LATE)


def test_a_return_counts_from_when_it_was_given() -> None:
    """A return that was given in time is on time, however late it arrives."""
    given = EVENING + HALF_HOUR
    step = decide(called(), Return(given), given + HALF_HOUR)
    assert isinstance(step, Transition)
    assert step.outcome is not None
    assert (step.outcome.ended_at, step.outcome.punctuality) == (given, Punctuality.ON_TIME)


def test_more_time_that_is_over_is_refused() -> None:
    """An extension was valid when it was given, but its return has passed: it is refused."""
    given, later = EVENING + HALF_HOUR, EVENING + HALF_HOUR + SHORTEST
    assert isinstance(decide(called(), Extend(given, later), later - TICK), Transition)
    assert decide(called(), Extend(given, later), later) == Refusal(Reason.NOT_LATER, later)


def test_a_call_that_is_over_is_refused() -> None:
    """A call arrives late, but before its return. Once the return has passed, it is refused."""
    back = EVENING + HALF_HOUR
    step = decide(None, call(), back - TICK)
    assert isinstance(step, Transition)
    assert step.pause is not None
    assert (step.pause.started_at, step.pause.return_at) == (EVENING, back)
    assert decide(None, call(), back) == Refusal(Reason.PASSED)


@pytest.mark.parametrize(
    ("length", "passed"), [(HALF_HOUR - SHORTEST, SHORTEST), (LONGEST + HALF_HOUR, LONGEST)]
)
def test_a_late_call_is_told_no_limit_that_has_passed(length: timedelta, passed: timedelta) -> None:
    """A call of a wrong length is told the nearest right time, unless that time has passed."""
    refusal = decide(None, call(length), EVENING + passed - TICK)
    assert isinstance(refusal, Refusal)
    assert refusal.limit == EVENING + passed
    assert decide(None, call(length), EVENING + passed) == Refusal(Reason.PASSED)


@pytest.mark.parametrize("command", [Return, LetGo])
def test_a_command_from_the_future_counts_as_now(command: type[Return | LetGo]) -> None:
    """A command from the future counts as given now."""
    now = EVENING + SHORTEST
    step = decide(called(), command(now + HALF_HOUR), now)
    assert isinstance(step, Transition)
    assert step.outcome is not None
    assert step.outcome.ended_at == now


def _call_from(ahead: timedelta, length: timedelta, *, clock_time: bool) -> Pause | Refusal:
    """Return what a call gives whose clock is ahead of ours."""
    given = EVENING + ahead
    fast = Start(uuid4(), given, given + length, clock_time=clock_time)
    step = decide(None, fast, EVENING)
    if isinstance(step, Refusal):
        return step
    assert step.pause is not None
    assert (step.pause.started_at, step.pause.promised_at) == (EVENING, step.pause.return_at)
    return step.pause


@pytest.mark.parametrize("length", [SHORTEST, HALF_HOUR, LONGEST])
def test_a_call_from_the_future_keeps_its_length(length: timedelta) -> None:
    """A call from a clock that is fast lasts as long as was meant."""
    pause = _call_from(SHORTEST, length, clock_time=False)
    assert isinstance(pause, Pause)
    assert pause.return_at == EVENING + length


@pytest.mark.parametrize(
    ("length", "kept"), [(SHORTEST, 2 * SHORTEST), (LONGEST - SHORTEST, LONGEST)]
)
def test_a_call_from_the_future_keeps_its_clock_time(length: timedelta, kept: timedelta) -> None:
    """A clock time that was named stays, if it is at most a day away."""
    pause = _call_from(SHORTEST, length, clock_time=True)
    assert isinstance(pause, Pause)
    assert pause.return_at == EVENING + kept


def test_a_clock_time_that_is_too_far_counts_as_a_length() -> None:
    """If the clock time is more than a day away by our clock alone, the length counts."""
    pause = _call_from(SHORTEST, LONGEST - SHORTEST + TICK, clock_time=True)
    assert isinstance(pause, Pause)
    assert pause.return_at == EVENING + LONGEST - SHORTEST + TICK


def test_a_call_from_the_future_has_the_usual_bounds() -> None:
    """A length that is too short or too long is refused, with the limits by our clock."""
    short = _call_from(SHORTEST, SHORTEST - TICK, clock_time=False)
    assert short == Refusal(Reason.TOO_SHORT, EVENING + SHORTEST)
    for clock_time in (True, False):
        long = _call_from(SHORTEST, LONGEST + TICK, clock_time=clock_time)
        assert long == Refusal(Reason.TOO_LONG, EVENING + LONGEST)


def test_an_undo_from_the_future_is_no_way_around_the_limit() -> None:
    """An undo from the future is judged by the present."""
    now = EVENING + UNDO_WINDOW + TICK
    refusal = decide(called(), Undo(now + HALF_HOUR), now)
    assert refusal == Refusal(Reason.TOO_LATE_TO_UNDO)


BEFORE = EVENING - TICK


ALL_BEFORE = [Undo(BEFORE), Extend(BEFORE, EVENING + LONGEST), Return(BEFORE), LetGo(BEFORE)]


def _ended(at: datetime) -> list[Outcome]:
    start = at - HALF_HOUR
    return [Outcome(uuid4(), start, at, at, Ending.RETURNED)]


@pytest.mark.parametrize("command", ALL_BEFORE)
def test_a_command_from_before_the_pause_is_about_an_earlier_one(command: Command) -> None:
    """It is refused if an earlier pause stood when the command was given."""
    now = EVENING + UNDO_WINDOW
    assert decide(called(), command, now, _ended(BEFORE)) == Refusal(Reason.TOO_OLD)


@pytest.mark.parametrize("command", ALL_BEFORE)
def test_a_command_from_before_the_pause_counts_if_there_was_no_earlier_one(
    command: Command,
) -> None:
    """The clock was set back: without an earlier pause, the command is about the standing one."""
    for now in (BEFORE, EVENING + UNDO_WINDOW):
        assert isinstance(decide(called(), command, now), Transition)
        assert isinstance(decide(called(), command, now, _ended(BEFORE - TICK)), Transition)


@pytest.mark.parametrize("command", [Return(BEFORE), LetGo(BEFORE)])
def test_a_pause_never_ends_before_it_began(command: Command) -> None:
    """Where the clock was set back, the outcome has the start of the pause as its end."""
    step = decide(called(), command, BEFORE)
    assert isinstance(step, Transition)
    assert step.outcome is not None
    assert step.outcome.ended_at == step.outcome.started_at == EVENING
