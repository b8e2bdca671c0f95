"""The agenda: many wake-ups at once, lateness, and a locked screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.agenda import WakeUp
from safepause.core.capability import CapabilityKey
from tests.core.desk import HOUR, MINUTE, PART, Desk
from tests.fakes import EVENING


def test_wake_ups_stand_side_by_side(desk: Desk) -> None:
    """Each wake-up is called once at its instant. A new wake-up does not change the others."""
    desk.put("return", EVENING + HOUR)
    desk.put("prompt", EVENING + 2 * MINUTE)
    desk.put("later", EVENING + 3 * HOUR)
    desk.agenda.drop("later")
    desk.agenda.drop("never set")
    assert desk.agenda.waiting
    desk.wait(4 * HOUR)
    assert [desk.agenda.waiting] == [False]
    assert desk.called == [("prompt", EVENING + 2 * MINUTE), ("return", EVENING + HOUR)]
    assert desk.scheduler.instant is None


def test_it_tells_whether_anything_waits(desk: Desk) -> None:
    """Listeners are told of the first wake-up and of the end of the last one, not between them."""
    told: list[bool] = []
    desk.agenda.on_waiting(PART, told.append)
    desk.put("one", EVENING + MINUTE)
    desk.put("other", EVENING + HOUR)
    assert told == [True]
    desk.wait(MINUTE)
    assert told == [True]
    desk.agenda.drop("other")
    assert told == [True, False]
    desk.put("daily", desk.nine)
    desk.wait(timedelta(days=2))
    assert told == [True, False, True]


def test_a_wake_up_replaces_the_one_of_its_name(desk: Desk) -> None:
    """A wake-up that is set again is called at the new instant only."""
    desk.put("return", EVENING + HOUR)
    desk.put("return", EVENING + 2 * HOUR)
    desk.wait(3 * HOUR)
    assert desk.called == [("return", EVENING + 2 * HOUR)]


def test_a_call_of_a_replaced_wake_up_counts_for_nothing(desk: Desk) -> None:
    """A late call of the scheduler for a replaced wake-up is ignored."""
    desk.put("return", EVENING + HOUR)
    _instant, old = desk.scheduler.calls["return"]
    desk.put("return", EVENING + 2 * HOUR)
    old()
    assert desk.called == []


@pytest.mark.parametrize(
    ("grace", "late", "called"),
    [
        (None, timedelta(days=3), True),
        (2 * MINUTE, 2 * MINUTE, True),
        (2 * MINUTE, 3 * MINUTE, False),
        (timedelta(0), MINUTE, False),
    ],
)
def test_each_has_its_rule_for_lateness(
    desk: Desk, grace: timedelta | None, late: timedelta, *, called: bool
) -> None:
    """After a sleep, a wake-up is called once if its grace allows it. Otherwise it is dropped."""
    desk.put("one", EVENING + HOUR, grace=grace)
    desk.jump(HOUR + late)
    desk.jump(MINUTE)
    desk.wait(timedelta(days=1))
    assert desk.names == (["one"] if called else [])
    assert desk.scheduler.instant is None


def test_what_was_slept_through_comes_in_order(desk: Desk) -> None:
    """After a sleep the overdue wake-ups are called in order. A future one is called later."""
    desk.put("second", EVENING + 2 * HOUR)
    desk.put("first", EVENING + HOUR)
    desk.put("ahead", EVENING + 5 * HOUR)
    desk.jump(3 * HOUR)
    assert desk.names == ["first", "second"]
    desk.wait(2 * HOUR)
    assert desk.names == ["first", "second", "ahead"]


def test_a_wake_up_may_drop_another(desk: Desk) -> None:
    """A wake-up that another overdue wake-up has dropped is not called."""
    drop = WakeUp("first", EVENING + MINUTE, lambda: desk.agenda.drop("second"), PART)
    desk.agenda.set(drop)
    desk.put("second", EVENING + 2 * MINUTE)
    desk.jump(HOUR)
    assert desk.names == []


def test_an_overdue_wake_up_comes_soon(desk: Desk) -> None:
    """A wake-up whose instant has passed is called in the next turn of the event loop."""
    desk.put("return", EVENING - HOUR)
    desk.wait(timedelta(0))
    assert desk.names == ["return"]


def test_a_clock_set_back_delays_the_call(desk: Desk) -> None:
    """After the clock is set back by an hour, the call comes an hour later."""
    desk.put("return", EVENING + HOUR)
    desk.jump(-HOUR)
    desk.wait(2 * HOUR - MINUTE)
    assert desk.names == []
    desk.wait(MINUTE)
    assert desk.names == ["return"]


def test_nothing_is_called_behind_a_locked_screen(desk: Desk) -> None:
    """While the screen is locked, nothing is called. The unlock calls what is overdue."""
    desk.put("return", EVENING + HOUR)
    desk.put("greeting", EVENING + HOUR, grace=MINUTE)
    desk.put("ahead", EVENING + 3 * HOUR)
    held = [desk.agenda.held]
    desk.agenda.hold()
    held.append(desk.agenda.held)
    assert desk.scheduler.instant is None
    desk.put("set while locked", EVENING + 90 * MINUTE)
    desk.wait(2 * HOUR)
    desk.agenda.time_moved()
    assert desk.names == []
    desk.agenda.release()
    assert [*held, desk.agenda.held] == [False, True, False]
    assert desk.names == ["return", "set while locked"]
    desk.wait(HOUR)
    assert desk.names[2:] == ["ahead"]


def test_a_wake_up_may_come_behind_a_locked_screen(desk: Desk) -> None:
    """A wake-up with `while_locked` is called at its instant, and after a sleep, too."""
    desk.put("tone", EVENING + HOUR, while_locked=True)
    desk.put("other tone", EVENING + 2 * HOUR, while_locked=True)
    desk.agenda.hold()
    desk.wait(HOUR)
    assert desk.called == [("tone", EVENING + HOUR)]
    desk.jump(2 * HOUR)
    assert desk.names == ["tone", "other tone"]


def test_a_call_on_its_way_waits_for_the_unlock(desk: Desk) -> None:
    """A call that is under way as the screen is locked comes after the unlock."""
    desk.put("return", EVENING + HOUR)
    _instant, on_its_way = desk.scheduler.calls["return"]
    desk.clock.move(hours=1)
    desk.agenda.hold()
    on_its_way()
    assert desk.names == []
    desk.agenda.release()
    assert desk.names == ["return"]


def test_a_fault_in_one_takes_no_other_away(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """An error of a wake-up is a fault of its part. The next wake-up is called all the same."""

    def broken() -> None:
        raise ValueError("oh")

    desk.agenda.set(WakeUp("broken", EVENING + MINUTE, broken, CapabilityKey.HOOKS))
    desk.put("return", EVENING + HOUR)
    desk.jump(2 * HOUR)
    assert desk.names == ["return"]
    assert desk.faults.kind(CapabilityKey.HOOKS) == "ValueError"
    assert "hooks" in caplog.text


def test_a_wake_up_that_can_t_be_scheduled_takes_no_other_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """If a daily wake-up can't be scheduled, another wake-up is still called."""

    def broken(*_args: object) -> None:
        raise ValueError("no zone")

    desk.put("greeting", desk.nine)
    desk.put("return", EVENING + 2 * HOUR)
    monkeypatch.setattr(desk.scheduler, "daily", broken)
    desk.scheduler.close()
    desk.agenda.time_moved()
    desk.wait(3 * HOUR)
    assert desk.names == ["return"]
    assert "a fault in part" in caplog.text


def test_closed_nothing_comes(desk: Desk) -> None:
    """After `close` nothing is scheduled and nothing is called."""
    desk.put("return", EVENING + HOUR)
    desk.put("greeting", desk.nine)
    desk.agenda.close()
    assert desk.scheduler.instant is None
    desk.jump(5 * HOUR)
    assert desk.names == []


steps = st.lists(
    st.tuples(
        st.sampled_from(["wait", "jump", "lock", "unlock"]),
        st.integers(0, 36 * 60),
    ),
    max_size=20,
)


@given(steps, st.lists(st.integers(1, 24 * 60), max_size=6))
def test_each_is_called_once_and_never_early(
    happenings: list[tuple[str, int]], minutes: list[int]
) -> None:
    """Whatever sleeps and locks come, each wake-up is called once, and never early."""
    desk = Desk()
    wanted = {f"{place}": EVENING + number * MINUTE for place, number in enumerate(minutes)}
    for name, instant in wanted.items():
        desk.put(name, instant)
    for what, length in happenings:
        if what in ("wait", "jump"):
            getattr(desk, what)(length * MINUTE)
        elif what == "lock":
            desk.agenda.hold()
        else:
            desk.agenda.release()
    desk.agenda.release()
    desk.wait(timedelta(days=40))
    assert sorted(desk.names) == sorted(wanted)
    assert all(at >= wanted[name] for name, at in desk.called)
