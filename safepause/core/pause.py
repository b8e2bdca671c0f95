"""The values of a pause: the pause itself, its outcome, the commands, and what they lead to.

`core.decision` has the rules for what a command changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

SHORTEST = timedelta(minutes=20)
"""The shortest pause: stress hormones take that long to fall (Gottman)."""
LONGEST = timedelta(hours=24)
"""The longest pause with its extensions. More "can start to feel like a punishment" (Gottman)."""
UNDO_WINDOW = timedelta(seconds=10)
"""How long a pause can be undone without a trace."""
MOST_LATE = timedelta(seconds=20)
"""How late a command may arrive. The command line waits so long for an app that has to start."""
ON_TIME = timedelta(minutes=5)
"""A return is on time if it is this close to the first promise."""


class State(Enum):
    """The state of the state machine."""

    IDLE = "idle"
    PAUSED = "paused"
    DUE = "due"


class Ending(Enum):
    """How a pause can end."""

    RETURNED = "returned"
    LET_GO = "let_go"


class Punctuality(Enum):
    """How a return compares with the first promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATER = "later"


class Reason(Enum):
    """The reason why a command is refused."""

    NOT_PAUSED = "not_paused"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_LATE_TO_UNDO = "too_late_to_undo"
    NO_EXTENSIONS_LEFT = "no_extensions_left"
    NOT_LATER = "not_later"
    TOO_OLD = "too_old"
    PASSED = "passed"
    JUST_PASSED = "just_passed"
    """The clock time that a person named has just passed. It would come again tomorrow."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The part of the agreement that a standing pause keeps, even if the agreement changes."""

    extensions_allowed: int = 2
    undo_window: timedelta = UNDO_WINDOW


USUAL_TERMS = Terms()
"""The terms if nothing else was agreed on."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A standing pause. Only the pause has `called_by`; its outcome does not."""

    id: UUID
    started_at: datetime
    promised_at: datetime
    return_at: datetime
    called_by: str | None = None
    extensions: int = 0
    terms: Terms = Terms()

    @property
    def last_at(self) -> datetime:
        """The latest possible return time, and the end of all reminders."""
        return self.started_at + LONGEST

    @property
    def extensions_left(self) -> int:
        """How many more extensions the terms allow."""
        return max(0, self.terms.extensions_allowed - self.extensions)

    @property
    def undo_until(self) -> datetime:
        """The last instant at which an undo may arrive that was given in time.

        Until then nothing about the pause may be written where an undo does not delete it.
        """
        return self.started_at + self.terms.undo_window * (1 + MOST_LATE / UNDO_WINDOW)

    def can_undo(self, at: datetime) -> bool:
        """Tell whether an undo that is given at the instant `at` is in time."""
        window = self.terms.undo_window
        return bool(window) and abs(at - self.started_at) <= window


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of a pause that ended. It has neither the caller nor a reason."""

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
    """Call a pause from the instant `at` until `return_at`."""

    id: UUID
    at: datetime
    return_at: datetime
    called_by: str | None = None
    terms: Terms = Terms()
    clock_time: bool = False
    """Whether the person named the clock time of the return. Otherwise it is a length."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo the pause, as a person asked at the instant `at`. No outcome is kept.

    Without a pause, the end of the last one is undone: the pause stands again.
    """

    at: datetime


@dataclass(frozen=True, slots=True)
class Extend:
    """Set a later return time, as a person asked at the instant `at`."""

    at: datetime
    return_at: datetime
    clock_time: bool = False
    """Whether the person named the clock time of the return. Otherwise it is a length."""
    overnight: bool = False
    """Whether the two sleep on it: late in the evening, they choose the morning."""


@dataclass(frozen=True, slots=True)
class Return:
    """End the pause: both people are back since the instant `at`, before or after the return."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LetGo:
    """End the pause and its reminders at the instant `at`, without a return."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Correct:
    """Give the pause the times that it has by a wall clock that was set before the instant `at`.

    `core.correction` makes this command. Nobody asks for it.
    """

    at: datetime
    started_at: datetime
    promised_at: datetime
    return_at: datetime
    instead_of: datetime
    """The return time before."""


Command = Start | Undo | Extend | Return | LetGo | Correct


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that the rules do not allow, and the values for a sentence about it."""

    reason: Reason
    limit: datetime | None = None
    """The instant that the reason is about: the earliest, the latest or the standing return."""
    allowed: int | None = None
    """How many extensions the terms allow, if the reason is about extensions."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What a command changes: the pause that stands after `at`, and the outcome of an old one."""

    command: Command
    at: datetime
    pause: Pause | None
    outcome: Outcome | None = None
    taken_back: Outcome | None = None
    """The outcome of a pause that stands again, because its end was undone."""

    @property
    def begins_pause(self) -> bool:
        """Whether a new pause begins: the command is a call, and no pause was open."""
        return (
            isinstance(self.command, Start)
            and self.pause is not None
            and self.pause.id == self.command.id
        )

    @property
    def moves_return(self) -> bool:
        """Whether the pause has another return time, because the clock was set."""
        return (
            isinstance(self.command, Correct)
            and self.pause is not None
            and self.pause.return_at != self.command.instead_of
        )


def state_of(pause: Pause | None, now: datetime) -> State:
    """Return the state. Time alone changes it from paused to due."""
    if pause is None:
        return State.IDLE
    return State.PAUSED if now < pause.return_at else State.DUE


def is_open(pause: Pause | None, now: datetime) -> bool:
    """Tell whether a pause stands that a new call must not replace.

    After its last reminder a pause still stands. A new call then replaces it.
    """
    return pause is not None and now < pause.last_at
