"""When a person's own commands run, and which variables they get."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from safepause.app.hooks_controller import HooksController
from safepause.app.reminders import Reminders
from safepause.app.updates import Updates
from safepause.core.faults import Faults
from safepause.core.service import PauseService
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, FakeScheduler, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from safepause.system.hooks.runner import HookRunner

unix = pytest.mark.skipif(os.name != "posix", reason="the commands here are a Unix shell's")


class Desk:
    """Hooks, a service, and a clock that the test moves."""

    def __init__(self, folder: Path) -> None:
        """Follow a service without a pause."""
        self.folder = folder
        self.clock, faults = FakeClock(), Faults()
        self.scheduler = FakeScheduler(self.clock)
        self.service = PauseService(self.clock, MemoryStore(), faults)
        reminders = Reminders(self.service, self.scheduler, faults)
        self.controller = HooksController(self.service, reminders, Updates())

    def hook(self, key: str, script: str) -> None:
        """Set a hook."""
        self.service.set(key, f"sh -c '{script}'")

    @property
    def runner(self) -> HookRunner:
        """The runner of the hooks."""
        return self.controller._runner  # noqa: SLF001

    def told(self) -> list[str]:
        """Return what the commands have written, in order."""
        path = self.folder / "told"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001  -- the loop
    """Return a desk without a pause. It is stopped after the test."""
    made = Desk(tmp_path)
    yield made
    made.controller.stop()


def test_the_commands_are_a_capability(desk: Desk) -> None:
    """The capability says whether the commands are found."""
    (none,) = desk.controller.capabilities()
    assert none.why == "You have set none."
    desk.service.set("hook_due", "/nowhere/lights")
    (missing,) = desk.controller.capabilities()
    assert not missing.available


@unix
def test_each_state_has_its_command(desk: Desk, qtbot: QtBot) -> None:
    """Call, due and end each run their command, in order, with their variables."""
    tell = f'echo "%s $SAFEPAUSE_EVENT $SAFEPAUSE_STATE $SAFEPAUSE_RETURN_AT" >>{desk.folder}/told'
    for key in ("hook_paused", "hook_due", "hook_returned"):
        desk.hook(key, tell.replace("%s", key))
    couple = Couple(desk.service)
    couple.call("Alex")
    couple.undo()
    couple.call()
    desk.scheduler.run_until(EVENING + timedelta(minutes=30))
    couple.extend(EVENING + timedelta(hours=1))
    couple.come_back()
    qtbot.waitUntil(lambda: len(desk.told()) == 6, timeout=40_000)  # six shells on a busy machine
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
    desk: Desk, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the hook of an undone call nor that of the undo is mentioned in the log."""
    desk.hook("hook_paused", "exit 3")
    desk.hook("hook_returned", f"touch {tmp_path}/done; exit 4")
    couple = Couple(desk.service)
    couple.call()
    couple.undo()
    qtbot.waitUntil((tmp_path / "done").exists)
    desk.controller.stop()
    assert "hook" not in caplog.text


@unix
def test_a_command_that_waits_is_run_at_the_end(desk: Desk, qtbot: QtBot) -> None:
    """A command that waits is started at the end of the program."""
    desk.hook("hook_paused", f"echo paused >>{desk.folder}/told")
    Couple(desk.service).call()
    [waits] = [each for each in desk.runner.findChildren(QTimer) if each.isActive()]
    desk.controller.stop()
    assert not waits.isActive()
    qtbot.waitUntil(lambda: desk.told() == ["paused"])
