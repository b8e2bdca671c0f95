"""A correction: what becomes of a standing pause when the wall clock is set.

A pause is called at 22:10 until 22:40, but the clock is two hours fast. Then it is put right. By
the clock that counts, the pause would last for two and a half hours. With a clock that is a year
fast, it would last for a year, and no other pause could be called. So the times of the pause move
with the clock:

1. **The length of a pause stays the same.** A clock that is set back moves start and return back. A
   clock that is set forward moves them forward only while the promise is fresh: in its first 20
   minutes, so that no correction makes a pause shorter than that. Later both people know the clock
   time, and it stays: the return then comes early, never late. What was moved back is always moved
   forward again. A step after which the pause would be over moves it, too: no return is lost.
2. **A clock time that a person named stays**, such as "tomorrow at 09:00". But if the pause would
   get longer by more than half, its length stays: half an hour must not become hours.
3. **A pause has begun by now.** A start in the future is now. So a return is never more than 24 h
   ahead of the clock that counts.
4. Returns are whole minutes. A return that would move by less than a minute stays where it is, so
   the small steps of NTP change nothing that people were told.

How far the wall clock was set is measured by a clock that nobody can set, and that goes on in a
sleep (`Clock.steady`). So a sleep is no correction. Another time zone is none, either: instants are
in UTC. A virtual computer may sleep without its clocks: if the system tells of a sleep, a step
forward is that sleep. Somebody who sets the clock to end a fresh pause gains nothing.

**The computer starts again during a pause**, perhaps with a wrong clock: in 1970 if its battery is
empty, or an hour off beside another system. The steady clock begins anew, so only steps after this
start are measured, and they say nothing about the clock at the call. So an earlier promise stays:

| the clock at the call | at the start of the computer | the pause, once the clock is right |
|---|---|---|
| right | right, or put right before the program runs | stays |
| right | behind, put right later | has its old times; until then it has begun by now (rule 3) |
| right | ahead, put right later | stays; it may look due until then |
| ahead | right, or put right before the program runs | begins as the program starts (rule 3) |
| ahead | as far ahead, put right later | moves with the clock, because its start would be to come |
| behind | any | stays: the return comes early |
| behind by a day or more | as far behind, put right later | moves with the clock (rule 1) |

A pause that is called after the start of the computer, or gets a new return time once it looks due,
follows the rules above.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.agreement import next_at
from safepause.core.pause import (
    SHORTEST,
    Correct,
    Extend,
    Pause,
    Start,
    State,
    Transition,
    state_of,
)
from safepause.core.reference import (
    NOTHING,
    Reference,
    ahead_of_steady,
    extended,
    given_now,
    resumed,
    shifted,
)

if TYPE_CHECKING:
    from safepause.core.clock import Clock

STEP = timedelta(seconds=2)
"""A smaller difference between the clocks is no step."""
FRESH = SHORTEST
"""How long a promise is fresh."""
_MOST_LONGER = 1.5
"""How many times as long a pause may get so that a clock time that was named can stay."""
_MINUTE = timedelta(minutes=1)


class Correction:
    """Follows the wall clock for the standing pause."""

    def __init__(self, clock: Clock, standing: Pause | None, kept: Reference | None) -> None:
        """Continue with the standing pause of an earlier run, and with its reference."""
        self._clock = clock
        self.reference = None if standing is None else resumed(kept, standing, clock)
        """What the clocks showed when the promise was given; None without a pause."""

    def clock_was_set(self) -> bool:
        """Tell whether the wall clock was set since the last look, as far as that is known."""
        seen = None if self.reference is None else self.reference.seen
        ahead = ahead_of_steady(self._clock)
        return seen is not None and ahead is not None and abs(ahead - seen) >= STEP

    def look(self, standing: Pause | None, *, slept: bool) -> Correct | None:
        """Return the command that corrects the pause; None if its times are right.

        `slept` says that the system tells of a sleep since the last look.
        """
        if standing is None or self.reference is None:
            return None
        self.reference, command = follow(self.reference, standing, self._clock, slept=slept)
        return command

    def note(self, standing: Pause | None, made: Transition) -> None:
        """Note what the clocks show if a person has given a promise. `standing` is from before."""
        command, pause = made.command, made.pause
        if pause is None:
            self.reference = None
        elif made.begins_pause or isinstance(command, Extend):
            named = isinstance(command, Start | Extend) and command.clock_time
            new = given_now(pause, self._clock, made.at, clock_time=named)
            if self.reference is not None and isinstance(command, Extend):
                due = state_of(standing, made.at) is State.DUE
                new = extended(self.reference, new, due=due)
            self.reference = new


def follow(
    known: Reference, standing: Pause, clock: Clock, *, slept: bool
) -> tuple[Reference, Correct | None]:
    """Return the reference after a look at the clocks, and the command that corrects the pause.

    After a sleep without the clocks, too, there is a command. It has the reference kept.
    """
    now, ahead = clock.now(), ahead_of_steady(clock)
    jump = NOTHING if known.seen is None or ahead is None else ahead - known.seen
    asleep = slept and jump >= STEP
    if slept and jump > NOTHING and known.ahead is not None:
        known, jump = replace(known, ahead=known.ahead + jump), NOTHING
    step = _step(known, ahead)
    by = _move(known, step, jump, now)
    future = min(NOTHING, now - by - known.pause.started_at)
    moved = replace(
        known,
        pause=shifted(known.pause, by + future),
        given=known.given + by + future,
        ahead=None if known.ahead is None else known.ahead + (by if known.measured else step),
        seen=ahead,
        moved_back=max(NOTHING, known.moved_back - by - future),
    )
    exact = moved.pause if known.named is None else _named(moved.pause, known.named, clock)
    right = _rounded(exact, standing, now)
    if right == standing and not asleep:
        return moved, None
    times = (right.started_at, right.promised_at, right.return_at)
    return moved, Correct(now, *times, instead_of=standing.return_at)


def _step(known: Reference, ahead: timedelta | None) -> timedelta:
    """Return by how much the wall clock is set away from where the reference has it."""
    if known.ahead is None or ahead is None or abs(ahead - known.ahead) < STEP:
        return NOTHING
    return ahead - known.ahead


def _move(known: Reference, step: timedelta, jump: timedelta, now: datetime) -> timedelta:
    """Return by how much the pause moves with a step of the wall clock.

    `jump` is by how much the clock was set since the last look.
    """
    pause = known.pause
    if step < NOTHING:
        return step if known.measured or pause.started_at > now else NOTHING
    again = min(step, known.moved_back)
    fresh = known.measured and now - step - known.given < FRESH
    stood = jump >= STEP and now - jump < pause.last_at
    over = stood and shifted(pause, again).last_at <= now
    return step if fresh or over else again


def _named(pause: Pause, named: datetime, clock: Clock) -> Pause:
    """Let the clock time that a person named stay, unless the pause gets far longer by that."""
    if pause.return_at == named:
        return pause
    first = pause.started_at + SHORTEST - timedelta(microseconds=1)
    stays = next_at(clock.local(named).time(), clock, after=first)
    far_longer = stays - pause.started_at > _MOST_LONGER * (pause.return_at - pause.started_at)
    if far_longer:
        return pause
    promised_at = stays if pause.promised_at == pause.return_at else pause.promised_at
    return replace(pause, promised_at=promised_at, return_at=stays)


def _rounded(exact: Pause, standing: Pause, now: datetime) -> Pause:
    """Return the exact times as people are told them: in whole minutes."""

    def told(instant: datetime, before: datetime) -> datetime:
        if abs(instant - before) < _MINUTE:
            return before
        begun = timedelta(seconds=instant.second, microseconds=instant.microsecond)
        if begun < STEP:  # the clocks are not measured more exactly
            return instant - begun
        # What is due stays due, and what isn't due lasts until the end of the minute.
        return instant - begun + (_MINUTE if instant > now else NOTHING)

    return replace(
        standing,
        started_at=exact.started_at,
        promised_at=told(exact.promised_at, standing.promised_at),
        return_at=told(exact.return_at, standing.return_at),
    )
