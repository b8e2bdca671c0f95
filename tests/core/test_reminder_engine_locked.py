"""While the screen is locked, nothing is said. The unlock says what still matters, once."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from safepause.core.reminders import Kind
from tests.core.world import BACK, World
from tests.couple import Couple


def test_a_return_due_while_locked_is_said_at_unlock_once(world: World) -> None:
    """Heads-up, return and repeats that pass while locked are said as one thing at the unlock."""
    world.agenda.hold()
    assert world.scheduler.instant is None
    for minutes in (-2, 0, 2, 5, 40):
        world.look_at(minutes)
    assert world.said == []
    world.agenda.release()
    world.agenda.release()
    assert world.kinds == [Kind.DUE]
    assert world.said[0].late_by == timedelta(minutes=40)
    assert world.scheduler.instant == BACK + timedelta(hours=1)


def test_leaving_while_locked_says_nothing(world: World) -> None:
    """The end of the program says nothing. What is due is said at the next start."""
    world.agenda.hold()
    world.look_at(1)
    world.engine.close()
    world.agenda.release()
    assert world.said == []
    assert world.scheduler.instant is None
    world.start()
    assert world.kinds == [Kind.DUE]


def test_a_heads_up_that_still_helps_is_said_at_unlock(world: World) -> None:
    """An unlock between heads-up and return says the heads-up. The return comes at its time."""
    world.agenda.hold()
    world.look_at(-1)
    world.agenda.release()
    assert world.kinds == [Kind.HEADS_UP]
    world.scheduler.run_until(BACK)
    assert world.kinds == [Kind.HEADS_UP, Kind.DUE]


def test_unlocking_before_anything_is_due_says_nothing(world: World) -> None:
    """A lock that ends before the first moment changes nothing."""
    world.agenda.hold()
    world.look_at(-10)
    world.agenda.release()
    assert world.said == []
    assert world.scheduler.instant == BACK - timedelta(minutes=2)


def test_what_was_answered_while_locked_is_not_said(world: World) -> None:
    """A pause that was ended or extended while locked is not announced at the unlock."""
    world.agenda.hold()
    world.look_at(1)
    Couple(world.service).extend(when=timedelta(minutes=20))
    world.agenda.release()
    assert world.said == []
    world.agenda.hold()
    world.look_at(30)
    Couple(world.service).come_back()
    world.agenda.release()
    assert world.said == []


def test_what_was_said_before_the_lock_is_not_said_again(world: World) -> None:
    """A lock between two moments causes no repetition. Later moments are repeats."""
    world.look_at(0)
    world.agenda.hold()
    world.agenda.release()
    assert world.kinds == [Kind.DUE]
    world.agenda.hold()
    world.look_at(12)
    world.agenda.release()
    assert world.kinds == [Kind.DUE, Kind.REPEAT]


@given(st.lists(st.tuples(st.integers(-40, 26 * 60), st.booleans()), max_size=40))
def test_locking_neither_loses_nor_doubles_the_return(steps: list[tuple[int, bool]]) -> None:
    """Whatever locks come, a return in the past is said to be due once."""
    world = World()
    Couple(world.service).call()
    for minutes, held in sorted(steps):
        world.look_at(minutes)
        world.agenda.hold() if held else world.agenda.release()
    world.agenda.release()
    assert world.dues(BACK) == (1 if steps and max(steps)[0] >= 0 else 0)
