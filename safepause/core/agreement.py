"""What the two agreed on when calm: names, length, how often more time may be asked, heads-up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from safepause.core.clock import Clock
from safepause.core.pause import LONGEST, SHORTEST, Pause, Terms
from safepause.core.reminders import HEADS_UP

NAME_LENGTH = 60
"""The longest name, in characters: longer ones say nothing more and fit nowhere."""
DEFAULT_LENGTH = timedelta(minutes=30)
MORNING = time(9, 0)
"""What "tomorrow morning" means, by the wall clock."""
LATE_EVENING = time(21, 0)
"""From when on "tomorrow" is worth offering first: tired people rarely settle an argument."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The terms a new pause is called on."""

    names: tuple[str, ...] = ()
    length: timedelta = DEFAULT_LENGTH
    heads_up: timedelta = HEADS_UP
    terms: Terms = Terms()


def clean_name(text: str) -> str:
    """Return a name with its blanks folded.

    Raises:
        ValueError: the name is longer than `NAME_LENGTH` or holds control characters.

    """
    if any(unicodedata.category(char) == "Cc" and not char.isspace() for char in text):
        raise ValueError("control")
    folded = " ".join(text.split())
    if len(folded) > NAME_LENGTH:
        raise ValueError("long")
    return folded


def next_at(wall: time, clock: Clock) -> datetime:
    """Return the next instant, in UTC, at which this computer's clock shows `wall`.

    A time that a daylight-saving change skips or repeats is taken as the system takes it: the
    first of two, the hour after a gap.
    """
    now = clock.now()
    local = clock.local(now)
    for day in range(3):
        date = local.date() + timedelta(days=day)
        candidate = _instant(datetime.combine(date, wall), clock)
        if candidate > now:
            return candidate
    raise AssertionError(wall)  # two midnights later every wall time has come


def tomorrow_morning(clock: Clock, latest: datetime | None = None) -> datetime | None:
    """Return tomorrow's `MORNING`, or None if it is not inside 24 h (or not by `latest`)."""
    now = clock.now()
    date = clock.local(now).date() + timedelta(days=1)
    morning = _instant(datetime.combine(date, MORNING), clock)
    within = now + SHORTEST <= morning <= min(latest or now + LONGEST, now + LONGEST)
    return morning if within else None


def more_time(pause: Pause, now: datetime, extra: timedelta) -> datetime:
    """Return the new time that `extra` names: counted from the return, or from now once due."""
    return max(pause.return_at, now) + extra


def _instant(wall: datetime, clock: Clock) -> datetime:
    # The zone's offset at that wall time is not known before the instant is: two rounds settle it.
    guess = wall.replace(tzinfo=clock.local(clock.now()).tzinfo)
    for _ in range(2):
        guess = wall.replace(tzinfo=clock.local(guess).tzinfo)
    return guess.astimezone(UTC)
