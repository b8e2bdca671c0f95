"""The agreement of the two people: names, length, number of extensions, heads-up.

The calculation of return times is here, too.
"""

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
"""The most characters that a name may have."""
DEFAULT_LENGTH = timedelta(minutes=30)
JUST_PASSED = timedelta(hours=3)
"""A clock time that passed within this time is not meant for tomorrow. "Until 09:00", said in the
evening, is."""
MORNING = time(9, 0)
"""The time of the wall clock that "until the morning" means."""
LATE, EARLY = time(21, 0), time(5, 0)
"""From the first until the second time, the two are offered to sleep on it."""
_BIDI_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the writing direction. Right-to-left letters do not need them."""
_UNFIT = {"Cc", "Cs"}
"""Unicode categories that are not text: control characters and surrogates."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the two people agreed on, for a new pause."""

    names: tuple[str, ...] = ()
    length: timedelta = DEFAULT_LENGTH
    heads_up: timedelta = HEADS_UP
    terms: Terms = USUAL_TERMS
    owner: str = ""
    """The name of the person who owns this computer; empty if both use the computer."""

    def heads_up_here(self, caller: str | None) -> timedelta:
        """Return how long before the return the heads-up comes on this computer.

        The person who called the pause starts the talk again, and is reminded first. On the own
        computer of the other person the heads-up comes half as long before the return. If the
        caller or the owner is unknown, both computers use the agreed time.
        """
        if self.owner and caller in self.names and caller != self.owner:
            return self.heads_up / 2
        return self.heads_up


def clean_name(text: str) -> str:
    """Return a name with single spaces, and without marks that change the writing direction.

    Raises:
        ValueError: the name is longer than `NAME_LENGTH`, or has characters that are not text.

    """
    return clean_text(text, NAME_LENGTH)


def clean_text(text: str, most: int) -> str:
    """Return a line with single spaces, and without marks that change the writing direction.

    Raises:
        ValueError: the line has more than `most` characters, or characters that are not text.

    """
    if any(unicodedata.category(char) in _UNFIT and not char.isspace() for char in text):
        raise ValueError("control")
    folded = " ".join("".join(char for char in text if char not in _BIDI_MARKS).split())
    if len(folded) > most:
        raise ValueError("long")
    return folded


def next_at(wall: time, clock: Clock, after: datetime | None = None) -> datetime:
    """Return the next instant, in UTC, at which this computer's clock shows `wall`.

    It is the first one after `after`. The default is now. Where the clocks go back, a repeated time
    comes twice. Where the clocks go forward, a skipped time means the time that is later by the
    size of the change.
    """
    now = clock.now() if after is None else after
    today = clock.local(now).date()
    return min(
        instant
        for day in range(3)
        for instant in _instants(datetime.combine(today + timedelta(days=day), wall), clock)
        if instant > now
    )


def named_at(wall: time, clock: Clock, now: datetime) -> datetime:
    """Return the instant that a person means who names a clock time without a day.

    That is the next one. A clock time that has just passed means the past instant, unless the
    clocks go back and it comes again soon.
    """
    coming, passed = next_at(wall, clock, now), next_at(wall, clock, now - JUST_PASSED)
    return passed if passed <= now and coming - now > LONGEST / 2 else coming


def next_morning(clock: Clock, latest: datetime | None = None) -> datetime | None:
    """Return the next instant at which the clock shows `MORNING`.

    Return None if that is too soon for a pause, more than 24 h away, or after `latest`.
    """
    morning = next_at(MORNING, clock)
    inside = SHORTEST <= morning - clock.now() <= LONGEST
    return morning if inside and (latest is None or morning <= latest) else None


def is_late(clock: Clock, now: datetime | None = None) -> bool:
    """Tell whether it is late in the evening, or night, by this computer's clock."""
    shown = clock.local(clock.now() if now is None else now).time()
    return shown >= LATE or shown < EARLY


def overnight_until(pause: Pause, clock: Clock, now: datetime | None = None) -> datetime | None:
    """Return the morning until which the two can sleep on it, or None if that is not offered.

    It is offered late in the evening, if the next `MORNING` is later than the standing return and
    at most 24 h after the start of the pause. It uses none of the agreed extensions.
    """
    asked = clock.now() if now is None else now
    morning = next_at(MORNING, clock, asked)
    inside = max(pause.return_at, asked) < morning <= pause.last_at
    return morning if inside and is_late(clock, asked) else None


def promise(start: datetime, length: timedelta) -> datetime:
    """Return the return time of a pause of `length` from `start`, rounded up to a whole minute.

    Rounding makes no pause longer than 24 h.
    """
    end = start + length
    begun = timedelta(seconds=end.second, microseconds=end.microsecond)
    if not begun:
        return end
    return min(end - begun + timedelta(minutes=1), max(end, start + LONGEST))


def more_time(pause: Pause, now: datetime, extra: timedelta) -> datetime:
    """Return the new return time: `extra` after the return time, or after now once that is due."""
    asked = max(pause.return_at, now) + extra
    named = promise(max(pause.return_at, now), extra)
    return named if named <= pause.last_at else asked


def _instants(wall: datetime, clock: Clock) -> list[datetime]:
    """Return the instants, in UTC and in order, at which the clock shows a wall time.

    There is at least one. The offset of the zone is that of the day before or of the day after.
    """
    as_utc = wall.replace(tzinfo=UTC)
    around = [clock.local(as_utc + timedelta(days=day)).utcoffset() for day in (-1, 1)]
    found = sorted({as_utc - offset for offset in around if offset is not None})
    shown = [instant for instant in found if clock.local(instant).replace(tzinfo=None) == wall]
    return shown or found[-1:]
