"""A running program for tests: real windows and store, a clock and a scheduler moved by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from safepause.app.application import App
from safepause.store import open_store
from safepause.system.notifications import Notifications
from tests.fakes import FakeScheduler

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from safepause.system.notifications import Notice
    from tests.fakes import FakeClock


class Program:
    """An app on a clock and a scheduler that the test moves."""

    def __init__(self, folder: Path, qt: QApplication, clock: FakeClock) -> None:
        """Build it and let it start."""
        self.clock = clock
        self.scheduler = FakeScheduler(clock)
        self.opened = open_store(folder, clock)
        self.app = App(qt, clock, self.scheduler, self.opened)
        self.notices: list[Notice] = []
        self.said_at: list[datetime] = []
        self.app.start(hidden=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Notifications, "show", lambda _self, notice: self.notified(notice))
            qt.processEvents()
        self.app.delivery.notifications.show = self.notified  # type: ignore[method-assign]

    def notified(self, notice: Notice) -> None:
        """Stand in for the desktop's notifications."""
        self.notices.append(notice)
        self.said_at.append(self.clock.now())

    def close(self) -> None:
        """End it, as a quit does."""
        self.app.stop()

    def wait(self, **length: float) -> None:
        """Let time pass; everything that falls due on the way happens."""
        self.scheduler.run_until(self.clock.now() + timedelta(**length))

    def run(self, *argv: str) -> tuple[int, str, str]:
        """Carry out a command as if it came over the socket."""
        return self.app.commands.answer(list(argv))

    def status(self) -> dict[str, object]:
        """Return what `status --json` says."""
        said: dict[str, object] = json.loads(self.run("status", "--json")[1])
        return said

    def button(self, text: str) -> QPushButton:
        """Return the visible button of the pause's window that reads `text`."""
        stage = self.app.flow.window
        assert stage is not None
        found = [b for b in stage.findChildren(QPushButton) if b.isVisible() and b.text() == text]
        assert found, [b.text() for b in stage.findChildren(QPushButton) if b.isVisible()]
        return found[0]

    def press(self, text: str) -> None:
        """Press that button."""
        self.button(text).click()
