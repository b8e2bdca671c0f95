"""What is known and done without an app."""

from __future__ import annotations

from pathlib import Path

import pytest

from safepause.client.offline import autostart_record, stand_in
from safepause.core.ports import NotKept
from safepause.core.service import PauseService
from safepause.system import paths
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PauseService:
    """Return a service in a folder of its own."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    return PauseService(FakeClock(), MemoryStore(), autostart=autostart_record)


def test_the_files_say_what_they_can(service: PauseService) -> None:
    """Log and commands are known without an app, and the log can be read."""
    Path(paths.log_path()).write_text("one\ntwo\n", encoding="utf-8")
    service.set("hook_due", "/nowhere/lights")
    host = stand_in(None, service)
    found = {one.key.value: one for one in host.capabilities()}
    assert found["log"].available
    assert not found["hooks"].available
    assert {"autostart", "data", "log", "hooks"} == {key for key in found if found[key].known}
    assert host.log_tail().lines == ("one", "two")


def test_to_forget_everything_empties_the_log(service: PauseService) -> None:
    """Also without an app no line of the log outlives "forget"."""
    log = Path(paths.log_path())
    log.write_text("one\n", encoding="utf-8")
    stand_in(None, service)
    Couple(service).forget_all()
    assert log.read_text(encoding="utf-8") == ""


def test_a_log_that_cannot_be_emptied_stops_forgetting(service: PauseService) -> None:
    """Then nothing else is deleted either, so that nobody is told of a half that isn't true."""
    Path(paths.log_path()).mkdir()
    Couple(service).call()
    stand_in(None, service)
    with pytest.raises(NotKept):
        Couple(service).forget_all()
    assert service.pause is not None
