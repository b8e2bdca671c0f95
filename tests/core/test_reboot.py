"""A pause that stands while the computer starts again, perhaps with a wrong clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.pause import LONGEST, SHORTEST, State
from safepause.core.service import Accepted
from tests.core.calls import HALF_HOUR
from tests.core.home import Home
from tests.fakes import EVENING

RIGHT, MINUTE, HOUR, YEAR = (timedelta(0), timedelta(minutes=1), timedelta(hours=1), timedelta(365))
DEAD = -56 * YEAR
"""The battery of the clock is empty: the computer starts in 1970."""


def started_again(home: Home, off: timedelta) -> None:
    """Start the computer again at 20:13, with a clock that is `off`. A minute passes."""
    home.clock.set(EVENING)  # the time that really is
    home.reboot(EVENING + 3 * MINUTE + off)
    home.clock.move(minutes=1)


def really(instant: datetime) -> float:
    """Return how many minutes after the call an instant of the right clock is."""
    return (instant - EVENING) / MINUTE


@pytest.mark.parametrize(
    ("called", "booted", "back"),
    [
        pytest.param(RIGHT, DEAD, 30, id="1970, put right"),
        pytest.param(RIGHT, -2 * YEAR, 30, id="the time of the build, put right"),
        pytest.param(RIGHT, -HOUR, 30, id="an hour behind, put right"),
        pytest.param(RIGHT, -MINUTE, 30, id="a minute behind, put right"),
        pytest.param(RIGHT, RIGHT, 30, id="right, or put right before the program starts"),
        pytest.param(RIGHT, HOUR, 30, id="an hour ahead, put right"),
        pytest.param(RIGHT, YEAR, 30, id="a year ahead, put right"),
        pytest.param(2 * HOUR, RIGHT, 33, id="called fast, put right before the program starts"),
        pytest.param(2 * HOUR, HOUR, 33, id="called fast, less fast, put right"),
        pytest.param(2 * HOUR, -HOUR, 33, id="called fast, then slow, put right"),
        pytest.param(2 * HOUR, DEAD, 33, id="called fast, 1970, put right"),
        pytest.param(2 * HOUR, 2 * HOUR, 30, id="called fast, as fast, put right"),
        pytest.param(YEAR, YEAR, 30, id="called a year fast, as fast, put right"),
        pytest.param(-2 * HOUR, RIGHT, -90, id="called slow, put right before the program starts"),
        pytest.param(-2 * HOUR, -2 * HOUR, -90, id="called slow, as slow, put right"),
        pytest.param(-2 * HOUR, HOUR, -90, id="called slow, then fast, put right"),
        pytest.param(DEAD, DEAD, 30, id="called in 1970, 1970 again, put right"),
    ],
)
def test_a_pause_from_before_the_start_of_the_computer(
    called: timedelta, booted: timedelta, back: float
) -> None:
    """It comes out right, or as long after the start of the program, or early, but never late."""
    home = Home(called)
    home.couple.call()
    started_again(home, booted)
    assert home.pause.started_at <= home.clock.now()
    assert home.left <= HALF_HOUR
    if booted:
        home.step(-booted)
    assert really(home.clock.now()) == 4
    assert really(home.pause.return_at) == back
    assert home.pause.promised_at == home.pause.return_at
    assert home.pause.started_at <= home.clock.now()


@pytest.mark.parametrize("booted", [DEAD, -HOUR, RIGHT, HOUR, YEAR])
def test_a_pause_that_is_called_after_the_start_of_the_computer(booted: timedelta) -> None:
    """Called by the clock that the computer started with: its length stays as that is put right."""
    home = Home()
    home.reboot(EVENING + booted)
    home.couple.call()
    home.clock.move(minutes=4)
    home.step(-booted)
    assert really(home.pause.return_at) == 30


@pytest.mark.parametrize("booted", [DEAD, -30 * HOUR, 30 * HOUR, YEAR])
@pytest.mark.parametrize("age", [1, 21, 29])
def test_a_pause_is_not_over_by_a_step(booted: timedelta, age: int) -> None:
    """A step that would leave a pause a day behind moves it, however old the promise is."""
    home = Home(booted)
    home.couple.call()
    home.clock.move(minutes=age)
    home.step(-booted)
    assert really(home.pause.return_at) == 30
    assert home.service.state is State.PAUSED


def test_a_return_that_looked_due_is_not_due_by_the_right_clock() -> None:
    """The computer starts an hour ahead: the return looks due, until the clock is put right."""
    home = Home()
    home.couple.call()
    started_again(home, HOUR)
    assert home.service.state is State.DUE
    home.step(-HOUR)
    assert (home.service.state, home.left) == (State.PAUSED, 26 * MINUTE)


@pytest.mark.parametrize("first", [-56 * YEAR, -HOUR])
def test_steps_of_the_clock_that_the_computer_started_with(first: timedelta) -> None:
    """A clock that is put right in two steps, and set wrong and right again, loses nothing."""
    home = Home()
    home.couple.call()
    started_again(home, first)
    home.step(-first - 10 * MINUTE)
    home.step(10 * MINUTE)
    for by in (-HOUR, HOUR, HOUR, -HOUR, DEAD, -DEAD):
        home.step(by)
    assert really(home.pause.return_at) == 30
    home.clock.sleep(minutes=26)
    home.service.follow_clock()
    assert home.service.state is State.DUE


def test_the_second_start_has_a_right_clock() -> None:
    """Started in 1970, and then once more: the pause is as it was called, not over since 1970."""
    home = Home()
    home.couple.call(when=HOUR)
    started_again(home, DEAD)
    assert home.pause.return_at < EVENING - YEAR
    home.reboot(EVENING + 10 * MINUTE)
    assert really(home.pause.return_at) == 60
    assert home.pause.started_at == EVENING


def test_the_second_start_is_in_1970_too() -> None:
    """Started twice in 1970, then put right: the pause stands, and gets no longer."""
    home = Home()
    home.couple.call(when=HOUR)
    started_again(home, DEAD)
    home.reboot(EVENING + 3 * MINUTE + DEAD)
    home.clock.move(minutes=1)
    home.step(-DEAD + 4 * MINUTE)
    assert timedelta(0) < home.left <= HOUR


def test_the_program_starts_again_before_the_clock_is_right() -> None:
    """An update restarts the program in 1970: what the clock was at the call is not forgotten."""
    home = Home()
    home.couple.call()
    started_again(home, DEAD)
    home.start()
    home.step(-DEAD)
    assert really(home.pause.return_at) == 30


@pytest.mark.parametrize("off", [-HOUR, HOUR, DEAD])
def test_a_pause_of_a_computer_without_a_steady_clock(off: timedelta) -> None:
    """There, too, it begins by now, and ends within a day."""
    home = Home()
    home.clock.has_steady = False
    home.couple.call()
    started_again(home, off)
    home.step(-off)
    assert home.pause.started_at <= home.clock.now()
    assert home.left <= HALF_HOUR


@pytest.mark.parametrize(
    ("booted", "length", "back"),
    [
        pytest.param(DEAD, HALF_HOUR, 50, id="1970"),
        pytest.param(-HOUR, 8 * HOUR, 500, id="an hour behind"),
        pytest.param(HOUR, 8 * HOUR, 500, id="an hour ahead"),
        pytest.param(HOUR, HALF_HOUR, 24, id="an hour ahead, the return looks due"),
    ],
)
def test_more_time_before_the_clock_is_right(
    booted: timedelta, length: timedelta, back: float
) -> None:
    """More time counts from the return as it was promised, or from now if that looks due."""
    home = Home()
    home.couple.call(when=length)
    started_again(home, booted)
    assert isinstance(home.couple.extend(SHORTEST), Accepted)
    home.step(-booted)
    assert really(home.pause.return_at) == back


def test_more_time_in_1970_that_has_grown_old() -> None:
    """A new time that was given in 1970 is not over when the clock is put right much later."""
    home = Home()
    home.couple.call()
    started_again(home, DEAD)
    home.clock.move(minutes=30)
    assert home.service.state is State.DUE
    home.couple.extend(HALF_HOUR)
    home.clock.move(minutes=25)
    home.step(-DEAD)
    assert home.left == 2 * MINUTE  # the clock had stood still while the computer was off


def test_more_time_keeps_what_was_moved_back() -> None:
    """The clock is wrongly set back, more time is asked for, and the clock is put right late."""
    home = Home()
    home.couple.call()
    home.clock.move(minutes=5)
    home.step(-HOUR)
    home.couple.extend(SHORTEST)
    home.clock.move(minutes=25)
    home.step(HOUR)
    assert really(home.pause.return_at) == 50


@pytest.mark.parametrize("off", [-2 * HOUR, 2 * HOUR])
def test_a_clock_that_is_put_right_while_the_program_does_not_run(off: timedelta) -> None:
    """A clock that was set back is measured then, too. One that was set forward may have slept."""
    home = Home(off)
    home.couple.call()
    home.clock.move(minutes=3)
    home.clock.set(EVENING + 3 * MINUTE)
    home.start()
    home.service.follow_clock()
    assert really(home.pause.return_at) == (30 if off > RIGHT else -90)
    home.clock.move(minutes=1)
    home.step(-HOUR)
    home.step(HOUR)
    assert really(home.pause.return_at) == (30 if off > RIGHT else -90)


def test_a_sleep_without_the_clocks_is_known_to_the_next_run() -> None:
    """A virtual computer slept, the program starts again, and only then the clock is set back."""
    home = Home()
    home.couple.call(when=8 * HOUR)
    home.clock.set(home.clock.now() + 2 * HOUR)
    home.service.follow_clock(slept=True)
    home.clock.set(home.clock.now() - HOUR)
    home.start()
    home.service.follow_clock()
    assert home.left == 6 * HOUR


def test_the_longest_pause_of_a_wrong_clock() -> None:
    """A pause of a day, called a year fast, never ends more than a day ahead."""
    for booted in (RIGHT, HOUR, -HOUR, YEAR, DEAD):
        home = Home(YEAR)
        home.couple.call(when=LONGEST)
        started_again(home, booted)
        assert home.left <= LONGEST
        home.step(-booted)
        assert LONGEST - 4 * MINUTE <= home.left <= LONGEST


wrong = st.integers(-30_000_000, 30_000_000) | st.integers(-2000, 2000)
"""By how many minutes a clock is wrong when the computer starts."""


@given(
    length=st.sampled_from([20, 30, 720, 1440]),
    way=st.sampled_from(["a length", "a clock time"]),
    starts=st.lists(st.tuples(wrong, st.integers(0, 300), st.integers(0, 300)), max_size=6),
)
def test_no_start_of_the_computer_moves_a_pause_for_good(
    length: int, way: str, starts: list[tuple[int, int, int]]
) -> None:
    """Called by a right clock: however wrong later starts are, once put right the return stays."""
    home, passed, whole = Home(), 0, timedelta(minutes=length)
    home.couple.call(when=EVENING + whole if way == "a clock time" else whole)
    for off, took, ran in starts:
        if passed + took + ran >= 24 * 60:
            break
        home.reboot(EVENING + (passed + took + off) * MINUTE)
        assert home.pause.started_at <= home.clock.now()
        assert home.left <= (1.5 * whole if way == "a clock time" else whole)
        home.clock.move(minutes=ran)
        passed += took + ran
        home.step(-off * MINUTE)
        assert really(home.clock.now()) == passed
        assert really(home.pause.return_at) == length
