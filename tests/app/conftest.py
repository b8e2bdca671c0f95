"""Programs that run in the test's process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from safepause.app import application as module
from tests.app.quiet_bus import QuietBus
from tests.app.running import Program
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def start(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Program]]:
    """Return a function that starts programs one after the other, on one folder and one clock."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "TRAY_PATIENCE_MS", 0)
    clock, programs = FakeClock(), []

    def start(*, hidden: bool = True) -> Program:
        programs.append(Program(tmp_path, qapp, clock, hidden=hidden))
        return programs[-1]

    yield start
    for program in reversed(programs):
        program.close()


@pytest.fixture
def program(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """Return a running program on a desktop with a tray."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "TRAY_PATIENCE_MS", 3_600_000)
    started = Program(tmp_path, qapp, FakeClock())
    yield started
    started.close()


@pytest.fixture
def wired(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """Return a running program on a desktop with a tray, a session bus and a tray watcher."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "TRAY_PATIENCE_MS", 3_600_000)
    colours = QApplication.palette()
    started = Program(tmp_path, qapp, FakeClock(), QuietBus())
    yield started
    started.close()
    QApplication.setPalette(colours)
