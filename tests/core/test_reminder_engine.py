"""What is said and when, and that it is said once, whatever the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.pause import LONGEST
from safepause.core.reminders import Kind
from tests.core.world import BACK, World
from tests.couple import Couple
from tests.fakes import EVENING


def test_a_pause_left_alone_is_announced_until_the_day_is_over(world: World) -> None:
    """Heads-up, return, repeats and last repeat come at their times. Then nothing is scheduled."""
    world.scheduler.run_until(EVENING + LONGEST)
    assert world.kinds[:2] == [Kind.HEADS_UP, Kind.DUE]
    assert world.kinds[-1] is Kind.LAST
    assert set(world.kinds[2:-1]) == {Kind.REPEAT}
    assert [one.late_by for one in world.said[:3]] == [
        timedelta(0),
        timedelta(0),
        timedelta(minutes=2),
    ]
    assert world.scheduler.instant is None
    assert world.service.pause is not None


def test_idle_schedules_nothing() -> None:
    """Without a pause nothing is scheduled."""
    world = World()
    assert world.scheduler.instant is None


def test_a_second_check_says_nothing_new(world: World) -> None:
    """Several checks say a moment once."""
    for _ in range(3):
        world.look_at(-1)
    for _ in range(3):
        world.look_at(0)
    assert world.kinds == [Kind.HEADS_UP, Kind.DUE]


def test_a_return_missed_in_sleep_is_said_once_as_due(world: World) -> None:
    """After hours of sleep one thing is said: that the return is due, and since when."""
    world.look_at(200)
    assert world.kinds == [Kind.DUE]
    assert world.said[0].late_by == timedelta(minutes=200)


def test_a_return_missed_while_the_program_was_off_is_said_at_the_start(world: World) -> None:
    """A new program says at once, and once, that the return is due."""
    world.clock.set(BACK + timedelta(hours=3))
    world.start()
    world.engine.check()
    assert world.kinds == [Kind.DUE]


def test_after_the_last_word_a_new_program_says_due_and_sleeps(world: World) -> None:
    """More than a day after the start, a new program says that the return is due, and no more."""
    world.clock.set(EVENING + 2 * LONGEST)
    world.start()
    assert world.kinds == [Kind.DUE]
    assert world.scheduler.instant is None


def test_an_ended_pause_is_not_spoken_of(world: World) -> None:
    """After a return, nothing is said or scheduled."""
    Couple(world.service).come_back()
    assert world.scheduler.instant is None
    world.look_at(5)
    assert world.said == []


def test_a_new_promise_has_moments_of_its_own(world: World) -> None:
    """After an extension the return is due again at the new time, with its heads-up."""
    world.look_at(1)
    Couple(world.service).extend(when=timedelta(minutes=20))
    world.scheduler.run_until(BACK + timedelta(minutes=22))
    assert world.kinds == [Kind.DUE, Kind.HEADS_UP, Kind.DUE]


def test_a_heads_up_that_comes_too_late_is_left_out(world: World) -> None:
    """An extension that is shorter than the heads-up has no heads-up."""
    world.service.set("heads_up", 15)
    world.look_at(0)
    Couple(world.service).extend(when=timedelta(minutes=10))
    world.look_at(5)
    assert world.kinds == [Kind.DUE]
    world.look_at(10)
    assert world.kinds == [Kind.DUE, Kind.DUE]


def test_a_changed_heads_up_counts_at_once(world: World) -> None:
    """A heads-up that is set to 10 minutes comes 10 minutes before the return."""
    world.service.set("heads_up", 10)
    assert world.scheduler.instant == BACK - timedelta(minutes=10)


def test_a_shorter_heads_up_is_not_said_again(world: World) -> None:
    """Each promise has one heads-up. After it was said, none is scheduled."""
    world.service.set("heads_up", 10)
    world.look_at(-10)
    world.service.set("heads_up", 2)
    assert world.scheduler.instant == BACK
    world.look_at(-2)
    world.look_at(0)
    assert world.kinds == [Kind.HEADS_UP, Kind.DUE]


def test_a_heads_up_that_was_left_out_may_still_come(world: World) -> None:
    """An extension that was too short for its heads-up gets one if the heads-up is set shorter."""
    world.service.set("heads_up", 10)
    world.look_at(-10)
    Couple(world.service).extend(when=BACK + timedelta(seconds=30))
    world.service.set("heads_up", 2)
    world.look_at(-1)
    world.service.set("heads_up", 1)
    world.look_at(0)
    assert world.kinds == [Kind.HEADS_UP, Kind.HEADS_UP]


def test_a_clock_set_back_before_the_heads_up_has_it_said_again(world: World) -> None:
    """After the clock is set back, a heads-up is said again."""
    world.look_at(-2)
    world.look_at(-5)
    assert world.scheduler.instant == BACK - timedelta(minutes=2)
    world.look_at(-2)
    assert world.kinds == [Kind.HEADS_UP, Kind.HEADS_UP]


def test_a_small_correction_of_the_clock_repeats_nothing(world: World) -> None:
    """A clock that is set back by less than a minute causes no repetition."""
    world.look_at(0)
    world.look_at(-0.5)
    world.look_at(0)
    assert world.kinds == [Kind.DUE]


def test_a_clock_set_back_before_the_return_says_it_again(world: World) -> None:
    """If the return is in the future again, it is said again when it comes."""
    world.look_at(0)
    world.look_at(-20)
    assert world.scheduler.instant == BACK - timedelta(minutes=2)
    world.look_at(0)
    assert world.kinds == [Kind.DUE, Kind.DUE]


def test_a_clock_set_back_after_the_return_leaves_it_said(world: World) -> None:
    """If the return stays in the past, it is not said to be due again. Repeats still come."""
    world.look_at(200)
    world.look_at(3)
    assert world.kinds == [Kind.DUE]
    world.look_at(5)
    assert world.kinds == [Kind.DUE, Kind.REPEAT]


@given(
    st.lists(st.floats(0, 400), max_size=30),
    st.lists(st.sampled_from([20, 60]), max_size=2),
    st.integers(0, 15),
)
def test_due_is_said_once_for_each_promise(
    steps: list[float], more: list[int], heads_up: int
) -> None:
    """Whatever time and checks do, each promise is said to be due exactly once."""
    world = World()
    world.service.set("heads_up", heads_up)
    Couple(world.service).call()
    promises = []
    for minutes in (*more, 0):
        pause = world.service.pause
        assert pause is not None
        promises.append(pause.return_at)
        for step in (*steps, 0):
            world.clock.move(minutes=step / 60)
            world.engine.check()
        world.scheduler.run_until(max(world.clock.now(), pause.return_at))
        world.engine.check()
        Couple(world.service).extend(when=timedelta(minutes=minutes))
    assert [world.dues(promise) for promise in promises] == [1] * len(promises)


@given(st.lists(st.integers(-40 * 60, 26 * 3600), min_size=1, max_size=40))
def test_no_order_of_clock_steps_loses_or_doubles_the_return(seconds: list[int]) -> None:
    """After random clock steps, a return in the past was said to be due, and once."""
    world = World()
    Couple(world.service).call()
    said, ahead = 0, True
    for second in seconds:
        world.look_at(second / 60)
        dues = world.dues(BACK)
        ahead = ahead or second < 0
        assert dues - said in ({0, 1} if ahead and second >= 0 else {0})
        assert dues >= 1 or second < 0
        if dues > said:
            said, ahead = dues, False


@given(st.lists(st.integers(-40 * 60, 26 * 3600), max_size=40))
def test_something_is_scheduled_as_long_as_something_is_to_be_said(seconds: list[int]) -> None:
    """After any check the next moment is scheduled in the future, until the day is over."""
    world = World()
    Couple(world.service).call()
    for second in seconds:
        world.look_at(second / 60)
        now = world.clock.now()
        if now < EVENING + LONGEST:
            assert world.scheduler.instant is not None
            assert world.scheduler.instant > now
        else:
            assert world.scheduler.instant is None


@pytest.mark.parametrize(
    ("owner", "caller", "minutes"),
    [
        ("both", "Sam", 10),
        ("first", "Alex", 10),
        ("first", "Sam", 5),
        ("second", "Sam", 10),
        ("second", "Alex", 5),
        ("second", None, 10),
        ("second", "Somebody", 10),
    ],
)
def test_who_asked_is_reminded_first(
    world: World, owner: str, caller: str | None, minutes: int
) -> None:
    """On the computer of the person who did not ask, the heads-up comes half as early."""
    Couple(world.service).come_back()
    for key, value in (("name1", "Alex"), ("name2", "Sam"), ("this_computer", owner)):
        world.service.set(key, value)
    world.service.set("heads_up", 10)
    Couple(world.service).call(caller)
    assert world.scheduler.instant == BACK - timedelta(minutes=minutes)
