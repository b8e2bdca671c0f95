"""The service's settings: kept in the store or by the desktop, then told to the listeners."""

from __future__ import annotations

import pytest

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.core.service import PauseService
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.core.settings.declaration import SettingError, Value
from tests.fakes import FakeClock, MemoryStore


class Record:
    """The desktop's record of the autostart, in memory."""

    def __init__(self) -> None:
        """Make a record that starts nothing."""
        self.on = False

    def enabled(self) -> bool:
        """Return the record."""
        return self.on

    def enable(self) -> None:
        """Set the record."""
        self.on = True

    def disable(self) -> None:
        """Clear the record."""
        self.on = False

    def capability(self) -> Capability:
        """Return a capability that is available."""
        return Capability(CapabilityKey.AUTOSTART, available=True, why="It can.")


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store in memory."""
    return MemoryStore()


@pytest.fixture
def service(store: MemoryStore) -> PauseService:
    """Return a service without a record of the desktop."""
    return PauseService(FakeClock(), store)


def test_settings_are_kept_and_told(service: PauseService, store: MemoryStore) -> None:
    """A setting is in the store before a listener is told of it."""
    heard: list[tuple[Settings, dict[str, Value]]] = []
    service.on_settings(CapabilityKey.LOG, lambda told: heard.append((told, dict(store.values))))
    service.set("name1", "Alex")
    assert heard == [(service.settings, {"name1": "Alex"})]
    assert service.settings.agreement.names == ("Alex",)


def test_settings_that_cannot_be_kept_stay_as_they_were(
    service: PauseService, store: MemoryStore
) -> None:
    """With an unknown setting, or a full disk, no setting changes."""
    store.full = True
    with pytest.raises(NotKept) as raised:
        service.set("name1", "Alex")
    assert raised.value.detail == "database or disk is full"
    with pytest.raises(SettingError):
        service.set("weather", 11)
    assert service.settings == DEFAULTS


def test_the_computer_s_own_record_is_set_and_told_like_any_setting(
    store: MemoryStore,
) -> None:
    """The setting "autostart" is kept in the record, not in the store. Listeners are told."""
    record, heard = Record(), []
    service = PauseService(FakeClock(), store, autostart=lambda: record)
    service.on_settings(CapabilityKey.WINDOW, lambda _settings: heard.append(record.on))
    service.set("autostart", value=True)
    service.set("autostart", value=False)
    assert heard == [True, False]
    assert store.values == {}


def test_without_a_record_that_is_said(service: PauseService) -> None:
    """Without a record, setting "autostart" raises LookupError."""
    with pytest.raises(LookupError):
        service.set("autostart", value=True)
