"""The service: commands are committed first, then told. Without a store they run in memory."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.core.pause import (
    SHORTEST,
    Ending,
    Pause,
    Punctuality,
    Reason,
    Refusal,
    Return,
    State,
)
from safepause.core.service import Accepted, PauseService, Result
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, MemoryStore

if TYPE_CHECKING:
    import pytest

HALF_HOUR = timedelta(minutes=30)


def _pause(answer: Result) -> Pause:
    assert isinstance(answer, Accepted)
    assert answer.pause is not None
    return answer.pause


def test_a_call_goes_by_the_agreement(service: PauseService, store: MemoryStore) -> None:
    """A call without a time has the agreed length and terms, and is in the store."""
    service.set("length", 45)
    service.set("extensions", 1)
    pause = _pause(Couple(service).call(by="Alex"))
    assert pause.return_at == EVENING + timedelta(minutes=45)
    assert pause.extensions_left == 1
    assert pause.called_by == "Alex"
    assert store.pause == pause == service.pause


def test_a_call_names_its_own_time(service: PauseService) -> None:
    """A call may have a length or an instant. An empty name is no caller."""
    assert _pause(Couple(service).call(by="", when=HALF_HOUR)).called_by is None
    Couple(service).undo()
    until = EVENING + timedelta(hours=2)
    assert _pause(Couple(service).call(when=until)).return_at == until


def test_a_length_of_nothing_is_too_short(service: PauseService) -> None:
    """A length of zero is refused. The agreed length does not replace it."""
    refusal = Couple(service).call(when=timedelta(0))
    assert refusal == Refusal(Reason.TOO_SHORT, EVENING + SHORTEST)
    assert service.pause is None


def test_a_second_call_gives_the_standing_pause(service: PauseService, clock: FakeClock) -> None:
    """A second call changes neither the times nor the caller."""
    pause = _pause(Couple(service).call(by="Alex"))
    clock.move(minutes=10)
    assert _pause(Couple(service).call(by="Bo")) == pause


def test_the_state_follows_the_time(service: PauseService, clock: FakeClock) -> None:
    """The state is idle, then paused, and then due by time alone."""
    states = [service.state]
    Couple(service).call()
    states.append(service.state)
    clock.move(minutes=30)
    states.append(service.state)
    assert states == [State.IDLE, State.PAUSED, State.DUE]
    assert service.clock is clock


def test_more_time_by_a_length_or_until(service: PauseService, clock: FakeClock) -> None:
    """A length counts from the return, or from now if that is due. An instant is used as it is."""
    assert Couple(service).extend(when=HALF_HOUR) == Refusal(Reason.NOT_PAUSED)
    Couple(service).call(when=HALF_HOUR)
    assert Couple(service).extend(timedelta(0)) == Refusal(Reason.NOT_LATER, EVENING + HALF_HOUR)
    assert _pause(Couple(service).extend(when=HALF_HOUR)).return_at == EVENING + 2 * HALF_HOUR
    clock.move(hours=2)
    until = clock.now() + HALF_HOUR
    assert _pause(Couple(service).extend(when=until)).return_at == until
    assert Couple(service).extend(when=HALF_HOUR) == Refusal(Reason.NO_EXTENSIONS_LEFT, allowed=2)


def test_ends_are_on_record(service: PauseService, clock: FakeClock) -> None:
    """Return and let go end a pause. The newest outcome is the first."""
    Couple(service).call()
    clock.move(minutes=30)
    assert isinstance(Couple(service).come_back(), Accepted)
    Couple(service).call()
    Couple(service).let_go()
    newest, oldest = service.outcomes()
    assert newest.ending is Ending.LET_GO
    assert oldest.punctuality is Punctuality.ON_TIME


def test_a_command_before_the_pause_is_measured_by_what_ended(
    service: PauseService, clock: FakeClock
) -> None:
    """A command from before the pause counts, unless an earlier pause had not ended by then."""
    given = EVENING - timedelta(seconds=1)
    Couple(service).call()
    ended = service.apply(Return(given), Origin.COMMAND_LINE)
    assert isinstance(ended, Accepted)
    clock.move(seconds=5)
    Couple(service).call()
    assert service.apply(Return(given), Origin.COMMAND_LINE) == Refusal(Reason.TOO_OLD)


def test_undo_has_a_window_of_its_own(clock: FakeClock, store: MemoryStore) -> None:
    """With a fast clock, undo works for longer. The pause in the store keeps this."""
    clock.speed = 60
    service = PauseService(clock, store)
    Couple(service).call()
    clock.move(minutes=9)
    assert isinstance(Couple(PauseService(clock, store)).undo(), Accepted)
    assert store.pause is None


def test_the_pause_on_record_is_taken_up(clock: FakeClock, store: MemoryStore) -> None:
    """A new program continues the same pause with the same return time."""
    pause = _pause(Couple(PauseService(clock, store)).call(by="Alex"))
    assert PauseService(clock, store).pause == pause


def test_listeners_hear_after_the_commit(service: PauseService, store: MemoryStore) -> None:
    """A listener is told of a command after it is in the store and in the service."""
    heard: list[tuple[Accepted, bool]] = []
    service.on_change(
        CapabilityKey.LOG,
        lambda done: heard.append((done, store.pause is service.pause is done.pause)),
    )
    Couple(service).call()
    Couple(service).undo()
    Couple(service).undo()  # refused, so nobody is told
    assert [agreed for _, agreed in heard] == [True, True]


def test_a_store_that_cannot_write_is_told(service: PauseService, store: MemoryStore) -> None:
    """If the store can't write, the pause runs in memory, and the answer says so."""
    store.full = True
    done = Couple(service).call()
    assert isinstance(done, Accepted)
    assert not done.kept
    assert not service.kept
    assert service.trouble == "database or disk is full"
    assert service.pause == done.pause
    assert store.pause is None


def test_what_was_not_kept_is_kept_later(service: PauseService, store: MemoryStore) -> None:
    """When the store can write again, the next command, even a second call, writes the pause."""
    store.full = True
    pause = _pause(Couple(service).call())
    store.full = False
    done = Couple(service).call()
    assert isinstance(done, Accepted)
    assert done.kept
    assert store.pause == pause
    assert (service.kept, service.trouble) == (True, "")


def test_a_command_carries_where_it_came_from(service: PauseService) -> None:
    """The answer and the listeners get the origin of a command."""
    heard: list[Accepted] = []
    service.on_change(CapabilityKey.WINDOW, heard.append)
    done = Couple(service, Origin.SHORTCUT).call()
    assert heard == [done]
    assert heard[0].origin is Origin.SHORTCUT
    assert heard[0].transition.begins_pause
    again = Couple(service, Origin.TRAY).call()
    assert isinstance(again, Accepted)
    assert not again.transition.begins_pause


def test_a_broken_listener_loses_no_command(
    service: PauseService, store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    """If a listener fails, the command is in the store, and the other listeners are told."""
    heard: list[Accepted] = []

    def broken(_accepted: Accepted) -> None:
        raise RuntimeError("oh")

    service.on_change(CapabilityKey.LOG, broken, Order.SHOW)
    service.on_change(CapabilityKey.WINDOW, heard.append)
    pause = _pause(Couple(service).call())
    assert store.pause == pause
    assert len(heard) == 1
    assert "log" in caplog.text


def test_a_store_that_breaks_takes_no_pause_away(
    service: PauseService,
    store: MemoryStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After an unexpected error of the store, the pause runs in memory, and the fault is logged."""

    def broken(*_step: object) -> None:
        raise RuntimeError("oh")

    heard: list[Accepted] = []
    service.on_change(CapabilityKey.WINDOW, heard.append)
    monkeypatch.setattr(store, "commit", broken)
    done = Couple(service).call()
    assert isinstance(done, Accepted)
    assert heard == [done]
    assert (done.kept, service.trouble) == (False, "RuntimeError")
    assert "a fault in part data" in caplog.text
