"""A running program for tests: real windows and store, a fake clock and a fake scheduler."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from safepause.app.application import App
from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.store import open_store
from safepause.system.hooks.runner import HookRunner
from safepause.system.notifications import Notifications
from tests.app.fake_shortcuts import FakeShortcuts
from tests.app.quiet_bus import FakeSession, QuietBus
from tests.commands.command_rig import FakeAutostart
from tests.fakes import FakeScheduler

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from safepause.core.origin import Origin
    from safepause.core.pause import Command
    from safepause.core.service import Accepted
    from safepause.system.hooks.runner import Hook
    from safepause.system.notifications import Notice
    from safepause.ui.pause.page import Page
    from safepause.ui.pause.window import PauseWindow
    from tests.fakes import FakeClock

LOG = logging.getLogger("safepause")
W = TypeVar("W", bound=QWidget)


class Program:
    """An app with a clock and a scheduler that the test moves, on a fake desktop."""

    def __init__(  # noqa: PLR0913  -- built in few places, each part once
        self,
        folder: Path,
        qt: QApplication,
        clock: FakeClock,
        bus: QuietBus | None = None,
        *,
        hidden: bool = True,
        welcomed: bool = True,
    ) -> None:
        """Build and start the app. With `hidden`, it starts as at a login.

        `welcomed` says that the page of the first run was shown before.
        """
        self.clock = clock
        self.scheduler = FakeScheduler(clock)
        self.opened = open_store(folder, clock)
        if welcomed:
            with suppress(NotKept):  # a store for a test of trouble
                self.opened.store.set("welcomed", value=True)
        self.record, self.keys, self.session = FakeAutostart(), FakeShortcuts(), FakeSession(bus)
        self.notices: list[Notice] = []
        self.said_at: list[datetime] = []
        self.hooks: list[Hook] = []
        self.facts = Facts()
        self.withdrawn = 0
        self.left = self._ended = False
        self.last: Accepted | None = None
        self.patch = pytest.MonkeyPatch()
        """Takes what the test replaces until the program is closed."""
        self._stand_in(qt)
        self.app = App(qt, clock, self.scheduler, self.opened)
        self.app._autostart_record = self.record  # noqa: SLF001
        self.app.bus = self.session  # type: ignore[assignment]
        self.app.service.on_change(CapabilityKey.LOG, self._note)
        self.app.start(hidden=hidden)
        qt.processEvents()

    def _stand_in(self, qt: QApplication) -> None:
        """Replace notifications, hooks and shortcuts with fakes. Record the end of the program."""
        put = self.patch.setattr
        put(Notifications, "show", lambda _self, notice: self.notified(notice))
        put(Notifications, "withdraw", lambda _self: self._withdraw())
        put(HookRunner, "run", lambda _self, hook: self.hooks.append(hook))
        put("safepause.system.shortcut.make_shortcuts", lambda *_given: self.keys)
        put(qt, "quit", self._leave, raising=False)
        LOG.addHandler(self.facts)
        LOG.setLevel(logging.INFO)

    def notified(self, notice: Notice) -> None:
        """Take a notification, as the desktop does."""
        self.notices.append(notice)
        self.said_at.append(self.clock.now())

    def stop(self) -> None:
        """End the program, as the command `quit` does."""
        self._ended = True
        self.app.stop()

    def close(self) -> None:
        """End the program, if it runs, and restore the desktop."""
        if not self._ended:
            self.stop()
        self.patch.undo()
        LOG.removeHandler(self.facts)
        LOG.setLevel(logging.NOTSET)

    def wait(self, **length: float) -> None:
        """Let time pass. Everything that becomes due happens."""
        self.scheduler.run_until(self.clock.now() + timedelta(**length))

    def run(self, *argv: str) -> tuple[int, str, str]:
        """Carry out a command, as the command server does."""
        return self.app.commands.answer(list(argv))

    def status(self) -> dict[str, object]:
        """Return the document of `status --json`."""
        said: dict[str, object] = json.loads(self.run("status", "--json")[1])
        return said

    def did(self, command: type[Command], origin: Origin) -> bool:
        """Tell whether the last command is of this kind and origin."""
        last = self.last
        return last is not None and (type(last.transition.command), last.origin) == (
            command,
            origin,
        )

    @property
    def window(self) -> PauseWindow:
        """The pause window, which must exist."""
        assert self.app.flow.window is not None
        return self.app.flow.window

    @property
    def page(self) -> Page | None:
        """The page of the pause window; None if the window is hidden."""
        return self.window.page if self.app.flow.visible else None

    def shown(self, kind: type[W]) -> W | None:
        """Return the visible window of a kind, if there is one."""
        windows = QApplication.topLevelWidgets()
        found = [each for each in windows if isinstance(each, kind) and each.isVisible()]
        assert len(found) <= 1
        return found[0] if found else None

    def says(self, text: str) -> bool:
        """Tell whether a visible label contains a text."""
        labels = [each for each in QApplication.allWidgets() if isinstance(each, QLabel)]
        return any(text in each.text() for each in labels if each.isVisible())

    def button(self, text: str) -> QPushButton:
        """Return the visible button of the pause window with the text `text`."""
        found = [b for b in self.window.findChildren(QPushButton) if b.isVisible()]
        names = [b.text() or b.accessibleName() for b in found]
        assert text in names, names
        return found[names.index(text)]

    def press(self, text: str) -> None:
        """Press the button with the text `text`."""
        self.button(text).click()

    def watching(self) -> list[str]:
        """Return what the program watches: the clock, the screen lock, or both."""
        self.settle()
        watch, found = self.app.events.watch, list[str]()
        timers = [each for each in watch.findChildren(QTimer) if each.isActive()]
        if timers or watch.findChild(QSocketNotifier) is not None:
            found.append("clock")
        bus = self.session.bus
        if bus is not None and "org.gnome.ScreenSaver" in bus.names:
            found.append("lock")
        return found

    @staticmethod
    def settle() -> None:
        """Process Qt's pending events."""
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _note(self, accepted: Accepted) -> None:
        self.last = accepted

    def _withdraw(self) -> None:
        self.withdrawn += 1

    def _leave(self) -> None:
        self.left = True


class Facts(logging.Handler):
    """Keeps the lines of the log from the level INFO on."""

    def __init__(self) -> None:
        """Start without lines."""
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())
