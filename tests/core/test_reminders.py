"""When something is said: a plain list of moments."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from safepause.core.pause import LONGEST, Pause
from safepause.core.reminders import Kind, latest, moments
from tests.fakes import EVENING


def _pause(minutes: int = 30) -> Pause:
    back = EVENING + timedelta(minutes=minutes)
    return Pause(uuid4(), EVENING, back, back)


def _minutes(pause: Pause, kind: Kind) -> list[int]:
    return [
        int((moment.at - pause.return_at).total_seconds() // 60)
        for moment in moments(pause)
        if moment.kind is kind
    ]


def test_a_pause_has_its_moments() -> None:
    """Heads-up 2 minutes before, the return, gentle repeats, then hourly until a day has passed."""
    pause = _pause()
    assert _minutes(pause, Kind.HEADS_UP) == [-2]
    assert _minutes(pause, Kind.DUE) == [0]
    repeats = _minutes(pause, Kind.REPEAT)
    assert repeats[:7] == [2, 5, 10, 20, 30, 60, 120]
    assert repeats[-1] == 23 * 60
    assert _minutes(pause, Kind.LAST) == [23 * 60 + 30]


def test_a_heads_up_of_nothing_is_left_out() -> None:
    """Who agreed on no heads-up hears of the return first."""
    assert moments(_pause(), timedelta(0))[0].kind is Kind.DUE


def test_a_pause_of_a_day_is_said_to_be_due_last() -> None:
    """A return 24 hours after the start is the last moment itself."""
    kinds = [moment.kind for moment in moments(_pause(24 * 60))]
    assert kinds == [Kind.HEADS_UP, Kind.DUE]


@given(st.integers(20, 24 * 60), st.integers(0, 15))
def test_moments_are_in_order_and_end_with_the_day(minutes: int, heads_up: int) -> None:
    """Whatever the length, moments come one after the other, the last 24 hours after the start."""
    pause = _pause(minutes)
    found = moments(pause, timedelta(minutes=heads_up))
    assert all(before.at < after.at for before, after in pairwise(found))
    assert found[-1].at == EVENING + LONGEST
    assert sum(moment.kind is Kind.DUE for moment in found) == 1


@given(st.integers(20, 24 * 60), st.integers(-60, 26 * 60))
def test_the_latest_moment_is_the_last_that_has_come(minutes: int, after: int) -> None:
    """At every instant the latest moment splits those that have come from those to come."""
    pause = _pause(minutes)
    now = EVENING + timedelta(minutes=after)
    past, found = latest(pause, now), moments(pause)
    split = 0 if past is None else found.index(past) + 1
    assert all(moment.at <= now for moment in found[:split])
    assert all(moment.at > now for moment in found[split:])
