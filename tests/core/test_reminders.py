"""The moments at which something is said."""

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
    """A pause has a heads-up 2 minutes before, the return, and repeats until a day is over."""
    pause = _pause()
    assert _minutes(pause, Kind.HEADS_UP) == [-2]
    assert _minutes(pause, Kind.DUE) == [0]
    repeats = _minutes(pause, Kind.REPEAT)
    assert repeats[:7] == [2, 5, 10, 20, 30, 60, 120]
    assert repeats[-1] == 23 * 60
    assert _minutes(pause, Kind.LAST) == [23 * 60 + 30]


def test_a_heads_up_of_nothing_is_left_out() -> None:
    """With a heads-up of zero, the first moment is the return."""
    assert moments(_pause(), timedelta(0))[0].kind is Kind.DUE


def test_a_pause_of_a_day_is_said_to_be_due_last() -> None:
    """If the return is 24 h after the start, it is the last moment."""
    kinds = [moment.kind for moment in moments(_pause(24 * 60))]
    assert kinds == [Kind.HEADS_UP, Kind.DUE]


@given(st.integers(20, 24 * 60), st.integers(0, 15))
def test_moments_are_in_order_and_end_with_the_day(minutes: int, heads_up: int) -> None:
    """The moments of any pause are in order. The last one is 24 h after the start."""
    pause = _pause(minutes)
    found = moments(pause, timedelta(minutes=heads_up))
    assert all(before.at < after.at for before, after in pairwise(found))
    assert found[-1].at == EVENING + LONGEST
    assert sum(moment.kind is Kind.DUE for moment in found) == 1


@given(st.integers(20, 24 * 60), st.integers(-60, 26 * 60))
def test_the_latest_moment_is_the_last_that_has_come(minutes: int, after: int) -> None:
    """Moments up to the latest have come, and those after it have not."""
    pause = _pause(minutes)
    now = EVENING + timedelta(minutes=after)
    past, found = latest(pause, now), moments(pause)
    split = 0 if past is None else found.index(past) + 1
    assert all(moment.at <= now for moment in found[:split])
    assert all(moment.at > now for moment in found[split:])
