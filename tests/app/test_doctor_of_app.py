"""`doctor` and the log of the whole program."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app import application as module
from safepause.app import main
from safepause.app.application import App
from safepause.core.capability import CapabilityKey
from safepause.store import open_store
from safepause.system.dbus.probe import Seen
from safepause.system.log.handler import logging_to
from tests.fakes import FakeClock, FakeScheduler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


class Program:
    """An app with a real log, on a clock and a scheduler that the test moves."""

    def __init__(self, app: App, clock: FakeClock, scheduler: FakeScheduler, log: Path) -> None:
        """Start the app."""
        self.app, self.clock, self.scheduler, self.log = app, clock, scheduler, log
        app.start(hidden=True)

    def run(self, *argv: str) -> str:
        """Carry out a command, which must succeed, and return its output."""
        code, out, _err = self.app.commands.answer(list(argv))
        assert code == 0
        return out

    def facts(self) -> list[str]:
        """Return the log's lines about the pause, without times."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        said = [line.partition(" event_recorder: ")[2] for line in lines]
        return [fact for fact in said if fact and not fact.startswith("started")]


@pytest.fixture
def program(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """Return a running program."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "TRAY_PATIENCE_MS", 0)
    clock, log = FakeClock(), tmp_path / "safepause.log"
    scheduler = FakeScheduler(clock)
    with logging_to(str(log)) as log_file:
        app = App(qapp, clock, scheduler, open_store(tmp_path, clock), log_file=log_file)
        made = Program(app, clock, scheduler, log)
        qapp.processEvents()
        log_file.begin()
        yield made
        app.stop()


def test_doctor_looks_at_everything(program: Program) -> None:
    """Each capability has a line, in a fixed order."""
    told = json.loads(program.run("doctor", "--json"))["capabilities"]
    assert [one["key"] for one in told] == [key.value for key in CapabilityKey]
    assert all(one["known"] and one["why"] for one in told)


def test_the_log_follows_a_pause(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    """Calls, moments and ends are logged without a name. An undone pause is not logged."""
    del caplog  # nobody shows notifications here, and that is logged
    program.run("pause", "--by", "Alex")
    program.run("undo")
    program.run("pause", "--by", "Alex")
    program.scheduler.run_until(program.clock.now() + timedelta(minutes=30))
    program.run("return")
    assert program.facts() == [
        "paused until 2026-03-10T20:40:00Z",
        "said: due",
        "returned",
    ]
    assert "Alex" not in program.log.read_text(encoding="utf-8")


def test_doctor_waits_only_for_a_desktop_whose_bus_answers(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desktop that is asked about keys is waited for. Behind a silent bus there is none."""
    waited: list[bool] = []
    seen = Seen()
    monkeypatch.setattr(program.app.shortcuts, "settle", lambda: waited.append(seen.answers))
    monkeypatch.setattr(program.app.bus, "look", lambda *_asked: seen)
    program.run("doctor")
    assert not waited
    seen = Seen(answers=True)
    program.run("doctor")
    assert waited == [True]


def test_doctor_shows_the_log_until_all_is_forgotten(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    """The path is the first line. After `forget` no other line is left."""
    del caplog  # nobody shows the offer to undo here, and that is logged
    program.run("pause")
    program.run("return")
    path, *lines = program.run("doctor", "--log").splitlines()
    assert path == str(program.log)
    assert lines[-1].endswith("returned")
    program.run("forget", "--all", "--yes")
    assert program.run("doctor", "--log") == f"{path}\n"


def test_what_nobody_caught_is_in_the_log_and_ends_nothing(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of ours is logged by kind and place, and the program goes on."""
    del caplog
    try:
        int("Alex said so")
    except ValueError:
        main._unexpected(program.app.faults, *sys.exc_info())  # noqa: SLF001
    written = program.log.read_text(encoding="utf-8")
    assert "ERROR faults: a fault in part program" in written
    assert "ValueError" in written
    assert "Alex" not in written
    assert program.run("status")
    (broken,) = [line for line in program.run("doctor").splitlines() if "ValueError" in line]
    assert broken.startswith("SafePause itself")


@pytest.fixture
def gnome(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on GNOME, whose AppIndicator extension opens the menu at a click."""
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")


@pytest.mark.usefixtures("gnome")
def test_doctor_and_menu_say_what_calls_on_gnome(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On GNOME doctor and the first line of the menu say that a double click calls a pause."""
    tray = program.app.tray
    monkeypatch.setattr(tray.tray, "available", lambda: True)
    assert "A double click calls a pause." in tray.capabilities()[0].why
    assert tray.actions.pause_now.text().startswith("Pause now\nOr click the icon twice")
