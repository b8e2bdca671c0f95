"""A call in the evening, and the pause that it leads to."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from safepause.core.decision import decide
from safepause.core.pause import Pause, Start, Transition
from tests.fakes import EVENING

TICK = timedelta(microseconds=1)
HALF_HOUR = timedelta(minutes=30)


def call(length: timedelta = HALF_HOUR) -> Start:
    """Return a call at `EVENING`."""
    return Start(uuid4(), EVENING, EVENING + length, "Alex")


def called(length: timedelta = HALF_HOUR) -> Pause:
    """Return the pause of a call at `EVENING`."""
    step = decide(None, call(length), EVENING)
    assert isinstance(step, Transition)
    assert step.pause is not None
    return step.pause
