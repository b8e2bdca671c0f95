"""What the two agreed on when calm: names, length, how often more time may be asked, heads-up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from safepause.core.pause import LONGEST, SHORTEST, USUAL_TERMS, Pause, Terms
from safepause.core.reminders import HEADS_UP

if TYPE_CHECKING:
    from safepause.core.clock import Clock

NAME_LENGTH = 60
"""The longest name, in characters: longer ones say nothing more and fit nowhere."""
DEFAULT_LENGTH = timedelta(minutes=30)
MORNING = time(9, 0)
"""What "until the morning" means, by the wall clock."""
_BIDI_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates of writing directions; right-to-left letters need none."""
_UNFIT = {"Cc", "Cs"}
"""Kinds of characters that are no text: controls, and halves of broken ones."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The terms a new pause is called on."""

    names: tuple[str, ...] = ()
    length: timedelta = DEFAULT_LENGTH
    heads_up: timedelta = HEADS_UP
    terms: Terms = USUAL_TERMS
    owner: str = ""
    """Whose computer this is: one of the names, or nobody's alone."""

    def heads_up_here(self, caller: str | None) -> timedelta:
        """Return how long before the return the heads-up comes on this computer.

        Who called the pause re-starts the talk, so is reminded first: on the other one's own
        computer the heads-up takes half as long. Where that isn't known, both are told at once.
        """
        if self.owner and caller in self.names and caller != self.owner:
            return self.heads_up / 2
        return self.heads_up


def clean_name(text: str) -> str:
    """Return a name with its blanks folded, without marks that would turn the text around it.

    Raises:
        ValueError: the name is longer than `NAME_LENGTH` or holds characters that are no text.

    """
    if any(unicodedata.category(char) in _UNFIT and not char.isspace() for char in text):
        raise ValueError("control")
    folded = " ".join("".join(char for char in text if char not in _BIDI_MARKS).split())
    if len(folded) > NAME_LENGTH:
        raise ValueError("long")
    return folded


def next_at(wall: time, clock: Clock, after: datetime | None = None) -> datetime:
    """Return the next instant, in UTC, at which this computer's clock shows `wall`.

    It is the first one after `after`, which is now unless it is given.
    A time that a daylight-saving change repeats comes twice; for one that it skips, the time an
    hour later is taken.
    """
    now = clock.now() if after is None else after
    today = clock.local(now).date()
    return min(
        instant
        for day in range(3)
        for instant in _instants(datetime.combine(today + timedelta(days=day), wall), clock)
        if instant > now
    )


def next_morning(clock: Clock, latest: datetime | None = None) -> datetime | None:
    """Return the next `MORNING`: tomorrow's, or after midnight today's.

    None if that is too soon for a pause, more than 24 h away, or after `latest`.
    """
    morning = next_at(MORNING, clock)
    inside = SHORTEST <= morning - clock.now() <= LONGEST
    return morning if inside and (latest is None or morning <= latest) else None


def promise(start: datetime, length: timedelta) -> datetime:
    """Return the return time that a length from `start` names: a whole minute, as clocks show.

    A begun minute is counted in full, except where that would make more than 24 h.
    """
    end = start + length
    begun = timedelta(seconds=end.second, microseconds=end.microsecond)
    if not begun:
        return end
    return min(end - begun + timedelta(minutes=1), max(end, start + LONGEST))


def more_time(pause: Pause, now: datetime, extra: timedelta) -> datetime:
    """Return the new time that `extra` names: counted from the return, or from now once due."""
    asked = max(pause.return_at, now) + extra
    named = promise(max(pause.return_at, now), extra)
    return named if named <= pause.last_at else asked


def _instants(wall: datetime, clock: Clock) -> list[datetime]:
    """Return the instants, in UTC and in order, at which the clock shows a wall time; one at least.

    The zone's offset is one of those the day before and the day after.
    """
    as_utc = wall.replace(tzinfo=UTC)
    around = [clock.local(as_utc + timedelta(days=day)).utcoffset() for day in (-1, 1)]
    found = sorted({as_utc - offset for offset in around if offset is not None})
    shown = [instant for instant in found if clock.local(instant).replace(tzinfo=None) == wall]
    return shown or found[-1:]
