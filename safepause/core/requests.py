"""Requests: commands are made here for a window, the tray, a hot key or the command line.

This module gives a command its identifier and its instants. `PauseService.apply` then carries out
exactly this command.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from safepause.core.agreement import more_time, promise
from safepause.core.pause import UNDO_WINDOW, Extend, Pause, Start, Terms

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings

When = timedelta | datetime
"""A length, or an instant in UTC."""


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
        when: the length of the pause, or the instant of the return.
        by: the name of the person who needs the pause; None or empty if nobody is named.
        at: the instant at which the person asked; None for now.

    """
    now = clock.now() if at is None else at
    agreement = settings.agreement
    length = agreement.length if when is None else when
    return Start(
        id=uuid4(),
        at=now,
        return_at=length if isinstance(length, datetime) else promise(now, length),
        called_by=by or None,
        terms=Terms(agreement.terms.extensions_allowed, UNDO_WINDOW * clock.speed),
        clock_time=isinstance(length, datetime),
    )


def extend(pause: Pause | None, clock: Clock, when: When, *, at: datetime | None = None) -> Extend:
    """Return a request for a new return time.

    Args:
        pause: the standing pause. Without a pause, the service refuses the request.
        clock: the clock.
        when: the instant of the new return, or a length. A length counts from the return time, or
            from `at` once the return is due.
        at: the instant at which the person asked; None for now.

    """
    now = clock.now() if at is None else at
    if isinstance(when, datetime):
        return Extend(now, when)
    return Extend(now, promise(now, when) if pause is None else more_time(pause, now, when))
