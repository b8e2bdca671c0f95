"""The use cases: committed first, then told, in memory where nothing can be kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.faults import Faults
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.core.pause import SHORTEST, Ending, Pause, Punctuality, Reason, Refusal, State, Undo
from safepause.core.ports import NotAllForgotten, NotKept
from safepause.core.service import Accepted, PauseService, Result
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.core.settings.declaration import SettingError, Value
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, MemoryStore

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still."""
    return FakeClock()


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store in memory."""
    return MemoryStore()


@pytest.fixture
def faults() -> Faults:
    """Return the faults of a run that has none yet."""
    return Faults()


@pytest.fixture
def service(clock: FakeClock, store: MemoryStore, faults: Faults) -> PauseService:
    """Return a service over them."""
    return PauseService(clock, store, faults)


def _pause(answer: Result) -> Pause:
    assert isinstance(answer, Accepted)
    assert answer.pause is not None
    return answer.pause


def test_a_call_goes_by_the_agreement(service: PauseService, store: MemoryStore) -> None:
    """A call without a time lasts as agreed, on the terms agreed on, and is on record."""
    service.set("length", 45)
    service.set("extensions", 1)
    pause = _pause(Couple(service).call(by="Alex"))
    assert pause.return_at == EVENING + timedelta(minutes=45)
    assert pause.extensions_left == 1
    assert pause.called_by == "Alex"
    assert store.pause == pause == service.pause


def test_a_call_names_its_own_time(service: PauseService) -> None:
    """A call may say how long, or until when; nobody's name is nobody."""
    assert _pause(Couple(service).call(by="", when=HALF_HOUR)).called_by is None
    Couple(service).undo()
    until = EVENING + timedelta(hours=2)
    assert _pause(Couple(service).call(when=until)).return_at == until


def test_a_length_of_nothing_is_too_short(service: PauseService) -> None:
    """A length of zero is refused, not taken as the agreed one."""
    refusal = Couple(service).call(when=timedelta(0))
    assert refusal == Refusal(Reason.TOO_SHORT, EVENING + SHORTEST)
    assert service.pause is None


def test_a_second_call_gives_the_standing_pause(service: PauseService, clock: FakeClock) -> None:
    """Called again, the pause neither starts anew nor changes its caller."""
    pause = _pause(Couple(service).call(by="Alex"))
    clock.move(minutes=10)
    assert _pause(Couple(service).call(by="Bo")) == pause


def test_the_state_follows_the_time(service: PauseService, clock: FakeClock) -> None:
    """Idle, paused, due: the last step needs nothing but time."""
    states = [service.state]
    Couple(service).call()
    states.append(service.state)
    clock.move(minutes=30)
    states.append(service.state)
    assert states == [State.IDLE, State.PAUSED, State.DUE]
    assert service.clock is clock


def test_more_time_by_a_length_or_until(service: PauseService, clock: FakeClock) -> None:
    """More time counts from the return, from now once due, or is a time of its own."""
    assert Couple(service).extend(when=HALF_HOUR) == Refusal(Reason.NOT_PAUSED)
    Couple(service).call(when=HALF_HOUR)
    assert Couple(service).extend(timedelta(0)) == Refusal(Reason.NOT_LATER, EVENING + HALF_HOUR)
    assert _pause(Couple(service).extend(when=HALF_HOUR)).return_at == EVENING + 2 * HALF_HOUR
    clock.move(hours=2)
    until = clock.now() + HALF_HOUR
    assert _pause(Couple(service).extend(when=until)).return_at == until
    assert Couple(service).extend(when=HALF_HOUR) == Refusal(Reason.NO_EXTENSIONS_LEFT, allowed=2)


def test_ends_are_on_record(service: PauseService, clock: FakeClock) -> None:
    """Coming back and letting go end the pause; the newest outcome comes first."""
    Couple(service).call()
    clock.move(minutes=30)
    assert isinstance(Couple(service).come_back(), Accepted)
    Couple(service).call()
    Couple(service).let_go()
    newest, oldest = service.outcomes()
    assert newest.ending is Ending.LET_GO
    assert oldest.punctuality is Punctuality.ON_TIME


def test_undo_has_a_window_of_its_own(clock: FakeClock, store: MemoryStore) -> None:
    """A clock that runs fast gives a longer time for undo, which goes with the pause."""
    clock.speed = 60
    service = PauseService(clock, store)
    Couple(service).call()
    clock.move(minutes=9)
    assert isinstance(Couple(PauseService(clock, store)).undo(), Accepted)
    assert store.pause is None


def test_the_pause_on_record_is_taken_up(clock: FakeClock, store: MemoryStore) -> None:
    """A new program finds the same pause, with the same return time."""
    pause = _pause(Couple(PauseService(clock, store)).call(by="Alex"))
    assert PauseService(clock, store).pause == pause


def test_listeners_hear_after_the_commit(service: PauseService, store: MemoryStore) -> None:
    """Whoever is told of a command finds it on record and in the service already."""
    heard: list[tuple[Accepted, bool]] = []
    service.on_change(
        CapabilityKey.LOG,
        lambda done: heard.append((done, store.pause is service.pause is done.pause)),
    )
    Couple(service).call()
    Couple(service).undo()
    Couple(service).undo()  # refused: nobody hears of that
    assert [agreed for _, agreed in heard] == [True, True]


def test_a_store_that_cannot_write_is_told(service: PauseService, store: MemoryStore) -> None:
    """Nothing can be kept: the pause runs all the same, and the answer says so."""
    store.full = True
    done = Couple(service).call()
    assert isinstance(done, Accepted)
    assert not done.kept
    assert not service.kept
    assert service.trouble == "database or disk is full"
    assert service.pause == done.pause
    assert store.pause is None


def test_what_was_not_kept_is_kept_later(service: PauseService, store: MemoryStore) -> None:
    """As soon as the store can write, any command, even a second call, makes up for it."""
    store.full = True
    pause = _pause(Couple(service).call())
    store.full = False
    done = Couple(service).call()
    assert isinstance(done, Accepted)
    assert done.kept
    assert store.pause == pause
    assert (service.kept, service.trouble) == (True, "")


def test_settings_are_kept_and_told(service: PauseService, store: MemoryStore) -> None:
    """A setting is on record before anyone is told of it."""
    heard: list[tuple[Settings, dict[str, Value]]] = []
    service.on_settings(CapabilityKey.LOG, lambda told: heard.append((told, dict(store.values))))
    service.set("name1", "Alex")
    assert heard == [(service.settings, {"name1": "Alex"})]
    assert service.settings.agreement.names == ("Alex",)


def test_settings_that_cannot_be_kept_stay_as_they_were(
    service: PauseService, store: MemoryStore
) -> None:
    """An unknown setting, or a full disk, changes nothing."""
    store.full = True
    with pytest.raises(NotKept) as raised:
        service.set("name1", "Alex")
    assert raised.value.detail == "database or disk is full"
    with pytest.raises(SettingError):
        service.set("volume", 11)
    assert service.settings == DEFAULTS


def test_forgetting_ends_the_pause_as_if_it_never_was(
    service: PauseService, store: MemoryStore, clock: FakeClock
) -> None:
    """Everything is gone, the standing pause too, and whoever shows it is told."""
    service.set("name1", "Alex")
    Couple(service).call()
    heard: list[Accepted] = []
    service.on_change(CapabilityKey.LOG, heard.append)
    Couple(service).forget_all()
    assert service.pause is store.pause is None
    assert service.settings == DEFAULTS
    assert [(done.transition.command, done.transition.at, done.kept) for done in heard] == [
        (Undo(clock.now()), clock.now(), True)
    ]
    Couple(service).forget_all()
    assert len(heard) == 1


def test_what_cannot_be_forgotten_stands(service: PauseService, store: MemoryStore) -> None:
    """If nothing can be deleted, the pause goes on."""
    pause = _pause(Couple(service).call())
    store.full = True
    with pytest.raises(NotKept):
        Couple(service).forget_all()
    assert service.pause == pause


def test_others_forget_only_what_the_store_has_forgotten(
    service: PauseService, store: MemoryStore
) -> None:
    """Who keeps something of pauses elsewhere deletes it once nothing is on record any more."""
    asked: list[Pause | None] = []
    service.on_forget(CapabilityKey.LOG, lambda: asked.append(store.pause))
    Couple(service).call()
    store.full = True
    with pytest.raises(NotKept):
        Couple(service).forget_all()
    assert asked == []
    store.full = False
    Couple(service).forget_all()
    assert asked == [None]


def test_what_others_cannot_forget_is_told(service: PauseService, store: MemoryStore) -> None:
    """The rest is deleted, by the store and by the others, and everybody knows of it."""
    asked: list[str] = []

    def read_only() -> None:
        raise NotKept("read-only")

    service.on_forget(CapabilityKey.LOG, read_only)
    service.on_forget(CapabilityKey.WINDOW, lambda: asked.append("window"))
    Couple(service).call()
    with pytest.raises(NotAllForgotten, match="read-only"):
        Couple(service).forget_all()
    assert service.pause is store.pause is None
    assert asked == ["window"]


def test_a_fault_of_one_that_forgets_leaves_the_others(
    service: PauseService, faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    """A part that breaks as all is forgotten is remembered, and the next one forgets."""
    asked: list[str] = []

    def broken() -> None:
        raise OSError("broken")

    service.on_forget(CapabilityKey.WINDOW, broken)
    service.on_forget(CapabilityKey.LOG, lambda: asked.append("log"))
    Couple(service).forget_all()
    assert asked == ["log"]
    assert faults.kind(CapabilityKey.WINDOW) == "OSError"
    assert "a fault in part window" in caplog.text


def test_after_forgetting_nothing_is_unkept(service: PauseService, store: MemoryStore) -> None:
    """Memory and store agree again once everything is forgotten."""
    store.full = True
    Couple(service).call()
    store.full = False
    Couple(service).forget_all()
    assert (service.kept, service.trouble) == (True, "")


class Record:
    """A computer's record of what it starts, in memory."""

    def __init__(self) -> None:
        """Start nothing."""
        self.on = False

    def enabled(self) -> bool:
        """Return what stands."""
        return self.on

    def enable(self) -> None:
        """Start it."""
        self.on = True

    def disable(self) -> None:
        """Start it no more."""
        self.on = False

    def capability(self) -> Capability:
        """Return that it works."""
        return Capability(CapabilityKey.AUTOSTART, available=True, why="It can.")


def test_the_computer_s_own_record_is_set_and_told_like_any_setting(
    clock: FakeClock, store: MemoryStore
) -> None:
    """The setting "autostart" goes to the record, not to the store; listeners hear of it."""
    record, heard = Record(), []
    service = PauseService(clock, store, autostart=lambda: record)
    service.on_settings(CapabilityKey.WINDOW, lambda _settings: heard.append(record.on))
    service.set("autostart", value=True)
    service.set("autostart", value=False)
    assert heard == [True, False]
    assert store.values == {}


def test_without_a_record_that_is_said(service: PauseService) -> None:
    """A service that was given no record of the computer's says so."""
    with pytest.raises(LookupError):
        service.set("autostart", value=True)


def test_a_command_carries_where_it_came_from(service: PauseService) -> None:
    """Listeners and the one who asked learn the origin of a command."""
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
    """The command is on record and told to the others, whatever one listener does."""
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
    """An error that no store should raise: the pause runs in memory, and the fault is known."""

    def broken(_transition: object) -> None:
        raise RuntimeError("oh")

    heard: list[Accepted] = []
    service.on_change(CapabilityKey.WINDOW, heard.append)
    monkeypatch.setattr(store, "commit", broken)
    done = Couple(service).call()
    assert isinstance(done, Accepted)
    assert heard == [done]
    assert (done.kept, service.trouble) == (False, "RuntimeError")
    assert "a fault in part data" in caplog.text
