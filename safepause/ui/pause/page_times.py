"""The times on the pages of a pause: how they are shown, and when they change."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause


def bold_time(sentence: str, time: str) -> str:
    """Return, as HTML, a sentence in which the clock time is bold."""
    return _escaped(sentence).replace(_escaped(time), f"<b>{_escaped(time)}</b>")


def _escaped(text: str) -> str:
    """Return plain text as HTML. The import of the module `html` would take 4 ms."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def seconds_until(instant: datetime, clock: Clock) -> float:
    """Return the real seconds until the clock shows `instant`, and a little more; at least 0.2."""
    real = clock.real(instant) - clock.real(clock.now())
    return max(0.2, real.total_seconds() + 0.02)


def until_next_minute(pause: Pause, clock: Clock) -> float:
    """Return the real seconds until the minutes left change."""
    left = pause.return_at - clock.now()
    return seconds_until(clock.now() + left % timedelta(minutes=1), clock)
