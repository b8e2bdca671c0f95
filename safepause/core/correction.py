"""A correction: what becomes of a standing pause when the wall clock is set.

A pause is called at 22:10 until 22:40, but the clock is two hours fast. Then it is put right. By
the clock that counts, the pause would last for two and a half hours. With a clock that is a year
fast, it would last for a year, and no other pause could be called. So the times of the pause move
with the clock:

1. **The length of a pause stays the same.** A clock that is set back moves start and return back. A
   clock that is set forward moves them forward only while the promise is fresh: in its first 20
   minutes, so that no correction makes a pause shorter than that. Later both people know the clock
   time, and it stays: the return then comes early, never late. What was moved back is always moved
   forward again.
2. **A clock time that a person named stays**, such as "tomorrow at 09:00". But if the pause would
   get longer by more than half, its length stays: half an hour must not become hours.
3. **A pause has begun by now.** A start in the future, which an earlier run of the program left, is
   now. So a return is never more than 24 h ahead of the clock that counts.
4. Returns are whole minutes. A return that would move by less than a minute stays where it is, so
   the small steps of NTP change nothing that people were told.

How far the wall clock was set is measured by a clock that nobody can set, and that goes on in a
sleep (`Clock.steady`). So a sleep is no correction. Another time zone is none, either: instants are
in UTC. A virtual computer may sleep without its clocks: if the system tells of a sleep, a step
forward is that sleep. Somebody who sets the clock to end a fresh pause gains nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.agreement import next_at
from safepause.core.pause import SHORTEST, Correct, Pause

if TYPE_CHECKING:
    from safepause.core.clock import Clock

STEP = timedelta(seconds=2)
"""A smaller difference between the clocks is no step."""
FRESH = SHORTEST
"""How long a promise is fresh."""
_MOST_LONGER = 1.5
"""How many times as long a pause may get so that a clock time that was named can stay."""
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Reference:
    """The exact times of a standing pause, and what the clocks showed when they were given."""

    pause: Pause
    clock_time: bool
    """Whether a person named the clock time of the return."""
    given: datetime
    """When the promise was given, by the wall clock that `pause` goes by."""
    ahead: timedelta | None
    """How far the wall clock was ahead of the steady clock; None without a steady clock."""
    seen: timedelta | None
    """How far it was ahead at the last look."""
    moved_back: timedelta = _NOTHING
    """How far the pause was moved back, and can be moved forward again."""


def reference(pause: Pause, clock: Clock, given: datetime, *, clock_time: bool) -> Reference:
    """Return the reference for a pause whose promise was given at the instant `given`."""
    ahead = _ahead(clock)
    return Reference(pause, clock_time, given, ahead, ahead)


def follow(
    known: Reference, standing: Pause, clock: Clock, *, slept: bool
) -> tuple[Reference, Correct | None]:
    """Return the reference after a look at the clocks, and the command that corrects the pause.

    There is no command if the times of the pause are right. `slept` says that the system tells of a
    sleep since the last look.
    """
    now, ahead = clock.now(), _ahead(clock)
    if known.ahead is not None and known.seen is not None and ahead is not None:
        forward = max(_NOTHING, ahead - known.seen)
        known = replace(known, seen=ahead, ahead=known.ahead + (forward if slept else _NOTHING))
    by = _step(known, now, ahead)
    moved = replace(
        known,
        pause=_by(known.pause, by),
        given=known.given + by,
        ahead=None if known.ahead is None else known.ahead + by,
        moved_back=max(_NOTHING, known.moved_back - by),
    )
    future = min(_NOTHING, now - moved.pause.started_at)
    moved = replace(moved, pause=_by(moved.pause, future), given=moved.given + future)
    if known.clock_time and (by or future):
        moved = replace(moved, pause=_named(moved.pause, known.pause.return_at, clock))
    right = _rounded(moved.pause, standing, now)
    if right == standing:
        return moved, None
    times = (right.started_at, right.promised_at, right.return_at)
    return moved, Correct(now, *times, instead_of=standing.return_at)


def _ahead(clock: Clock) -> timedelta | None:
    steady = clock.steady()
    return None if steady is None else clock.now() - _EPOCH - timedelta(seconds=steady)


def _step(known: Reference, now: datetime, ahead: timedelta | None) -> timedelta:
    """Return by how much the pause moves."""
    if known.ahead is None or ahead is None:
        return _NOTHING
    by = ahead - known.ahead
    if abs(by) < STEP:
        return _NOTHING
    fresh = now - by - known.given < FRESH
    return by if fresh else min(by, known.moved_back)


def _by(pause: Pause, step: timedelta) -> Pause:
    return replace(
        pause,
        started_at=pause.started_at + step,
        promised_at=pause.promised_at + step,
        return_at=pause.return_at + step,
    )


def _named(pause: Pause, named: datetime, clock: Clock) -> Pause:
    """Let the clock time that a person named stay, unless the pause gets far longer by that."""
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
        return instant - begun + (_MINUTE if instant > now else _NOTHING)

    return replace(
        standing,
        started_at=exact.started_at,
        promised_at=told(exact.promised_at, standing.promised_at),
        return_at=told(exact.return_at, standing.return_at),
    )
