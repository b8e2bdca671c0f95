"""The end of a pause can be taken back for ten real seconds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from safepause.core.events import Event, event_of
from safepause.core.origin import Origin
from safepause.core.pause import LetGo, Reason, Refusal, Return, Undo
from safepause.core.service import Accepted, PauseService
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock at 20:10."""
    return FakeClock()


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store."""
    return MemoryStore()


@pytest.fixture
def couple(clock: FakeClock, store: MemoryStore) -> Couple:
    """Return a couple in the 15th minute of a pause that Alex called and that was extended."""
    made = Couple(PauseService(clock, store))
    made.call("Alex")
    clock.move(minutes=15)
    made.extend(timedelta(minutes=20))
    return made


@pytest.mark.parametrize("end", [Return, LetGo])
def test_the_same_pause_stands_again(
    couple: Couple, clock: FakeClock, store: MemoryStore, end: type[Return | LetGo]
) -> None:
    """An undo brings back promise, extensions and caller, and takes the outcome back."""
    before, reference = couple.service.pause, store.referred
    assert before is not None
    couple.service.apply(end(clock.now()), Origin.TRAY)
    assert (couple.service.pause, len(store.ended)) == (None, 1)
    clock.move(seconds=10)
    result = couple.undo()
    after = couple.service.pause
    assert after == replace(before, terms=replace(before.terms, undo_window=timedelta(0)))
    assert (store.pause, store.ended) == (after, [])
    assert (store.referred, after.called_by) == (reference, "Alex")
    assert isinstance(result, Accepted)
    assert event_of(result.transition) is Event.RESUMED


def test_after_ten_seconds_the_caller_is_forgotten(couple: Couple, clock: FakeClock) -> None:
    """Ten seconds after the end, nothing is held and nothing can be undone."""
    couple.come_back()
    assert couple.service.last_end.can_undo(None)
    clock.move(seconds=10.1)
    assert not couple.service.last_end.can_undo(None)
    assert couple.service.last_end.ended is None
    assert couple.undo() == Refusal(Reason.NOT_PAUSED)


def test_the_disk_has_no_caller_while_the_end_can_be_undone(
    couple: Couple, clock: FakeClock, store: MemoryStore
) -> None:
    """A program that is killed in the ten seconds leaves a pause that has ended."""
    couple.come_back()
    assert store.pause is None
    again = Couple(PauseService(clock, store))
    assert again.undo() == Refusal(Reason.NOT_PAUSED)


def test_a_second_undo_does_not_undo_the_call(couple: Couple, clock: FakeClock) -> None:
    """A double click on Undo brings the pause back, even in its first ten seconds."""
    couple.undo()
    couple.come_back()
    couple.undo()
    couple.come_back()
    couple.call("Sam")
    couple.come_back()
    couple.undo()
    assert isinstance(couple.undo(), Refusal)
    assert couple.service.pause is not None
    assert clock.now() - couple.service.pause.started_at == timedelta(0)


def test_a_new_call_forgets_the_end(couple: Couple) -> None:
    """After a new call, an undo is about the new pause."""
    couple.come_back()
    couple.call("Sam")
    couple.undo()
    assert couple.service.pause is None
    assert couple.undo() == Refusal(Reason.NOT_PAUSED)


def test_an_undo_that_was_given_before_the_end_is_refused(couple: Couple, clock: FakeClock) -> None:
    """An undo that arrives late was about the call."""
    couple.come_back()
    late = Undo(clock.now() - timedelta(seconds=1))
    assert couple.service.apply(late, Origin.COMMAND_LINE) == Refusal(Reason.NOT_PAUSED)


def test_a_sleep_ends_the_time_for_an_undo(couple: Couple, clock: FakeClock) -> None:
    """The seconds of a sleep count."""
    couple.come_back()
    clock.sleep(minutes=1)
    assert not couple.service.last_end.can_undo(None)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_changes_no_undo(couple: Couple, clock: FakeClock, hours: int) -> None:
    """An undo after a step back is not taken for one that was given before the end."""
    before = couple.service.pause
    couple.come_back()
    clock.move(seconds=3)
    clock.set(clock.now() + timedelta(hours=hours))
    assert isinstance(couple.undo(), Accepted)
    after = couple.service.pause
    assert before is not None
    assert after is not None
    assert after.id == before.id


def test_forgetting_everything_forgets_the_end(couple: Couple) -> None:
    """After "forget", nothing comes back."""
    couple.come_back()
    couple.forget_all()
    assert couple.undo() == Refusal(Reason.NOT_PAUSED)


def test_what_a_full_disk_kept_back_is_written_in_order(couple: Couple, store: MemoryStore) -> None:
    """An end and its undo that both could not be written leave a standing pause."""
    store.full = True
    couple.come_back()
    couple.undo()
    store.full = False
    couple.service.save()
    assert store.ended == []
    assert store.pause == couple.service.pause is not None
