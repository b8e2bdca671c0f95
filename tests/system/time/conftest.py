"""A scheduler that waits by the system's clock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.core.clock import SystemClock
from safepause.system.time import qt_scheduler as module
from safepause.system.time.scheduler import WallScheduler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QCoreApplication


@pytest.fixture(params=["APScheduler", "plain"])
def waiting(
    qapp: QCoreApplication,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> Iterator[WallScheduler]:
    """Return a scheduler with or without APScheduler, which is closed after the test."""
    assert qapp is not None
    expected = set()
    if request.param == "plain":
        monkeypatch.setitem(sys.modules, module.__name__, None)
        expected = {"a plain scheduler waits: no APScheduler, ModuleNotFoundError"}
    scheduler = WallScheduler(SystemClock())
    yield scheduler
    scheduler.close()
    assert {record.getMessage() for record in caplog.get_records("call")} <= expected
