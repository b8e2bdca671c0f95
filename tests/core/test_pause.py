"""The state machine, one transition at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from safepause.core.pause import (
    LONGEST,
    MOST_LATE,
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
    decide,
    is_open,
    state_of,
)
from tests.fakes import EVENING

TICK = timedelta(microseconds=1)
HALF_HOUR = timedelta(minutes=30)


def _start(length: timedelta = HALF_HOUR) -> Start:
    return Start(uuid4(), EVENING, EVENING + length, "Alex")


def _pause(length: timedelta = HALF_HOUR) -> Pause:
    step = decide(None, _start(length), EVENING)
    assert isinstance(step, Transition)
    assert step.pause is not None
    return step.pause


def test_a_call_promises_a_return() -> None:
    """A new pause starts now. Its first promise is its return time."""
    command = Start(uuid4(), EVENING, EVENING + HALF_HOUR, "Alex", Terms(1))
    assert decide(None, command, EVENING) == Transition(
        command,
        EVENING,
        Pause(command.id, EVENING, EVENING + HALF_HOUR, EVENING + HALF_HOUR, "Alex", 0, Terms(1)),
    )


def test_a_call_counts_from_its_own_instant() -> None:
    """A pause starts when the call was made, but never after the present."""
    command, late = _start(SHORTEST), EVENING + timedelta(seconds=20)
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


@pytest.mark.parametrize("length", [SHORTEST, LONGEST])
def test_the_bounds_belong_to_the_lengths_that_are_allowed(length: timedelta) -> None:
    """Exactly 20 minutes and exactly 24 hours are allowed."""
    assert _pause(length).return_at == EVENING + length


def test_a_pause_too_short_is_refused_with_the_earliest_time() -> None:
    """Less than 20 minutes is refused with the earliest return time."""
    refusal = decide(None, _start(SHORTEST - TICK), EVENING)
    assert refusal == Refusal(Reason.TOO_SHORT, EVENING + SHORTEST)


def test_a_pause_too_long_is_refused_with_the_latest_time() -> None:
    """More than 24 hours is refused with the latest return time."""
    refusal = decide(None, _start(LONGEST + TICK), EVENING)
    assert refusal == Refusal(Reason.TOO_LONG, EVENING + LONGEST)


def test_a_second_call_changes_nothing() -> None:
    """A call while a pause is open gives the standing pause."""
    pause = _pause()
    again = Start(uuid4(), EVENING, EVENING + 2 * HALF_HOUR, "Bo")
    assert decide(pause, again, EVENING + SHORTEST) == Transition(again, EVENING + SHORTEST, pause)


def test_a_pause_left_alone_gives_way_to_a_new_call() -> None:
    """A call 24 h after the start of a pause begins a new one. The old one ended by itself.

    Its outcome has the end of its reminders, and nothing of the new call, which may be undone.
    """
    old = _pause()
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
    assert decide(_pause(), Undo(last), last) == Transition(Undo(last), last, None)


@pytest.mark.parametrize("after", [UNDO_WINDOW + TICK, -UNDO_WINDOW - TICK])
def test_undo_comes_too_late(after: timedelta) -> None:
    """More than 10 seconds after or before the start, a pause can't be undone."""
    assert decide(_pause(), Undo(EVENING + after), EVENING + after) == Refusal(
        Reason.TOO_LATE_TO_UNDO
    )


def test_an_undo_counts_from_when_it_was_given() -> None:
    """An undo that was given in time may arrive as late as any command. Later it is refused."""
    given = EVENING + UNDO_WINDOW
    last = given + MOST_LATE
    assert _pause().undo_until == last
    assert decide(_pause(), Undo(given), last) == Transition(Undo(given), last, None)
    too_late = Refusal(Reason.TOO_LATE_TO_UNDO)
    assert decide(_pause(), Undo(given), last + TICK) == too_late
    assert decide(_pause(), Undo(given + TICK), last) == too_late


def test_an_undo_may_arrive_later_by_a_fast_clock() -> None:
    """With a clock that runs 60 times as fast, both parts of the time for an undo are longer."""
    fast = replace(_pause(), terms=Terms(undo_window=60 * UNDO_WINDOW))
    assert fast.undo_until == EVENING + 60 * (UNDO_WINDOW + MOST_LATE)


def test_a_return_counts_from_when_it_was_given() -> None:
    """A return that was given in time is on time, however late it arrives."""
    given = EVENING + HALF_HOUR
    step = decide(_pause(), Return(given), given + HALF_HOUR)
    assert isinstance(step, Transition)
    assert step.outcome is not None
    assert (step.outcome.ended_at, step.outcome.punctuality) == (given, Punctuality.ON_TIME)


def test_more_time_that_is_over_is_refused() -> None:
    """An extension was valid when it was given, but its return has passed: it is refused."""
    given, later = EVENING + HALF_HOUR, EVENING + HALF_HOUR + SHORTEST
    assert isinstance(decide(_pause(), Extend(given, later), later - TICK), Transition)
    assert decide(_pause(), Extend(given, later), later) == Refusal(Reason.NOT_LATER, later)


def test_a_call_that_is_over_is_refused() -> None:
    """A call arrives late, but before its return. Once the return has passed, it is refused."""
    back = EVENING + HALF_HOUR
    step = decide(None, _start(), back - TICK)
    assert isinstance(step, Transition)
    assert step.pause is not None
    assert (step.pause.started_at, step.pause.return_at) == (EVENING, back)
    assert decide(None, _start(), back) == Refusal(Reason.PASSED)


@pytest.mark.parametrize(
    ("length", "passed"), [(HALF_HOUR - SHORTEST, SHORTEST), (LONGEST + HALF_HOUR, LONGEST)]
)
def test_a_late_call_is_told_no_limit_that_has_passed(length: timedelta, passed: timedelta) -> None:
    """A call of a wrong length is told the nearest right time, unless that time has passed."""
    refusal = decide(None, _start(length), EVENING + passed - TICK)
    assert isinstance(refusal, Refusal)
    assert refusal.limit == EVENING + passed
    assert decide(None, _start(length), EVENING + passed) == Refusal(Reason.PASSED)


@pytest.mark.parametrize("command", [Return, LetGo])
def test_a_command_from_the_future_counts_as_now(command: type[Return | LetGo]) -> None:
    """A command from the future counts as given now."""
    now = EVENING + SHORTEST
    step = decide(_pause(), command(now + HALF_HOUR), now)
    assert isinstance(step, Transition)
    assert step.outcome is not None
    assert step.outcome.ended_at == now


def _call_from(ahead: timedelta, length: timedelta, *, clock_time: bool) -> Pause | Refusal:
    """Return what a call gives whose clock is ahead of ours."""
    given = EVENING + ahead
    call = Start(uuid4(), given, given + length, clock_time=clock_time)
    step = decide(None, call, EVENING)
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
    refusal = decide(_pause(), Undo(now + HALF_HOUR), now)
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
    assert decide(_pause(), command, now, _ended(BEFORE)) == Refusal(Reason.TOO_OLD)


@pytest.mark.parametrize("command", ALL_BEFORE)
def test_a_command_from_before_the_pause_counts_if_there_was_no_earlier_one(
    command: Command,
) -> None:
    """The clock was set back: without an earlier pause, the command is about the standing one."""
    for now in (BEFORE, EVENING + UNDO_WINDOW):
        assert isinstance(decide(_pause(), command, now), Transition)
        assert isinstance(decide(_pause(), command, now, _ended(BEFORE - TICK)), Transition)


@pytest.mark.parametrize("command", [Return(BEFORE), LetGo(BEFORE)])
def test_a_pause_never_ends_before_it_began(command: Command) -> None:
    """Where the clock was set back, the outcome has the start of the pause as its end."""
    step = decide(_pause(), command, BEFORE)
    assert isinstance(step, Transition)
    assert step.outcome is not None
    assert step.outcome.ended_at == step.outcome.started_at == EVENING


@pytest.mark.parametrize("after", [SHORTEST, 2 * HALF_HOUR])
def test_more_time_names_a_new_return(after: timedelta) -> None:
    """A later time replaces the return time, before and after the return. The promise stays."""
    pause = _pause()
    later = EVENING + 3 * HALF_HOUR
    step = decide(pause, Extend(EVENING + after, later), EVENING + after)
    assert isinstance(step, Transition)
    assert step.pause == replace(pause, return_at=later, extensions=1)
    assert step.pause.promised_at == pause.promised_at
    assert step.pause.extensions_left == 1


def test_more_time_is_bounded_in_number() -> None:
    """After the agreed number of extensions, another one is refused with the number."""
    pause = replace(_pause(), extensions=2)
    refusal = decide(pause, Extend(EVENING, EVENING + 2 * HALF_HOUR), EVENING)
    assert refusal == Refusal(Reason.NO_EXTENSIONS_LEFT, allowed=2)


def test_more_time_is_bounded_by_a_day() -> None:
    """A return may be 24 hours after the start, and not later."""
    pause = _pause()
    assert isinstance(decide(pause, Extend(EVENING, pause.last_at), EVENING), Transition)
    refusal = decide(pause, Extend(EVENING, pause.last_at + TICK), EVENING)
    assert refusal == Refusal(Reason.TOO_LONG, pause.last_at)


@pytest.mark.parametrize(("minutes", "floor"), [(10, 30), (40, 40)])
def test_more_time_is_later(minutes: int, floor: int) -> None:
    """A new time must be after the standing return time, and after now."""
    now = EVENING + timedelta(minutes=minutes)
    limit = EVENING + timedelta(minutes=floor)
    assert decide(_pause(), Extend(now, limit), now) == Refusal(Reason.NOT_LATER, limit)


@pytest.mark.parametrize(
    ("command", "ending"),
    [(Return(EVENING + HALF_HOUR), Ending.RETURNED), (LetGo(EVENING + HALF_HOUR), Ending.LET_GO)],
)
def test_an_end_keeps_times_and_ending_only(command: Command, ending: Ending) -> None:
    """An ended pause keeps its times and its ending."""
    pause = _pause()
    now = EVENING + HALF_HOUR
    outcome = Outcome(pause.id, EVENING, EVENING + HALF_HOUR, now, ending)
    assert decide(pause, command, now) == Transition(command, now, None, outcome)


def test_time_alone_makes_a_pause_due() -> None:
    """Without a pause the state is idle. Before the return it is paused, from then on due."""
    pause = _pause()
    assert state_of(None, EVENING) is State.IDLE
    assert state_of(pause, pause.return_at - TICK) is State.PAUSED
    assert state_of(pause, pause.return_at) is State.DUE


def test_a_pause_is_open_for_a_day() -> None:
    """A pause is open until 24 hours after its start."""
    pause = _pause()
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
