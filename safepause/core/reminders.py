"""The moments at which something is said about a pause: heads-up, return, repeats, last repeat.

The list of moments is calculated from the pause whenever it is needed. Nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.core.pause import Pause

HEADS_UP = timedelta(minutes=2)
"""How long before the return the heads-up comes, unless the agreement says otherwise."""
REPEATS = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 10, 20, 30))
"""How long after the return time the first repeats come. The others come every hour."""
HOURLY = timedelta(hours=1)


class Kind(Enum):
    """The kind of a moment."""

    HEADS_UP = "heads_up"
    DUE = "due"
    REPEAT = "repeat"
    LAST = "last"
    MOVED = "moved"
    """The return has another clock time, because the clock was set. It is no moment of a pause."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant at which something is said."""

    kind: Kind
    at: datetime


def moments(pause: Pause, heads_up: timedelta = HEADS_UP) -> tuple[Moment, ...]:
    """Return every moment of a pause, in order.

    A heads-up of zero is left out. The last repeat is `LAST`, 24 h after the start. It is left out
    if the return itself is due then.
    """
    due = pause.return_at
    found = []
    if heads_up > timedelta(0):
        found.append(Moment(Kind.HEADS_UP, due - heads_up))
    found.append(Moment(Kind.DUE, due))
    found.extend(
        Moment(Kind.REPEAT, due + after) for after in REPEATS if due + after < pause.last_at
    )
    hourly = due + HOURLY
    while hourly < pause.last_at:
        found.append(Moment(Kind.REPEAT, hourly))
        hourly += HOURLY
    if pause.last_at > due:
        found.append(Moment(Kind.LAST, pause.last_at))
    return tuple(found)


def latest(pause: Pause, now: datetime, heads_up: timedelta = HEADS_UP) -> Moment | None:
    """Return the last moment that has come by `now`, or None if no moment has come."""
    past = [moment for moment in moments(pause, heads_up) if moment.at <= now]
    return past[-1] if past else None
