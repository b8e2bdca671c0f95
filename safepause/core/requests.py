"""Requests: commands are made here for a window, the tray, a hot key or the command line.

This module gives a command its identifier and its instants. `PauseService.apply` then carries out
exactly this command.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from safepause.core.agreement import more_time, named_at, overnight_until, promise
from safepause.core.pause import UNDO_WINDOW, Extend, Pause, Start, Terms

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings

When = timedelta | datetime | time
"""A length, an instant in UTC, or a clock time that a person named without a day."""


def start(
    settings: Settings,
    clock: Clock,
    when: When | None = None,
    *,
    by: str | None = None,
    at: datetime | None = None,
) -> Start:
    """Return a call for a pause.

    Args:
        settings: the settings with the agreement, which has the length if `when` is None.
        clock: the clock, which also knows how fast the wall clock runs.
        when: the length of the pause, or the instant or the clock time of the return.
        by: the name of the person who needs the pause; None or empty if nobody is named.
        at: the instant at which the person asked; None for now.

    """
    now = clock.now() if at is None else at
    agreement = settings.agreement
    asked = _instant(agreement.length if when is None else when, clock, now)
    return Start(
        id=uuid4(),
        at=now,
        return_at=asked if isinstance(asked, datetime) else promise(now, asked),
        called_by=by or None,
        terms=Terms(agreement.terms.extensions_allowed, UNDO_WINDOW * clock.speed),
        clock_time=isinstance(asked, datetime),
    )


def extend(pause: Pause | None, clock: Clock, when: When, *, at: datetime | None = None) -> Extend:
    """Return a request for a new return time. Late in the evening, the morning is "overnight".

    Args:
        pause: the standing pause. Without a pause, the service refuses the request.
        clock: the clock.
        when: the instant or the clock time of the new return, or a length. A length counts from
            the return time, or from `at` once the return is due.
        at: the instant at which the person asked; None for now.

    """
    now = clock.now() if at is None else at
    asked = _instant(when, clock, now)
    if isinstance(asked, datetime):
        overnight = pause is not None and asked == overnight_until(pause, clock, now)
        return Extend(now, asked, clock_time=True, overnight=overnight)
    return Extend(now, promise(now, asked) if pause is None else more_time(pause, now, asked))


def _instant(when: When, clock: Clock, now: datetime) -> timedelta | datetime:
    return named_at(when, clock, now) if isinstance(when, time) else when
