"""The pause as a state machine: idle -> paused -> due -> idle.

`decide` is a pure function of the standing pause, a command and the time. It returns the
`Transition` to commit, or the `Refusal` to put into words.

A command carries the instant at which it was given, and is judged by that instant: it may have been
long on its way. An instant in the future counts as now, since another clock may be fast. A command
that was given before the standing pause began is refused, and so is a call from more than a day
ago: it is about something else. An undo has to arrive soon, see `UNDO_ARRIVAL`.

Rules and numbers: the time-out protocols of Rosen & Stith (2003), SAMHSA, Gottman and Real, which
agree that a pause is called by either partner without a reason, names its return time, lasts 20
minutes at least and a day at most, and is lengthened only by naming a new time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

SHORTEST = timedelta(minutes=20)
"""The least length: stress hormones take that long to fall (Gottman)."""
LONGEST = timedelta(hours=24)
"""The most, extensions included: longer "can start to feel like a punishment" (J. Gottman)."""
UNDO_WINDOW = timedelta(seconds=10)
"""How long a slip can be taken back without a trace."""
UNDO_ARRIVAL = timedelta(minutes=1)
"""How much later than that an undo may arrive that was given in time."""
ON_TIME = timedelta(minutes=5)
"""A return within this of the first promise counts as on time."""


class State(Enum):
    """Where the machine stands."""

    IDLE = "idle"
    PAUSED = "paused"
    DUE = "due"


class Ending(Enum):
    """How a pause can end."""

    RETURNED = "returned"
    LET_GO = "let_go"


class Punctuality(Enum):
    """A return against the first promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATER = "later"


class Reason(Enum):
    """Why a command is refused."""

    NOT_PAUSED = "not_paused"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_LATE_TO_UNDO = "too_late_to_undo"
    NO_EXTENSIONS_LEFT = "no_extensions_left"
    NOT_LATER = "not_later"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the two agreed on that a pause in progress is held to."""

    extensions_allowed: int = 2
    undo_window: timedelta = UNDO_WINDOW


USUAL_TERMS = Terms()
"""The terms where nothing else was agreed on."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A standing pause. `called_by` lives only here: it is gone once the pause ends."""

    id: UUID
    started_at: datetime
    promised_at: datetime
    return_at: datetime
    called_by: str | None = None
    extensions: int = 0
    terms: Terms = Terms()

    @property
    def last_at(self) -> datetime:
        """The latest instant that a return may be promised for, and the end of all reminders."""
        return self.started_at + LONGEST

    @property
    def extensions_left(self) -> int:
        """How many more times a new return time may be named."""
        return max(0, self.terms.extensions_allowed - self.extensions)

    def can_undo(self, now: datetime) -> bool:
        """Tell whether the pause is fresh enough to be taken back without a trace."""
        return abs(now - self.started_at) <= self.terms.undo_window


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of a pause that ended: never who called it, nor why."""

    id: UUID
    started_at: datetime
    promised_at: datetime
    ended_at: datetime
    ending: Ending

    @property
    def punctuality(self) -> Punctuality | None:
        """How the return compares with the first promise; None for a pause that was let go."""
        if self.ending is Ending.LET_GO:
            return None
        if self.ended_at < self.promised_at - ON_TIME:
            return Punctuality.EARLY
        if self.ended_at <= self.promised_at + ON_TIME:
            return Punctuality.ON_TIME
        return Punctuality.LATER


@dataclass(frozen=True, slots=True)
class Start:
    """Call a pause, at the instant `at`, until `return_at`."""

    id: UUID
    at: datetime
    return_at: datetime
    called_by: str | None = None
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class Undo:
    """Take a slip back: the pause never was. `at` is when the person asked for it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Extend:
    """Name, at the instant `at`, a new, later return time."""

    at: datetime
    return_at: datetime


@dataclass(frozen=True, slots=True)
class Return:
    """Both are here again since the instant `at`, early or not."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LetGo:
    """Stop the reminders at the instant `at`, and let the matter rest."""

    at: datetime


Command = Start | Undo | Extend | Return | LetGo


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that the rules do not allow, with what a sentence about it needs."""

    reason: Reason
    limit: datetime | None = None
    """The instant that the reason is about: the earliest or latest time, or the standing one."""
    allowed: int | None = None
    """How many extensions the terms allow, where the reason is about them."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One transition: the command, when it was carried out, and the pause that stands then."""

    command: Command
    at: datetime
    pause: Pause | None
    outcome: Outcome | None = None

    @property
    def begins_pause(self) -> bool:
        """Whether a new pause stands: a call, while none was open."""
        return (
            isinstance(self.command, Start)
            and self.pause is not None
            and self.pause.id == self.command.id
        )


def state_of(pause: Pause | None, now: datetime) -> State:
    """Return where the machine stands: time alone moves it from paused to due."""
    if pause is None:
        return State.IDLE
    return State.PAUSED if now < pause.return_at else State.DUE


def is_open(pause: Pause | None, now: datetime) -> bool:
    """Tell whether a pause stands that a new call must not replace.

    One left alone past its last reminder gives way to a new call, and only to that.
    """
    return pause is not None and now < pause.last_at


def decide(standing: Pause | None, command: Command, now: datetime) -> Transition | Refusal:
    """Return the transition that `command` makes as it arrives at `now`, or why it is refused.

    `Start` while a pause is open changes nothing: the transition holds the standing pause.
    """
    at = min(command.at, now)  # never ahead of the clock that counts
    if isinstance(command, Start):
        return _start(standing, command, at, now)
    if standing is None:
        return Refusal(Reason.NOT_PAUSED)
    if at < standing.started_at <= now:
        return Refusal(Reason.TOO_OLD)
    if isinstance(command, Undo):
        return _undo(standing, command, at, now)
    if isinstance(command, Extend):
        return _extend(standing, command, at, now)
    ending = Ending.RETURNED if isinstance(command, Return) else Ending.LET_GO
    return Transition(command, now, None, _end(standing, ending, at))


def _start(
    standing: Pause | None, command: Start, at: datetime, now: datetime
) -> Transition | Refusal:
    if standing is not None and is_open(standing, now):
        return Transition(command, now, standing)
    earliest, latest = at + SHORTEST, at + LONGEST
    if now >= latest:
        return Refusal(Reason.TOO_OLD)
    if command.return_at < earliest:
        return Refusal(Reason.TOO_SHORT, earliest)
    if command.return_at > latest:
        return Refusal(Reason.TOO_LONG, latest)
    pause = Pause(
        id=command.id,
        started_at=at,
        promised_at=command.return_at,
        return_at=command.return_at,
        called_by=command.called_by,
        terms=command.terms,
    )
    left_open = None if standing is None else _end(standing, Ending.LET_GO, at)
    return Transition(command, now, pause, left_open)


def _undo(standing: Pause, command: Undo, at: datetime, now: datetime) -> Transition | Refusal:
    last = standing.started_at + standing.terms.undo_window + UNDO_ARRIVAL
    if now > last or not standing.can_undo(at):
        return Refusal(Reason.TOO_LATE_TO_UNDO)
    return Transition(command, now, None)


def _extend(standing: Pause, command: Extend, at: datetime, now: datetime) -> Transition | Refusal:
    if standing.extensions_left == 0:
        return Refusal(Reason.NO_EXTENSIONS_LEFT, allowed=standing.terms.extensions_allowed)
    if command.return_at > standing.last_at:
        return Refusal(Reason.TOO_LONG, standing.last_at)
    floor = max(standing.return_at, at)
    if command.return_at <= floor:
        return Refusal(Reason.NOT_LATER, floor)
    extended = replace(standing, return_at=command.return_at, extensions=standing.extensions + 1)
    return Transition(command, now, extended)


def _end(pause: Pause, ending: Ending, now: datetime) -> Outcome:
    return Outcome(pause.id, pause.started_at, pause.promised_at, now, ending)
