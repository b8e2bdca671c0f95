"""What the log and a person's own commands are told, and what they never are."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app.event_recorder import EventRecorder
from safepause.core.reminder_engine import Announcement
from safepause.core.reminders import Kind
from safepause.core.service import PauseService
from safepause.system.log.handler import logging_to
from tests.fakes import EVENING, FakeClock, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from safepause.system.log.handler import LogFile

unix = pytest.mark.skipif(os.name != "posix", reason="the commands here are a Unix shell's")


class Desk:
    """A chronicle of a service on a clock that is moved by hand."""

    def __init__(self, folder: Path, log_file: LogFile) -> None:
        """Follow a service that has nothing on record."""
        self.folder = folder
        self.clock, self.store = FakeClock(), MemoryStore()
        self.log_file = log_file
        self.service = PauseService(self.clock, self.store)
        self.chronicle = EventRecorder(self.service, log_file)
        log_file.begin()

    def pass_undo(self) -> None:
        """Let the time pass in which a pause can be undone; what is held is written."""
        self.clock.move(seconds=11)
        self.chronicle._settle.timeout.emit()  # noqa: SLF001  -- as it would be

    def logged(self) -> list[str]:
        """Return what the log says, without times."""
        path = self.folder / "safepause.log"
        said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.partition("event_recorder: ")[2] for line in said]

    def hook(self, key: str, script: str) -> None:
        """Set a command of the person's own."""
        self.service.set(key, f"sh -c '{script}'")

    def announce(self, kind: Kind) -> None:
        """Have it said of the standing pause."""
        assert self.service.pause is not None
        self.chronicle.announced(Announcement(kind, self.service.pause, self.clock.now()))

    def told(self) -> list[str]:
        """Return what the commands were told, in order."""
        path = self.folder / "told"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001  -- the loop
    """Return an idle desk that is closed at the end."""
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        made = Desk(tmp_path, log_file)
        yield made
        made.chronicle.close()


def test_a_whole_pause_in_bare_facts(desk: Desk) -> None:
    """The log says what was done and until when; no name is in it."""
    desk.service.set("name1", "Alex")
    desk.service.call("Alex")
    desk.service.call("Alex")
    desk.pass_undo()
    desk.announce(Kind.HEADS_UP)
    desk.announce(Kind.DUE)
    desk.service.extend(extra=timedelta(minutes=20))
    desk.service.come_back()
    desk.service.call()
    desk.service.let_go()
    assert desk.logged() == [
        "paused until 2026-03-10T20:40:00Z",
        "said: heads_up",
        "said: due",
        "extended until 2026-03-10T21:00:00Z",
        "returned",
        "paused until 2026-03-10T20:41:00Z",
        "let_go",
    ]


def test_an_undone_pause_is_in_no_byte_of_the_log(desk: Desk) -> None:
    """Nothing of it is written before it can't be undone, and nothing after it was."""
    desk.service.call()
    desk.log_file.flush()
    assert desk.logged() == []
    desk.service.extend(extra=timedelta(minutes=20))
    desk.service.undo()
    desk.pass_undo()
    assert desk.logged() == []


def test_the_log_is_written_by_itself(desk: Desk, qtbot: QtBot) -> None:
    """Once a pause can't be undone any more, the log is written without anything happening."""
    desk.clock.move(seconds=0)
    desk.service.call()
    desk.clock.move(seconds=9.9)
    desk.chronicle._settle.timeout.emit()  # noqa: SLF001  -- a clock that was set back a little
    assert desk.logged() == []
    desk.clock.move(seconds=1)
    qtbot.waitUntil(lambda: bool(desk.logged()))


def test_start_and_end_are_facts(tmp_path: Path, qtbot: QtBot) -> None:
    """The log says when the program started and ended, and a pause that it took up."""
    del qtbot
    clock, store = FakeClock(), MemoryStore()
    PauseService(clock, store).call()
    clock.move(minutes=5)
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        chronicle = EventRecorder(PauseService(clock, store), log_file)
        chronicle.started()
        chronicle.close()
    started, taken_up, ended = (tmp_path / "safepause.log").read_text().splitlines()
    assert "started, version" in started
    assert taken_up.endswith("a pause stands until 2026-03-10T20:40:00Z")
    assert ended.endswith("ended")


def test_an_end_within_seconds_of_a_call_leaves_no_trace_of_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    """A pause that can still be undone at the next start is not in the log yet, nor then."""
    del qtbot
    clock, store = FakeClock(), MemoryStore()
    with logging_to(str(tmp_path / "safepause.log")) as log_file:
        for _run in range(2):
            service = PauseService(clock, store)
            chronicle = EventRecorder(service, log_file)
            chronicle.started()
            service.call()
            chronicle.close()
    said = [
        line.partition(": ")[2] for line in (tmp_path / "safepause.log").read_text().split("\n")
    ]
    assert [line.partition(",")[0] for line in said] == ["started", "ended", "started", "ended", ""]


def test_to_forget_everything_empties_the_log(desk: Desk) -> None:
    """After forgetting, the log knows of no pause, neither one on disk nor one that waited."""
    desk.service.call()
    desk.service.come_back()
    desk.service.call()
    assert desk.logged()
    desk.service.forget_all()
    desk.pass_undo()
    assert desk.logged() == []


def test_log_and_commands_are_capabilities(desk: Desk) -> None:
    """Both can be asked how they stand."""
    assert desk.chronicle.log_capability().available
    assert desk.chronicle.hooks_capability().why == "You have set none."
    desk.service.set("hook_due", "/nowhere/lights")
    assert not desk.chronicle.hooks_capability().available


@unix
def test_each_state_has_its_command(desk: Desk, qtbot: QtBot) -> None:
    """Begun, due and ended run what was set for them, in order, told what happened."""
    tell = f'echo "%s $SAFEPAUSE_EVENT $SAFEPAUSE_STATE $SAFEPAUSE_RETURN_AT" >>{desk.folder}/told'
    for key in ("hook_paused", "hook_due", "hook_returned"):
        desk.hook(key, tell.replace("%s", key))
    desk.service.call("Alex")
    desk.service.undo()
    desk.service.call()
    desk.announce(Kind.HEADS_UP)
    desk.announce(Kind.DUE)
    desk.service.extend(until=EVENING + timedelta(hours=1))
    desk.service.come_back()
    qtbot.waitUntil(lambda: len(desk.told()) == 6)
    assert desk.told() == [
        "hook_paused paused paused 2026-03-10T20:40:00Z",
        "hook_returned undone idle ",
        "hook_paused paused paused 2026-03-10T20:40:00Z",
        "hook_due due due 2026-03-10T20:40:00Z",
        "hook_paused extended paused 2026-03-10T21:10:00Z",
        "hook_returned returned idle ",
    ]


@unix
def test_a_failing_command_of_an_undone_pause_is_not_logged(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    """Neither the command of the call nor that of the undo is spoken of in the log."""
    desk.hook("hook_paused", "exit 3")
    desk.hook("hook_returned", f"touch {tmp_path}/done; exit 4")
    desk.service.call()
    desk.service.undo()
    qtbot.waitUntil((tmp_path / "done").exists)
    desk.chronicle.close()
    assert desk.logged() == ["ended"]
