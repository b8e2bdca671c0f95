"""What is known and done without the app."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from safepause.client.offline import OfflineHost, autostart_record
from safepause.commands import text_output
from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotAllForgotten, NotKept, StoreNotice, Trouble
from safepause.core.service import PauseService
from safepause.system import paths
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    """Return an empty store in memory."""
    return MemoryStore()


@pytest.fixture
def service(tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> PauseService:
    """Return a service whose data is in a folder of its own."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    return PauseService(FakeClock(), store, autostart=autostart_record)


def test_the_files_say_what_they_can(service: PauseService) -> None:
    """Data, log, commands and autostart are known without the app; all else is listed as not."""
    Path(paths.log_path()).write_text("one\ntwo\n", encoding="utf-8")
    service.set("hook_due", "/nowhere/lights")
    host = OfflineHost(None, service)
    found = {one.key.value: one for one in host.capabilities()}
    assert list(found) == [key.value for key in CapabilityKey]
    assert {"autostart", "data", "log", "hooks"} == {key for key in found if found[key].known}
    assert found["log"].available
    assert found["data"].available
    assert not found["hooks"].available
    assert host.log_tail().lines == ("one", "two")
    table = text_output.doctor(found.values()).splitlines()
    assert table[0].startswith("Tray icon                not known      SafePause isn't running.")


def test_data_that_can_not_be_used_is_not_available(service: PauseService) -> None:
    """What the store reports about the data is what `doctor` says."""
    host = OfflineHost(StoreNotice(Trouble.NEWER, "/data/file", "version 9", ""), service)
    (data,) = (one for one in host.capabilities() if one.key is CapabilityKey.DATA)
    assert (data.known, data.available) == (True, False)
    assert "newer SafePause" in data.why


def test_no_window_is_shown_without_the_app(service: PauseService) -> None:
    """To show a window or to guide breathing is an error; to quit does nothing."""
    host = OfflineHost(None, service)
    for ask in (host.show, host.breathe):
        with pytest.raises(LookupError):
            ask()
    host.quit()


def test_to_forget_everything_empties_the_log(service: PauseService) -> None:
    """Also without the app, no line of the log outlives `forget`."""
    log = Path(paths.log_path())
    log.write_text("one\n", encoding="utf-8")
    OfflineHost(None, service)
    Couple(service).forget_all()
    assert log.read_text(encoding="utf-8") == ""


def test_a_log_that_cannot_be_emptied_is_told(
    service: PauseService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the log can't be emptied, the rest is deleted."""

    def refuse(_file: int, _length: int) -> None:
        raise OSError(5, "Input/output error")

    Path(paths.log_path()).write_text("one\n", encoding="utf-8")
    monkeypatch.setattr(os, "ftruncate", refuse)
    Couple(service).call()
    OfflineHost(None, service)
    with pytest.raises(NotAllForgotten):
        Couple(service).forget_all()
    assert service.pause is None


def test_a_store_that_cannot_write_keeps_the_log(service: PauseService, store: MemoryStore) -> None:
    """If the store can't delete, the log is not changed."""
    log = Path(paths.log_path())
    log.write_text("one\n", encoding="utf-8")
    OfflineHost(None, service)
    store.full = True
    with pytest.raises(NotKept):
        Couple(service).forget_all()
    assert log.read_text(encoding="utf-8") == "one\n"
