"""A standing pause follows a clock that is put right: its length or its named time stays."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.origin import Origin
from safepause.core.pause import (
    LONGEST,
    SHORTEST,
    Correct,
    Ending,
    Reason,
    Refusal,
    State,
)
from safepause.core.service import Accepted
from tests.core.calls import HALF_HOUR
from tests.core.home import Home
from tests.fakes import EVENING, FakeClock
from tests.zones import zone_of

MINUTE, HOUR, YEAR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=365)


@pytest.mark.parametrize("ahead", [2 * HOUR, YEAR, 400 * YEAR, 90 * MINUTE, timedelta(hours=25)])
def test_a_pause_of_a_fast_clock_keeps_its_length(ahead: timedelta) -> None:
    """A clock that is put right moves the pause. It is kept, and the listeners are told once."""
    home = Home(ahead)
    home.couple.call("Alex")
    home.clock.move(minutes=1)
    home.step(-ahead)
    assert (home.pause.started_at, home.pause.return_at) == (EVENING, EVENING + HALF_HOUR)
    assert home.pause.promised_at == home.pause.return_at
    assert (home.pause.called_by, home.pause.extensions) == ("Alex", 0)
    accepted = home.told[-1]
    assert (len(home.told), accepted.origin) == (2, Origin.CLOCK)
    assert isinstance(accepted.transition.command, Correct)
    assert accepted.transition.moves_return
    home.service.follow_clock()
    assert len(home.told) == 2


@pytest.mark.parametrize("noise", [-1.9, -0.01, 0.01, 1.9])
def test_clocks_are_not_read_at_one_instant(noise: float) -> None:
    """A step is measured with an error. It makes the pause no minute longer or shorter."""
    home = Home(2 * HOUR)
    home.couple.call()
    home.step(-2 * HOUR + timedelta(seconds=noise))
    assert home.pause.return_at == EVENING + HALF_HOUR
    assert abs(home.left - HALF_HOUR) <= timedelta(seconds=2)


@pytest.mark.parametrize("minutes", [1, 25, 29])
def test_a_fast_clock_that_is_put_right_late(minutes: int) -> None:
    """However old the pause is, a clock that is set back moves it."""
    home = Home(2 * HOUR)
    home.couple.call()
    home.clock.move(minutes=minutes)
    home.step(-2 * HOUR)
    assert home.left == HALF_HOUR - minutes * MINUTE


def test_a_fresh_pause_of_a_slow_clock_keeps_its_length() -> None:
    """A clock that is put forward in the first 20 minutes moves the pause, so it isn't short."""
    home = Home(-2 * HOUR)
    home.couple.call()
    home.clock.move(minutes=19)
    home.step(2 * HOUR)
    assert (home.pause.started_at, home.pause.return_at) == (EVENING, EVENING + HALF_HOUR)


def test_an_old_promise_stays_where_the_clock_is_set_forward() -> None:
    """After 20 minutes both know the clock time: it stays, and the return is due earlier."""
    home = Home()
    home.couple.call()
    before = home.pause
    home.clock.move(minutes=21)
    home.step(HOUR)
    assert home.pause == before
    assert home.service.state is State.DUE
    assert len(home.told) == 1


def test_a_promise_is_fresh_by_the_clock_that_was_put_right() -> None:
    """After a step the 20 minutes count from the call, also after one in an earlier run."""
    for restarts in (False, True):
        home = Home(10 * MINUTE)
        home.couple.call(when=HOUR)
        home.clock.set(EVENING)
        if restarts:
            home.start()
        home.service.follow_clock()
        home.clock.move(minutes=25)
        home.step(HOUR)
        assert home.left == -15 * MINUTE


def test_a_new_time_is_a_fresh_promise() -> None:
    """A new time that was asked for is fresh again, for 20 minutes."""
    home = Home(-2 * HOUR)
    home.couple.call()
    home.clock.move(minutes=31)
    home.couple.extend(SHORTEST)
    home.step(2 * HOUR)
    assert home.pause.return_at == EVENING + 51 * MINUTE


def test_a_clock_that_is_set_wrong_and_right_again_changes_nothing() -> None:
    """Forward and back, and back and forward: in the end the return is where it was."""
    for first in (HOUR, -HOUR):
        for age in (1, 25):
            home = Home()
            home.couple.call()
            before = home.pause
            home.clock.move(minutes=age)
            home.step(first)
            home.clock.move(minutes=1)
            home.step(-first)
            assert home.pause == before
            assert home.left == HALF_HOUR - (age + 1) * MINUTE


def test_steps_add_up() -> None:
    """Many steps move the pause as one step does. The return stays a whole minute."""
    home = Home()
    home.couple.call()
    for number in range(100):
        home.clock.move(seconds=1)
        home.step(timedelta(seconds=-7 - number % 5))
    assert home.pause.return_at.second == 0
    assert timedelta(0) <= home.left - (HALF_HOUR - timedelta(seconds=100)) < MINUTE


def test_small_steps_change_nothing_that_was_said() -> None:
    """A step of less than a minute leaves the return, and nobody is told of another one."""
    home = Home()
    home.couple.call()
    for seconds in (30, 29, -50, -20, -30):
        home.step(timedelta(seconds=seconds))
        assert home.pause.return_at == EVENING + HALF_HOUR
        assert home.pause.started_at <= home.clock.now()
    assert not any(each.transition.moves_return for each in home.told)


def test_clocks_that_differ_by_a_second_are_no_step() -> None:
    """Two readings of two clocks are never quite even. Nothing is written for that."""
    home = Home()
    home.couple.call()
    home.clock.move(minutes=1)
    for seconds in (1.9, -1.9, -1.9, 1.9):
        home.step(timedelta(seconds=seconds))
    assert len(home.told) == 1


def test_a_sleep_is_no_correction() -> None:
    """In a sleep the wall clock moves on with the steady clock, so the return comes due."""
    home = Home()
    home.couple.call()
    before = home.pause
    home.clock.sleep(minutes=31)
    home.service.follow_clock()
    assert (home.pause, home.service.state) == (before, State.DUE)


def test_a_sleep_without_a_steady_clock_is_no_correction() -> None:
    """A virtual computer slept, and only the wall clock is ahead: the system tells of the sleep."""
    home = Home()
    home.couple.call()
    before = home.pause
    for _ in range(2):
        home.clock.set(home.clock.now() + 16 * MINUTE)
        home.service.follow_clock(slept=True)
    assert (home.pause, home.service.state) == (before, State.DUE)
    home.step(-HOUR)
    assert home.left == -2 * MINUTE


def test_a_clock_put_back_in_a_sleep_is_a_correction() -> None:
    """A wrong clock that is put right while the computer sleeps moves the pause, too."""
    home = Home(2 * HOUR)
    home.couple.call()
    home.clock.sleep(minutes=10)
    home.clock.set(home.clock.now() - 2 * HOUR)
    home.service.follow_clock(slept=True)
    assert home.left == SHORTEST


def test_a_step_is_known_until_the_pause_has_followed_it() -> None:
    """The service knows of a step since the last look. Without a steady clock it knows of none."""
    home = Home()
    assert not home.service.clock_was_set()
    home.couple.call()
    for by, known in ((-HOUR, True), (HOUR, True), (timedelta(seconds=1), False)):
        home.clock.set(home.clock.now() + by)
        assert home.service.clock_was_set() is known
        home.service.follow_clock()
        assert not home.service.clock_was_set()
    home.clock.has_steady = False
    home.clock.set(home.clock.now() + HOUR)
    assert not home.service.clock_was_set()


def test_another_zone_is_no_correction() -> None:
    """Somebody travels: the clock shows another time, and the pause ends when it would."""
    home = Home()
    home.couple.call()
    before = home.pause
    home.clock.zone = zone_of("Asia/Kathmandu")
    home.service.follow_clock()
    assert (home.pause, len(home.told)) == (before, 1)


@pytest.mark.parametrize(
    ("ahead", "named", "back"),
    [
        pytest.param(2 * HOUR, 150, 30, id="fast clock, the time that it showed"),
        pytest.param(10 * HOUR, 30, 30, id="fast clock, the time of a watch"),
        pytest.param(-2 * HOUR, -90, 30, id="slow clock, the time that it showed"),
        pytest.param(-2 * HOUR, 30, 30, id="slow clock, the time of a watch"),
        pytest.param(YEAR, 45, 45, id="a year"),
        pytest.param(3 * HOUR, 770, 770, id="tomorrow morning, by a fast clock"),
        pytest.param(-3 * HOUR, 770, 770, id="tomorrow morning, by a slow clock"),
    ],
)
@pytest.mark.parametrize("restarts", [False, True], ids=["one run", "restarted"])
def test_a_named_clock_time_stays_unless_the_pause_gets_far_longer(
    ahead: timedelta, named: int, back: int, *, restarts: bool
) -> None:
    """The clock time stays. If the pause would get longer by more than half, its length stays."""
    home = Home(ahead)
    wall = home.clock.local(EVENING + named * MINUTE).time()
    assert isinstance(home.couple.call(when=wall), Accepted)
    home.clock.move(minutes=1)
    if restarts:
        home.start()
    home.step(-ahead)
    assert home.pause.return_at == EVENING + back * MINUTE
    assert home.pause.promised_at == home.pause.return_at


@pytest.mark.parametrize("restarts", [False, True], ids=["one run", "restarted"])
def test_a_named_clock_time_comes_back_with_the_clock(*, restarts: bool) -> None:
    """Set wrong in many steps and right again, the return is as it was named."""
    home = Home()
    home.couple.call(when=home.clock.local(EVENING + 40 * MINUTE).time())
    for by in (-HOUR, 10 * MINUTE, -YEAR, YEAR, 50 * MINUTE):
        home.step(by)
        if restarts:
            home.start()
    assert home.pause.return_at == EVENING + 40 * MINUTE
    assert home.pause.started_at == EVENING


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu"])
def test_a_named_clock_time_is_an_instant_where_it_was_named(zone: str) -> None:
    """Somebody who travels after "until 20:40" comes back at that instant, whatever clocks show."""
    home = Home()
    home.couple.call(when=home.clock.local(EVENING + 30 * MINUTE).time())
    home.clock.zone = zone_of(zone)
    home.service.follow_clock()
    home.start()
    home.service.follow_clock()
    assert home.pause.return_at == EVENING + HALF_HOUR


SATURDAY = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
"""23:00 in Berlin, in the night in which summer time begins: 02:00 becomes 03:00."""


@pytest.mark.parametrize(
    ("ahead", "wall", "back"),
    [
        pytest.param(timedelta(0), time(9), 9 * 60, id="right clock"),
        pytest.param(timedelta(hours=3), time(9), 9 * 60, id="fast, past the change"),
        pytest.param(timedelta(hours=-2), time(9), 9 * 60, id="slow, the change is to come"),
        pytest.param(timedelta(days=1), time(9), 9 * 60, id="a day fast: summer time at the call"),
        pytest.param(timedelta(days=-1), time(9), 9 * 60, id="a day slow: no change that night"),
        pytest.param(timedelta(days=1), time(2, 30), 3 * 60 + 30, id="a time that is left out"),
    ],
)
def test_a_named_clock_time_in_the_night_of_summer_time(
    ahead: timedelta, wall: time, back: int
) -> None:
    """09:00 is 09:00 by the clocks on the wall, also if only the clock that is put right changes.

    02:30 is left out that night, and is 03:30 by then.
    """
    clock = FakeClock(SATURDAY + ahead, zone_of("Europe/Berlin"))
    home = Home(clock=clock)
    home.couple.call(when=wall)
    clock.move(minutes=1)
    home.step(-ahead)
    assert home.pause.return_at == SATURDAY + timedelta(minutes=back)
    assert clock.local(home.pause.return_at).hour == (9 if wall == time(9) else 3)


def test_a_named_new_time_stays() -> None:
    """`extend` with a clock time keeps it, while the first promise moves with the clock."""
    home = Home(-2 * HOUR)
    home.couple.call()
    home.couple.extend(EVENING + 40 * MINUTE)
    home.step(2 * HOUR)
    assert home.pause.return_at == EVENING + 40 * MINUTE
    assert home.pause.promised_at == EVENING + HALF_HOUR


def test_a_promise_is_never_after_the_return() -> None:
    """The first promise was longer than the clock time that was named later: both are that time."""
    home = Home(-2 * HOUR)
    home.couple.call(when=HOUR)
    home.couple.extend(EVENING + 40 * MINUTE)
    home.step(2 * HOUR)
    assert home.pause.promised_at == home.pause.return_at == EVENING + 40 * MINUTE


@pytest.mark.parametrize("ahead", [2 * HOUR, YEAR])
def test_a_slip_can_be_undone_after_a_step(ahead: timedelta) -> None:
    """Undo is open for 10 seconds, whatever the clock shows. Then nothing is kept."""
    home = Home(ahead)
    home.couple.call()
    home.clock.move(seconds=5)
    home.clock.set(home.clock.now() - ahead)
    assert isinstance(home.couple.undo(), Accepted)
    assert (home.store.pause, home.store.ended) == (None, [])
    home.couple.call()
    home.clock.move(seconds=11)
    home.clock.set(home.clock.now() + ahead)
    assert home.couple.undo() == Refusal(Reason.TOO_LATE_TO_UNDO)


def test_an_end_has_the_times_of_the_right_clock() -> None:
    """The outcome of a pause that moved is on time, with the right dates."""
    home = Home(YEAR)
    home.couple.call()
    home.clock.move(minutes=31)
    home.clock.set(home.clock.now() - YEAR)
    home.couple.come_back()
    (outcome,) = home.store.ended
    assert (outcome.started_at, outcome.promised_at) == (EVENING, EVENING + HALF_HOUR)
    assert outcome.ended_at == EVENING + 31 * MINUTE
    assert isinstance(home.couple.call(), Accepted)


def test_an_end_by_a_fast_clock_stands_in_no_later_pauses_way() -> None:
    """An outcome of the year to come makes no command of today look late."""
    home = Home(YEAR)
    home.couple.call()
    home.couple.come_back()
    home.clock.set(EVENING)
    home.couple.call()
    home.clock.set(EVENING - timedelta(seconds=1))
    assert isinstance(home.couple.come_back(), Accepted)


@pytest.mark.parametrize("ahead", [2 * HOUR, YEAR])
@pytest.mark.parametrize("length", [HALF_HOUR, LONGEST])
def test_a_start_in_the_future_is_now(ahead: timedelta, length: timedelta) -> None:
    """A pause of an earlier run has begun by now, so its return is at most 24 h ahead."""
    home = Home(ahead)
    home.couple.call("Alex", when=length)
    home.clock.set(EVENING)
    home.start()
    assert len(home.told) == 0
    home.service.follow_clock()
    assert home.left == length
    assert (home.pause.started_at, home.pause.called_by) == (EVENING, "Alex")
    home.clock.move(minutes=1)
    home.service.follow_clock()
    assert home.left == length - MINUTE
    home.couple.come_back()
    assert home.store.ended[0].ending is Ending.RETURNED
    assert isinstance(home.couple.call(), Accepted)


def test_a_fresh_promise_of_an_earlier_run_is_fresh() -> None:
    """How fresh a promise is counts from the call, not from the start of the program."""
    home = Home()
    home.couple.call(when=HOUR)
    home.clock.move(minutes=10)
    home.start()
    home.step(HOUR)
    assert home.left == 50 * MINUTE
    home.clock.move(minutes=11)
    home.start()
    home.step(HOUR)
    assert home.left == -21 * MINUTE


def one_clock() -> FakeClock:
    """Return the clock, a year fast, of a computer without a steady clock."""
    clock = FakeClock(EVENING + YEAR)
    clock.has_steady = False
    return clock


def test_without_a_steady_clock_a_return_is_at_most_a_day_ahead() -> None:
    """A clock that is set back can't be measured there, but a pause never begins in the future."""
    home = Home(clock=one_clock())
    home.couple.call()
    home.clock.move(minutes=1)
    home.step(-YEAR)
    assert home.left == HALF_HOUR - MINUTE + MINUTE
    home.clock.sleep(hours=1)
    home.service.follow_clock()
    assert home.service.state is State.DUE


def test_without_a_steady_clock_a_named_time_stays_too() -> None:
    """A clock time that was named by a clock that is a year fast is that of today, if it stays."""
    home = Home(clock=one_clock())
    home.couple.call(when=home.clock.local(EVENING + 45 * MINUTE).time())
    home.step(-YEAR - 30 * MINUTE)
    assert home.pause.return_at == EVENING + 15 * MINUTE
    home.couple.come_back()
    home.clock.set(EVENING + YEAR)
    home.couple.call(when=home.clock.local(EVENING + 45 * MINUTE).time())
    home.step(-YEAR + 10 * MINUTE)
    assert home.pause.return_at == EVENING + 45 * MINUTE


def test_more_time_counts_from_the_moved_return() -> None:
    """A length more, asked for after a step, counts from the return that has moved."""
    home = Home(2 * HOUR)
    home.couple.call()
    home.clock.move(minutes=1)
    home.clock.set(home.clock.now() - 2 * HOUR)
    home.service.follow_clock()
    home.couple.extend(SHORTEST)
    assert home.pause.return_at == EVENING + HALF_HOUR + SHORTEST


def test_what_is_due_stays_due() -> None:
    """A step while the return is due moves it, and it stays due."""
    for step in (-YEAR, -90.5 * MINUTE, -61 * timedelta(seconds=1)):
        home = Home()
        home.couple.call()
        home.clock.move(minutes=30, seconds=20)
        home.step(step)
        assert home.service.state is State.DUE
        assert home.left > -2 * MINUTE


def test_what_cant_be_saved_is_moved_in_memory() -> None:
    """On a full disk the pause moves, and the listeners are told that it isn't kept."""
    home = Home(2 * HOUR)
    home.couple.call()
    home.store.full = True
    home.clock.set(home.clock.now() - 2 * HOUR)
    home.service.follow_clock()
    assert home.service.pause is not None
    assert home.service.pause.return_at == EVENING + HALF_HOUR
    assert not home.told[-1].kept


steps = st.integers(-800 * 86400, 800 * 86400) | st.integers(-7200, 7200) | st.integers(-70, 70)


@given(
    length=st.sampled_from([20, 30, 720, 1440]),
    way=st.sampled_from(["a length", "a clock time"]),
    parts=st.lists(st.tuples(steps, st.integers(0, 1500)), max_size=8),
)
def test_no_return_is_more_than_a_day_ahead(
    length: int,
    way: str,
    parts: list[tuple[int, int]],
) -> None:
    """Whatever steps come, the pause has begun, and ends within a day. A length gets no longer."""
    home = Home()
    begun, whole = home.clock.ticks, timedelta(minutes=length)
    home.couple.call(when=EVENING + whole if way == "a clock time" else whole)
    for step, passing in parts:
        home.step(timedelta(seconds=step))
        assert home.pause.started_at <= home.clock.now()
        assert home.left <= LONGEST
        assert home.pause.return_at <= home.pause.last_at
        passed = timedelta(seconds=home.clock.ticks - begun)
        assert way == "a clock time" or home.left <= whole - passed + MINUTE
        home.clock.move(seconds=passing)


def test_a_year_near_the_end_of_time_is_no_error() -> None:
    """A clock at the end of the calendar can be put right."""
    home = Home(clock=FakeClock(datetime(9998, 12, 30, tzinfo=UTC)))
    home.couple.call()
    home.clock.set(EVENING)
    home.service.follow_clock()
    assert home.left == HALF_HOUR
