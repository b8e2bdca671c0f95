"""A reference: what the clocks showed when a promise was given.

It tells later by how much the wall clock was set since then. It is kept with the pause, because the
program, or the computer, may start again before the clock is put right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Reference:
    """The exact times of a standing pause, and what the clocks showed when they were given."""

    pause: Pause
    given: datetime
    """When the promise was given, by the wall clock that `pause` goes by."""
    named: datetime | None
    """The return as a person named it by its clock time; None if a length was asked for."""
    measured: bool
    """Whether the promise was given since the start of the computer `boot`.

    Nobody knows how far the wall clock was set between an earlier promise and that start.
    """
    boot: str | None
    """The start of the computer from which the steady clock counts; None if that isn't known."""
    ahead: timedelta | None
    """How far the wall clock was ahead of the steady clock; None without a steady clock."""
    seen: timedelta | None
    """How far it was ahead at the last look."""
    moved_back: timedelta = NOTHING
    """How far the pause was moved back, and can be moved forward again."""


def ahead_of_steady(clock: Clock) -> timedelta | None:
    """Return how far the wall clock is ahead of the steady clock; None without a steady clock."""
    steady = clock.steady()
    return None if steady is None else clock.now() - _EPOCH - timedelta(seconds=steady)


def given_now(pause: Pause, clock: Clock, given: datetime, *, clock_time: bool) -> Reference:
    """Return the reference for a promise that a person gives at the instant `given`.

    `clock_time` says whether the person has named the clock time of the return.
    """
    named = pause.return_at if clock_time else None
    ahead = ahead_of_steady(clock)
    return Reference(pause, given, named, measured=True, boot=clock.boot(), ahead=ahead, seen=ahead)


def extended(known: Reference, new: Reference, *, due: bool) -> Reference:
    """Return the reference for a pause that has got a new return time. `new` is for a new promise.

    What was moved back can still be moved forward. Before the return is `due`, the new time counts
    from the promise before, so it is measured only if that promise is.
    """
    if known.measured or due:
        return replace(new, moved_back=known.moved_back)
    return replace(known, pause=new.pause, named=new.named)


def resumed(kept: Reference | None, pause: Pause, clock: Clock) -> Reference:
    """Return the reference for a pause of an earlier run. `kept` is that run's reference."""
    ahead, boot = ahead_of_steady(clock), clock.boot()
    if kept is None:
        return _unmeasured(pause, None, clock)
    before = kept.ahead
    if ahead is None or before is None or boot is None or boot != kept.boot:
        found = _unless_over(pause, kept.moved_back, clock.now())
        return _unmeasured(found, kept.named, clock)
    kept = replace(kept, pause=pause, seen=ahead)
    if not kept.measured or before > pause.last_at - _EPOCH:
        return replace(kept, measured=False, ahead=ahead)
    # A step forward in the meantime may be the sleep of a virtual computer. It counts as that.
    slept = max(NOTHING, ahead - before - kept.moved_back)
    return replace(kept, ahead=before + slept)


def shifted(pause: Pause, by: timedelta) -> Pause:
    """Return the pause with all its times moved."""
    return replace(
        pause,
        started_at=pause.started_at + by,
        promised_at=pause.promised_at + by,
        return_at=pause.return_at + by,
    )


def _unmeasured(pause: Pause, named: datetime | None, clock: Clock) -> Reference:
    new = given_now(pause, clock, pause.started_at, clock_time=False)
    return replace(new, measured=False, named=named)


def _unless_over(pause: Pause, moved_back: timedelta, now: datetime) -> Pause:
    """Return a pause as it was before it was moved back, if it would be over otherwise."""
    before = shifted(pause, moved_back)
    was_wrong = pause.last_at <= now and before.started_at <= now < before.last_at
    return before if was_wrong else pause
