"""The pause as a state machine: idle -> paused -> due -> idle.

`decide` is a pure function of the standing pause, a command and the time. It returns a `Transition`
or a `Refusal`.

A command has the instant at which it was given, and is judged by that instant, because it may
arrive late. An instant in the future counts as now, because another clock may be fast. The length
of such a call stays the same. A call that arrives late can be undone for the usual time from its
arrival on, because nobody saw the pause before. A command that was given before an earlier pause
ended is refused. So is a call or an extension whose return has passed. An undo must also arrive
soon, see `Pause.undo_until`. An undo without a pause takes the last end back, see `core.last_end`.
`core.correction` has the rules for a clock that is set during a
pause.

To sleep on it is a new promise, and none of the agreed extensions: late in the evening, tired
people settle nothing, and they must not lose a later chance for that. A pause has one such morning
within its 24 h, so that this can't be repeated.

A person names a clock time without a day, such as "until 20:10" at 20:11. If that time has just
passed, the command is refused: it must not quietly mean a day.

The rules come from the time-out protocols of Rosen & Stith (2003), SAMHSA, Gottman and Real. These
protocols agree: Either partner calls a pause without a reason. A pause has a return time. It lasts
at least 20 minutes and at most a day. Only a new return time makes it longer.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from safepause.core.pause import (
    LONGEST,
    SHORTEST,
    Command,
    Correct,
    Ending,
    Extend,
    LetGo,
    Outcome,
    Pause,
    Reason,
    Refusal,
    Return,
    Start,
    Transition,
    Undo,
    is_open,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from safepause.core.last_end import Ended


def decide(
    standing: Pause | None,
    command: Command,
    now: datetime,
    earlier: Iterable[Outcome] = (),
    ended: Ended | None = None,
) -> Transition | Refusal:
    """Return the transition that `command` makes when it arrives at `now`, or the refusal.

    `Start` while a pause is open changes nothing. Its transition has the standing pause. `earlier`
    has how past pauses ended, the newest first. It is read only if it matters. `ended` is the end
    that can be undone.
    """
    at = min(command.at, now)  # never ahead of the clock that counts
    if isinstance(command, Start):
        return _start(standing, command, at, now)
    if standing is None:
        return _take_back(ended, command, at, now)
    if at < standing.started_at <= now and _had_pause(earlier, at, now):
        return Refusal(Reason.TOO_OLD)
    if isinstance(command, Return | LetGo):
        ending = Ending.RETURNED if isinstance(command, Return) else Ending.LET_GO
        return Transition(command, now, None, _end(standing, ending, at))
    return _change(standing, command, at, now)


def _take_back(
    ended: Ended | None, command: Command, at: datetime, now: datetime
) -> Transition | Refusal:
    """Undo the last end. An undo that was given before it was about the call."""
    if ended is None or not isinstance(command, Undo) or at < ended.given:
        return Refusal(Reason.NOT_PAUSED)
    return Transition(command, now, ended.pause, taken_back=ended.outcome)


def _had_pause(earlier: Iterable[Outcome], at: datetime, now: datetime) -> bool:
    """Tell whether an earlier pause ended at or after `at`. Otherwise the clock was set back.

    A pause that ended in the future was recorded by a wrong clock, and says nothing.
    """
    since = takewhile(lambda outcome: outcome.ended_at >= at, earlier)
    return any(outcome.ended_at <= now for outcome in since)


def _start(
    standing: Pause | None, command: Start, at: datetime, now: datetime
) -> Transition | Refusal:
    if standing is not None and is_open(standing, now):
        return Transition(command, now, standing)
    if command.clock_time and command.return_at <= command.at:
        return Refusal(Reason.JUST_PASSED, command.return_at)
    return_at, earliest, latest = _return_at(command, at), at + SHORTEST, at + LONGEST
    if max(earliest, min(return_at, latest)) <= now:
        return Refusal(Reason.PASSED)
    if return_at < earliest:
        return Refusal(Reason.TOO_SHORT, earliest)
    if return_at > latest:
        return Refusal(Reason.TOO_LONG, latest)
    pause = Pause(
        id=command.id,
        started_at=at,
        promised_at=return_at,
        return_at=return_at,
        called_by=command.called_by,
        terms=replace(command.terms, undo_window=command.terms.undo_window + (now - at)),
    )
    left_open = None if standing is None else _end(standing, Ending.LET_GO, standing.last_at)
    return Transition(command, now, pause, left_open)


def _return_at(command: Start, at: datetime) -> datetime:
    """Return the return time of a call that counts from the instant `at`.

    The call has the same length as before. A clock time that a person named stays the same, if it
    is at most a day away.
    """
    if command.clock_time and command.return_at <= at + LONGEST:
        return command.return_at
    return command.return_at - (command.at - at)


def _change(
    standing: Pause, command: Undo | Extend | Correct, at: datetime, now: datetime
) -> Transition | Refusal:
    if isinstance(command, Undo):
        return _undo(standing, command, at, now)
    if isinstance(command, Extend):
        return _extend(standing, command, now)
    return Transition(command, now, _corrected(standing, command, now))


def _undo(standing: Pause, command: Undo, at: datetime, now: datetime) -> Transition | Refusal:
    if now > standing.undo_until or not standing.can_undo(at):
        return Refusal(Reason.TOO_LATE_TO_UNDO)
    return Transition(command, now, None)


def _extend(standing: Pause, command: Extend, now: datetime) -> Transition | Refusal:
    if standing.extensions_left == 0 and not command.overnight:
        return Refusal(Reason.NO_EXTENSIONS_LEFT, allowed=standing.terms.extensions_allowed)
    if command.clock_time and command.return_at <= command.at:
        return Refusal(Reason.JUST_PASSED, command.return_at)
    if command.return_at > standing.last_at:
        return Refusal(Reason.TOO_LONG, standing.last_at)
    floor = max(standing.return_at, now)
    if command.return_at <= floor:
        return Refusal(Reason.NOT_LATER, floor)
    counted = standing.extensions + (0 if command.overnight else 1)
    extended = replace(standing, return_at=command.return_at, extensions=counted)
    return Transition(command, now, extended)


def _corrected(standing: Pause, command: Correct, now: datetime) -> Pause:
    """Return the pause with other times. It has begun by now, and lasts a day at most."""
    started_at = min(command.started_at, now)
    return_at = min(command.return_at, started_at + LONGEST)
    promised_at = min(command.promised_at, return_at)
    return replace(standing, started_at=started_at, promised_at=promised_at, return_at=return_at)


def _end(pause: Pause, ending: Ending, at: datetime) -> Outcome:
    """Return the outcome. Where the clock was set back, a pause ends as it began, not before."""
    ended_at = max(at, pause.started_at)
    return Outcome(pause.id, pause.started_at, pause.promised_at, ended_at, ending)
