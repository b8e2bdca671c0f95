"""The calm check: what two ratings advise, and the pulse."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.calm_check import (
    CALM,
    STIRRED,
    Advice,
    advise,
    counted_pulse,
    tapped_pulse,
    tapped_seconds,
)

_ratings = st.none() | st.integers(CALM, STIRRED)


@pytest.mark.parametrize(
    ("hottest", "now", "advice"),
    [
        (None, None, Advice.CHOOSE),
        (8, None, Advice.CHOOSE),
        (None, 5, Advice.CHOOSE),
        (8, 5, Advice.SOFTER),
        (5, 5, Advice.SAME),
        (5, 6, Advice.HIGHER),
        (2, 3, Advice.HIGHER),
        (10, 7, Advice.STILL_HIGH),
        (9, 9, Advice.STILL_HIGH),
        (8, 3, Advice.CALM),
        (0, 0, Advice.CALM),
    ],
)
def test_ratings_advise(hottest: int | None, now: int | None, advice: Advice) -> None:
    """The advice compares a person's rating with the own earlier one."""
    assert advise(hottest, now) is advice


@given(_ratings, _ratings)
def test_no_advice_without_both(hottest: int | None, now: int | None) -> None:
    """There is an advice for any two ratings, and none for a single one."""
    missing = hottest is None or now is None
    assert (advise(hottest, now) is Advice.CHOOSE) == missing


@pytest.mark.parametrize(("beats", "pulse"), [(0, 0), (35, 70), (48, 96)])
def test_counted_pulse(beats: int, pulse: int) -> None:
    """The beats of 30 seconds, twice, are the beats of a minute."""
    assert counted_pulse(beats) == pulse


@pytest.mark.parametrize("rate", [41, 60, 96, 150, 199])
def test_tapped_pulse(rate: int) -> None:
    """A person who taps along evenly for 15 seconds gets the rate of the taps."""
    gap = 60 / rate
    taps = [1000 + number * gap for number in range(int(15 / gap) + 2)]
    assert tapped_pulse(taps) == rate


@pytest.mark.parametrize("taps", [[], [1.0], [float(number) for number in range(15)]])
def test_too_few_taps(taps: list[float]) -> None:
    """Before 15 seconds of taps there is no pulse."""
    assert tapped_pulse(taps) is None


def test_fifteen_seconds_are_enough() -> None:
    """Sixteen taps, one each second, are 15 seconds and 60 beats a minute."""
    assert tapped_pulse([float(number) for number in range(16)]) == 60


def test_slips_are_dropped() -> None:
    """A double tap and a long gap count neither as beats nor as seconds."""
    taps = list(accumulate([*[0.75] * 10, 0.1, 4.0, *[0.75] * 10], initial=50.0))
    assert tapped_seconds(taps) == pytest.approx(15)
    assert tapped_pulse(taps) == 80


@given(st.lists(st.floats(0, 3), max_size=100))
def test_a_pulse_is_possible(gaps: list[float]) -> None:
    """However a person taps, a pulse is between 40 and 200."""
    pulse = tapped_pulse(list(accumulate(gaps, initial=0.0)))
    assert pulse is None or 40 <= pulse <= 200
