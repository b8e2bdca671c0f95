"""The service deletes everything: first in the store, then elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.core.pause import Pause, Undo
from safepause.core.ports import NotAllForgotten, NotKept
from safepause.core.service import Accepted, PauseService, Result
from safepause.core.settings.catalogue import DEFAULTS
from safepause.i18n.data_words import not_forgotten
from tests.commands.command_rig import FakeAutostart
from tests.couple import Couple

if TYPE_CHECKING:
    from safepause.core.faults import Faults
    from tests.fakes import FakeClock, MemoryStore


def _pause(answer: Result) -> Pause:
    assert isinstance(answer, Accepted)
    assert answer.pause is not None
    return answer.pause


def test_forgetting_ends_the_pause_as_if_it_never_was(
    service: PauseService, store: MemoryStore, clock: FakeClock
) -> None:
    """Pause and settings are deleted. Listeners are told of an undo, if a pause stood."""
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
    """If the store can't delete, the pause goes on."""
    pause = _pause(Couple(service).call())
    store.full = True
    with pytest.raises(NotKept):
        Couple(service).forget_all()
    assert service.pause == pause


def test_the_desktop_starts_nothing_after_it(clock: FakeClock, store: MemoryStore) -> None:
    """The desktop's record of the autostart is deleted too, and listeners are told."""
    record = FakeAutostart()
    service = PauseService(clock, store, autostart=lambda: record)
    record.enable()
    told: list[bool] = []
    service.on_settings(CapabilityKey.WINDOW, lambda _settings: told.append(record.enabled()))
    Couple(service).forget_all()
    assert not record.enabled()
    assert told[-1] is False


def test_a_record_that_starts_nothing_is_deleted_too(clock: FakeClock, store: MemoryStore) -> None:
    """It may start something on another desktop, or once a program that was moved is back."""
    asked: list[str] = []

    class Moved(FakeAutostart):
        def disable(self) -> None:
            asked.append("disable")

    Couple(PauseService(clock, store, autostart=Moved)).forget_all()
    assert asked == ["disable"]


def test_others_forget_only_what_the_store_has_forgotten(
    service: PauseService, store: MemoryStore
) -> None:
    """The other parts delete their data after the store, and not if the store can't delete."""
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
    """If one part can't delete its data, all other data is deleted, and an error says so."""
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
    """The next part deletes its data. The fault is remembered, and not everything is deleted."""
    asked: list[str] = []

    def broken() -> None:
        raise OSError("broken")

    service.on_forget(CapabilityKey.WINDOW, broken)
    service.on_forget(CapabilityKey.LOG, lambda: asked.append("log"))
    with pytest.raises(NotAllForgotten, match="OSError"):
        Couple(service).forget_all()
    assert asked == ["log"]
    assert faults.kind(CapabilityKey.WINDOW) == "OSError"
    assert "a fault in part window" in caplog.text


def test_after_forgetting_nothing_is_unkept(service: PauseService, store: MemoryStore) -> None:
    """After everything is deleted, `kept` is true again."""
    store.full = True
    Couple(service).call()
    store.full = False
    Couple(service).forget_all()
    assert (service.kept, service.trouble) == (True, "")


def test_files_and_parts_that_stay_are_named(service: PauseService, store: MemoryStore) -> None:
    """The error has every file of the store and every part of the program that still has data."""
    asked: list[str] = []

    def read_only() -> None:
        raise NotKept("read-only")

    def left() -> None:
        store.pause = None
        raise NotAllForgotten("in use", files=("backup",))

    service.on_forget(CapabilityKey.LOG, read_only)
    service.on_forget(CapabilityKey.WINDOW, lambda: asked.append("window"))
    service.on_forget(CapabilityKey.HOOKS, read_only)
    Couple(service).call()
    store.forget_all = left  # type: ignore[method-assign]
    with pytest.raises(NotAllForgotten) as raised:
        Couple(service).forget_all()
    assert (raised.value.detail, raised.value.files) == ("in use", ("backup",))
    assert raised.value.parts == (CapabilityKey.LOG, CapabilityKey.HOOKS)
    assert service.pause is None
    assert asked == ["window"]
    words = not_forgotten(raised.value)
    assert words == (
        "Please try again, or delete the rest yourself. (in use) "
        "Everything is deleted, except this: Log, Your own commands, backup"
    )


def test_the_service_knows_of_traces(service: PauseService, store: MemoryStore) -> None:
    """`clean` and `tidy` are the store's."""
    store.read_by_another = True
    Couple(service).call()
    assert (service.clean, service.tidy()) == (False, False)
    store.read_by_another = False
    assert (service.tidy(), service.clean) == (True, True)
