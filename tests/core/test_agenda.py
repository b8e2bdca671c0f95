"""The agenda: many wake-ups side by side, late or not, behind a locked screen or not."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepause.core.agenda import Agenda, WakeUp
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from tests.fakes import EVENING, FakeClock, FakeScheduler, at

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PART = CapabilityKey.REMINDERS
NINE = time.fromisoformat(at(50))
"""50 minutes after `EVENING`."""


class Desk:
    """An agenda on a clock that is moved by hand, and the wake-ups that were called."""

    def __init__(self) -> None:
        """Start empty."""
        self.clock = FakeClock()
        self.scheduler = FakeScheduler(self.clock)
        self.faults = Faults()
        self.agenda = Agenda(self.clock, self.scheduler, self.faults)
        self.called: list[tuple[str, datetime]] = []

    def put(
        self,
        name: str,
        when: datetime | time,
        *,
        grace: timedelta | None = None,
        while_locked: bool = False,
    ) -> None:
        """Put a wake-up on the agenda that notes when it is called."""
        self.agenda.set(
            WakeUp(
                name,
                when,
                lambda: self.called.append((name, self.clock.now())),
                PART,
                grace,
                while_locked,
            )
        )

    @property
    def names(self) -> list[str]:
        """The names of what was called, in order."""
        return [name for name, _at in self.called]

    def wait(self, length: timedelta) -> None:
        """Let time pass while the computer is awake."""
        self.scheduler.run_until(self.clock.now() + length)

    def jump(self, length: timedelta) -> None:
        """Let the wall clock jump: the computer slept, or a person set the clock."""
        self.clock.set(self.clock.now() + length)
        self.agenda.time_moved()


@pytest.fixture
def desk() -> Desk:
    """Return an empty agenda."""
    return Desk()


def test_wake_ups_stand_side_by_side(desk: Desk) -> None:
    """Each is called once at its instant; a new one leaves the others as they are."""
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
    """The first wake-up and the end of the last one are told, and nothing in between."""
    told: list[bool] = []
    desk.agenda.on_waiting(PART, told.append)
    desk.put("one", EVENING + MINUTE)
    desk.put("other", EVENING + HOUR)
    assert told == [True]
    desk.wait(MINUTE)
    assert told == [True]
    desk.agenda.drop("other")
    assert told == [True, False]
    desk.put("daily", NINE)
    desk.wait(timedelta(days=2))
    assert told == [True, False, True]


def test_a_wake_up_replaces_the_one_of_its_name(desk: Desk) -> None:
    """Set again, only the new instant counts."""
    desk.put("return", EVENING + HOUR)
    desk.put("return", EVENING + 2 * HOUR)
    desk.wait(3 * HOUR)
    assert desk.called == [("return", EVENING + 2 * HOUR)]


def test_a_call_of_a_replaced_wake_up_counts_for_nothing(desk: Desk) -> None:
    """A scheduler that calls what was replaced meanwhile changes nothing."""
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
    """Slept through, a wake-up is called however late, or dropped as too late; either once."""
    desk.put("one", EVENING + HOUR, grace=grace)
    desk.jump(HOUR + late)
    desk.jump(MINUTE)
    desk.wait(timedelta(days=1))
    assert desk.names == (["one"] if called else [])
    assert desk.scheduler.instant is None


def test_what_was_slept_through_comes_in_order(desk: Desk) -> None:
    """After a sleep the earliest comes first, and what lies ahead stays ahead."""
    desk.put("second", EVENING + 2 * HOUR)
    desk.put("first", EVENING + HOUR)
    desk.put("ahead", EVENING + 5 * HOUR)
    desk.jump(3 * HOUR)
    assert desk.names == ["first", "second"]
    desk.wait(2 * HOUR)
    assert desk.names == ["first", "second", "ahead"]


def test_a_wake_up_may_drop_another(desk: Desk) -> None:
    """What the first one drops isn't called, though both are overdue."""
    drop = WakeUp("first", EVENING + MINUTE, lambda: desk.agenda.drop("second"), PART)
    desk.agenda.set(drop)
    desk.put("second", EVENING + 2 * MINUTE)
    desk.jump(HOUR)
    assert desk.names == []


def test_an_overdue_wake_up_comes_soon(desk: Desk) -> None:
    """Set when its instant has passed, it is called with the next turn."""
    desk.put("return", EVENING - HOUR)
    desk.wait(timedelta(0))
    assert desk.names == ["return"]


def test_a_clock_set_back_delays_the_call(desk: Desk) -> None:
    """The instant stands: an hour back, and it takes an hour more."""
    desk.put("return", EVENING + HOUR)
    desk.jump(-HOUR)
    desk.wait(2 * HOUR - MINUTE)
    assert desk.names == []
    desk.wait(MINUTE)
    assert desk.names == ["return"]


def test_nothing_is_called_behind_a_locked_screen(desk: Desk) -> None:
    """Locked, nothing wakes up; unlocked, what is overdue is called, and the rest goes on."""
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
    """One that is to come while locked comes at its instant; after a sleep, too."""
    desk.put("tone", EVENING + HOUR, while_locked=True)
    desk.put("other tone", EVENING + 2 * HOUR, while_locked=True)
    desk.agenda.hold()
    desk.wait(HOUR)
    assert desk.called == [("tone", EVENING + HOUR)]
    desk.jump(2 * HOUR)
    assert desk.names == ["tone", "other tone"]


def test_a_call_on_its_way_waits_for_the_unlock(desk: Desk) -> None:
    """A call that the scheduler has begun when the screen is locked comes after the unlock."""
    desk.put("return", EVENING + HOUR)
    _instant, on_its_way = desk.scheduler.calls["return"]
    desk.clock.move(hours=1)
    desk.agenda.hold()
    on_its_way()
    assert desk.names == []
    desk.agenda.release()
    assert desk.names == ["return"]


def test_a_daily_wake_up_comes_every_day(desk: Desk) -> None:
    """At 21:00 by the wall clock, today, tomorrow and the day after."""
    desk.put("greeting", NINE)
    desk.wait(timedelta(days=3))
    first = EVENING + 50 * MINUTE
    assert desk.called == [("greeting", first + timedelta(days=day)) for day in range(3)]


def test_a_daily_wake_up_that_was_slept_through_is_dropped(desk: Desk) -> None:
    """Late by more than its grace it is left out for that day, and comes on the next."""
    desk.put("greeting", NINE, grace=10 * MINUTE)
    desk.jump(2 * HOUR)
    assert desk.names == []
    desk.wait(timedelta(days=1))
    assert desk.called == [("greeting", EVENING + 50 * MINUTE + timedelta(days=1))]


def test_a_daily_wake_up_comes_once_a_day(desk: Desk) -> None:
    """A clock set back after the call doesn't make it come twice on one day."""
    desk.put("greeting", NINE)
    desk.wait(HOUR)
    desk.jump(-HOUR)
    desk.wait(2 * HOUR)
    assert desk.names == ["greeting"]
    desk.wait(timedelta(days=1))
    assert desk.names == ["greeting", "greeting"]


def test_a_daily_wake_up_follows_the_zone(desk: Desk) -> None:
    """Another zone, another 21:00: the call goes by what the clock shows now."""
    desk.put("greeting", NINE)
    desk.clock.zone = ZoneInfo("Asia/Kathmandu")  # it is 01:55 there
    desk.agenda.time_moved()
    desk.wait(timedelta(days=1))
    assert [desk.clock.local(at).time() for _name, at in desk.called] == [NINE]


def test_a_fault_in_one_takes_no_other_away(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """A wake-up that breaks is remembered as a fault of its part; the next one comes."""

    def broken() -> None:
        raise ValueError("oh")

    desk.agenda.set(WakeUp("broken", EVENING + MINUTE, broken, CapabilityKey.HOOKS))
    desk.put("return", EVENING + HOUR)
    desk.jump(2 * HOUR)
    assert desk.names == ["return"]
    assert desk.faults.kind(CapabilityKey.HOOKS) == "ValueError"
    assert "hooks" in caplog.text


def test_a_daily_wake_up_that_was_moved_comes_on_the_same_day(desk: Desk) -> None:
    """Called, then moved to later, or dropped and set anew, it comes again that day."""
    desk.clock.set(EVENING + timedelta(days=2))  # no clock changes on that day
    soon = desk.clock.local(desk.clock.now()) + 10 * MINUTE
    desk.put("greeting", soon.time())
    desk.wait(20 * MINUTE)
    desk.put("greeting", (soon + 20 * MINUTE).time())
    desk.wait(20 * MINUTE)
    desk.agenda.drop("greeting")
    desk.put("greeting", (soon + 40 * MINUTE).time())
    desk.wait(20 * MINUTE)
    assert desk.names == ["greeting"] * 3


def test_a_wake_up_that_can_t_be_scheduled_takes_no_other_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A zone that can't be read breaks a daily wake-up; the return is scheduled all the same."""

    def broken(*_args: object) -> None:
        raise ValueError("no zone")

    desk.put("greeting", NINE)
    desk.put("return", EVENING + 2 * HOUR)
    monkeypatch.setattr(desk.scheduler, "daily", broken)
    desk.scheduler.close()
    desk.agenda.time_moved()
    desk.wait(3 * HOUR)
    assert desk.names == ["return"]
    assert "a fault in part" in caplog.text


def test_closed_nothing_comes(desk: Desk) -> None:
    """After the end nothing waits and nothing is called."""
    desk.put("return", EVENING + HOUR)
    desk.put("greeting", NINE)
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
    """Whatever sleeps and locks come in between, each wake-up is called once, none is lost."""
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
