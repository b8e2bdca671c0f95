"""The rules of the talk after a pause: its steps, its turns, and what may follow it later.

The talk is no state of the pause: the pause has ended. Nothing that the two say or type is kept.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from safepause.core.agreement import next_at

if TYPE_CHECKING:
    from safepause.core.clock import Clock

TURN = timedelta(minutes=2)
"""How long one speaks while the other one listens."""
SMALL = timedelta(minutes=10)
"""How long the short form takes in all."""
AGAIN = timedelta(hours=1)
"""For how long after a return the talk can be started again."""
LOOK_BACK_AFTER = timedelta(hours=1)
"""When the two look back, if they want to."""
LOOK_BACK = timedelta(minutes=7)
"""How long they look back: Finkel 2013."""
LOOK_BACK_GRACE = timedelta(hours=12)
"""How late the question whether to look back may come. It is dropped afterwards."""
LATE = timedelta(minutes=15)
"""After this, the reminder of another talk says for when it was planned."""
DAYS = 7
"""The furthest day for another talk, counted from today."""
TALK_TIME = time(19, 0)
"""The time of another talk, until the two choose one."""


class Step(IntEnum):
    """The steps of the talk, in order. Each can be skipped."""

    HELLO = 0
    WHO = 1
    TURNS = 2
    CLOSE = 3


def talk_at(day: date, wall: time, clock: Clock) -> datetime:
    """Return the instant, in UTC, of a clock time on a day that has not passed."""
    found = next_at(wall, clock)
    while clock.local(found).date() < day:
        found = next_at(wall, clock, found)
    return found


def written(instant: datetime | None) -> str:
    """Return an instant as the text that the settings keep; nothing for None."""
    return "" if instant is None else instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(text: str) -> datetime | None:
    """Return the instant of a kept text. A text that is no instant, as of a later version, is none.

    An instant without a zone can't be counted from, so it is none, too.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None
