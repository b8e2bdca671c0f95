"""Checks our promises against random commands, clock steps and restarts.

A machine for Hypothesis: `tests/core` runs it over a store in memory, `tests/store` over SQLite.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from safepause.core.agenda import Agenda
from safepause.core.faults import Faults
from safepause.core.pause import LONGEST, SHORTEST, UNDO_WINDOW, Ending, Pause, State
from safepause.core.reminder_engine import Announcement, ReminderEngine
from safepause.core.service import Accepted, PauseService, Result
from tests.couple import Couple
from tests.fakes import FakeClock, FakeScheduler, MemoryStore

if TYPE_CHECKING:
    from safepause.core.ports import Store

CALLERS = ("Alexandra", "Boleslav")
usual = st.sampled_from([20, 30, 60, 12 * 60, 23 * 60, 24 * 60])
lengths = (usual | st.integers(-10, 30 * 60)).map(lambda minutes: timedelta(minutes=minutes))
passing = (st.integers(0, 40 * 60) | st.integers(0, 26 * 60 * 60)).map(
    lambda seconds: timedelta(seconds=seconds)
)


MINUTE = timedelta(minutes=1)
_SECONDS = 90
"""Steps up to this many are steps of seconds. Larger ones are steps of minutes."""


def _length(pause: Pause) -> timedelta:
    """Return the length of a pause."""
    return pause.return_at - pause.started_at


def _unmoved(pause: Pause) -> tuple[object, ...]:
    """Return what no clock changes in a pause."""
    return (pause.id, pause.called_by, pause.extensions, pause.terms)


class PauseMachine(RuleBasedStateMachine):
    """The computer of a couple, over some days."""

    def __init__(self) -> None:
        """Start with an empty store."""
        super().__init__()
        self.clock = FakeClock()
        self.scheduler = FakeScheduler(self.clock)
        self.said: list[Announcement] = []
        self.outcomes = 0
        self.expected: Pause | None = None
        self.given = self.ends = self.ends_at_most = 0.0
        self.measured = True
        """Whether the promise was given since the last start of the computer."""
        self.store = self.open_store()
        self._start_program()

    def open_store(self) -> Store:
        """Return the store. A store in a file is opened again."""
        return MemoryStore()

    def kept(self) -> str:
        """Return everything that is kept of ended pauses, as one text to search."""
        return repr(list(self.store.outcomes()))

    def _start_program(self) -> None:
        self.scheduler.close()
        faults = Faults()
        self.service = PauseService(self.clock, self.store, faults)
        self.agenda = Agenda(self.clock, self.scheduler, faults)
        self.engine = ReminderEngine(self.service, self.clock, self.agenda, self.said.append)
        self.engine.check()

    @rule()
    def restart(self) -> None:
        """End the program, and start it again. How fresh the promise is stays."""
        self._start_program()
        self._resume()

    def _resume(self) -> None:
        """Take over what stands after a start. Parts of a minute by which it was off are lost."""
        self.expected = self.service.pause
        kept = self.given, self.ends_at_most + MINUTE.total_seconds()
        if self.expected is not None:
            self._give_promise()
            self.given, self.ends_at_most = kept

    @rule(by=st.integers(-30 * 60, 30 * 60))
    def clock_is_set_while_the_program_does_not_run(self, by: int) -> None:
        """Set the wall clock while the program does not run. The pause gets no longer by that."""
        self.given -= max(0, by) * 60  # this may have been a sleep
        self.clock.set(self.clock.now() + timedelta(minutes=by))
        self.restart()
        self.service.follow_clock()
        if self.expected is not None:
            assert self.service.pause is not None
            assert _unmoved(self.service.pause) == _unmoved(self.expected)
            left = self.service.pause.return_at - self.clock.now()
            assert not self.measured or left <= self._most_left() + MINUTE
        self._resume()
        self._check_the_time()

    @rule(off=st.integers(-60 * 60, 60 * 60) | st.integers(-500_000, 500_000), took=passing)
    def computer_starts_again(self, off: int, took: timedelta) -> None:
        """Start the computer again, with a clock that may be years off. The pause has begun."""
        before = self.service.pause
        self.clock.reboot(self.clock.now() + took + timedelta(minutes=off))
        self.restart()
        self.service.follow_clock()
        self.measured = before is None
        if before is not None:
            assert self.service.pause is not None
            assert _unmoved(self.service.pause) == _unmoved(before)
            assert abs(_length(self.service.pause) - _length(before)) < 2 * MINUTE
        self._resume()
        self._check_the_time()

    @rule(by=passing)
    def time_passes(self, by: timedelta) -> None:
        """Let time pass. The scheduler calls the program at its instants."""
        self.scheduler.run_until(self.clock.now() + by)

    @rule(length=passing)
    def computer_sleeps(self, length: timedelta) -> None:
        """Let time pass in which the computer sleeps. Nothing about the pause changes."""
        self.clock.sleep(seconds=length.total_seconds())
        self.service.follow_clock()
        self._check_the_time()

    @rule(length=passing)
    def virtual_computer_sleeps(self, length: timedelta) -> None:
        """Let a virtual computer sleep without its clocks, while no pause is over by that.

        The system tells of it.
        """
        if self.expected is not None and self.clock.now() + length >= self.expected.last_at:
            return
        self.clock.set(self.clock.now() + length)
        self.service.follow_clock(slept=True)
        for name in ("given", "ends", "ends_at_most"):
            setattr(self, name, getattr(self, name) - length.total_seconds())
        self._check_the_time()

    @rule(by=st.integers(-120, 120) | st.integers(-30 * 60, 30 * 60) | st.integers(-300, 300))
    def clock_is_set(self, by: int) -> None:
        """Set the wall clock by seconds or minutes, and tell the program.

        The pause keeps its length, except where an old promise stays and the return comes earlier.
        """
        before, due = self.service.pause, self.service.state is State.DUE
        unit = "minutes" if abs(by) > _SECONDS else "seconds"
        self.clock.set(self.clock.now() + timedelta(**{unit: by}))
        self.service.follow_clock()
        self.expected = self.service.pause
        self._check_the_time()
        if before is None or self.expected is None:
            return
        assert _unmoved(self.expected) == _unmoved(before)
        if not self.measured:
            assert abs(_length(self.expected) - _length(before)) < 2 * MINUTE
            return
        stayed = self.expected.return_at == before.return_at
        left = self.expected.return_at - self.clock.now()
        assert left <= self._most_left() + MINUTE
        fresh = (self.clock.steady() or 0.0) < self.given + SHORTEST.total_seconds()
        assert stayed or (by > 0 and not fresh) or left >= self._promised_left() - 2 * MINUTE
        assert by > 0 or stayed or self.expected.return_at < before.return_at
        assert not due or left < MINUTE or self._promised_left() > timedelta(0)

    def _promised_left(self) -> timedelta:
        """Return how long until the return, by a clock that nobody sets."""
        return timedelta(seconds=self.ends - (self.clock.steady() or 0.0))

    def _most_left(self) -> timedelta:
        """Return how long until the return as it was promised, before any start of the program."""
        return timedelta(seconds=self.ends_at_most - (self.clock.steady() or 0.0))

    def _give_promise(self) -> None:
        """Remember when a new promise ends, by a clock that nobody sets."""
        assert self.expected is not None
        left = self.expected.return_at - self.clock.now()
        self.given = self.clock.steady() or 0.0
        self.ends = self.ends_at_most = self.given + left.total_seconds()

    def _check_the_time(self) -> None:
        self.agenda.time_moved()
        self.engine.check()

    @rule(count=st.integers(0, 3))
    def agree_on_more_time(self, count: int) -> None:
        """Change the number of extensions, which counts for the next pause."""
        self.service.set("extensions", count)

    @rule(by=st.sampled_from(CALLERS) | st.none(), length=lengths | st.none())
    def call(self, by: str | None, length: timedelta | None) -> None:
        """Call a pause of a valid or an invalid length."""
        before, now = self.expected, self.clock.now()
        answer = Couple(self.service).call(by, when=length)
        if before is not None and now < before.last_at:
            assert isinstance(answer, Accepted)
            assert answer.pause == before
        elif isinstance(answer, Accepted):
            assert answer.pause is not None
            assert answer.pause != before
            assert SHORTEST <= answer.pause.return_at - now <= LONGEST
            self.outcomes += before is not None
            self.expected, self.measured = answer.pause, True
            self._give_promise()
        else:
            assert length is not None
            assert not SHORTEST <= length <= LONGEST

    @precondition(lambda self: self.expected is not None)
    @rule(extra=lengths)
    def ask_for_more_time(self, extra: timedelta) -> None:
        """Ask for more time. If that is accepted, the return is later, and an extension counts."""
        answer = Couple(self.service).extend(when=extra)
        if isinstance(answer, Accepted):
            assert self.expected is not None
            assert answer.pause is not None
            assert answer.pause.return_at > max(self.expected.return_at, self.clock.now())
            assert answer.pause.extensions == self.expected.extensions + 1
            self.measured = self.measured or self.expected.return_at <= self.clock.now()
            self.expected = answer.pause
            self._give_promise()

    @precondition(lambda self: self.expected is None)
    @rule(after=st.timedeltas(timedelta(0), UNDO_WINDOW))
    def slip(self, after: timedelta) -> None:
        """Call a pause and undo it in time. Then nothing is kept of it."""
        before = self.kept()
        assert isinstance(Couple(self.service).call(CALLERS[0]), Accepted)
        self.clock.move(seconds=after.total_seconds())
        assert isinstance(Couple(self.service).undo(), Accepted)
        assert self.kept() == before

    @rule(command=st.sampled_from(["undo", "come_back", "let_go", "forget"]))
    def end(self, command: str) -> None:
        """End the pause in one of four ways: undo, return, let go, or delete everything."""
        allowed = self.expected is not None
        if command == "come_back":
            self._end(Couple(self.service).come_back(), allowed=allowed, outcome=Ending.RETURNED)
        elif command == "let_go":
            self._end(Couple(self.service).let_go(), allowed=allowed, outcome=Ending.LET_GO)
        elif command == "undo":
            fresh = self.expected is not None and self.expected.can_undo(self.clock.now())
            if self.expected is None:
                self.service.last_end.forget()  # tests/core/test_last_end.py undoes ends
            self._end(Couple(self.service).undo(), allowed=fresh, outcome=None)
        else:
            Couple(self.service).forget_all()
            self.expected, self.outcomes = None, 0

    def _end(self, answer: Result, *, allowed: bool, outcome: Ending | None) -> None:
        assert isinstance(answer, Accepted) is allowed
        if not isinstance(answer, Accepted):
            return
        found = answer.transition.outcome
        assert (found.ending if found else None) is outcome
        self.outcomes += found is not None
        self.expected = None

    @invariant()
    def nothing_ends_or_begins_silently(self) -> None:
        """The standing pause is the expected one, in the service and in the store."""
        assert self.service.pause == self.expected
        assert self.store.standing() == self.expected
        assert (self.service.state is State.IDLE) is (self.expected is None)

    @invariant()
    def promises_are_bounded(self) -> None:
        """The return is at most 24 h after the start, with no more extensions than agreed."""
        pause = self.service.pause
        if pause is not None:
            assert pause.started_at < pause.promised_at <= pause.return_at <= pause.last_at
            assert pause.last_at == pause.started_at + LONGEST
            assert pause.started_at <= self.clock.now()
            assert pause.return_at <= self.clock.now() + LONGEST
            assert 0 <= pause.extensions <= pause.terms.extensions_allowed

    @invariant()
    def ends_are_on_record_without_callers(self) -> None:
        """Every ended pause has one outcome, which ends after its start and has no caller."""
        kept = self.kept()
        outcomes = list(self.store.outcomes())
        assert len(outcomes) == self.outcomes
        assert all(outcome.started_at <= outcome.ended_at for outcome in outcomes)
        assert not any(caller in kept for caller in CALLERS)

    @invariant()
    def the_program_wakes_up_for_a_pause_only(self) -> None:
        """A wake-up is scheduled if and only if a moment of a pause is still to be said."""
        pause = self.service.pause
        waits = pause is not None and self.clock.now() < pause.last_at
        assert (self.scheduler.instant is not None) is waits
