"""The running program: the only place that builds the parts and connects them.

The order matters. The lock decides who runs, before Qt is imported. The tray icon stands as early
as it can; what only a pause needs (the scheduler, the windows) is built when there is one.
"""

from __future__ import annotations

import logging
import os
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause import __version__
from safepause.app.autostart_controller import AutostartController
from safepause.app.event_recorder import EventRecorder
from safepause.app.reminder_delivery import ReminderDelivery
from safepause.app.tray_fallback import TrayFallback
from safepause.app.windows import Windows
from safepause.core.clock import Clock, DemoClock
from safepause.core.reminder_engine import ReminderEngine
from safepause.core.service import Accepted, PauseService
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.system import paths
from safepause.system.dbus.session_bus import SessionBus
from safepause.system.log.handler import LogFile
from safepause.ui.tray.actions import Actions
from safepause.ui.tray.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from safepause.app.shortcut_controller import ShortcutController
    from safepause.core.capability import Capability, LogTail
    from safepause.core.pause import Terms
    from safepause.core.ports import Autostart, Scheduler
    from safepause.core.reminder_engine import Announcement
    from safepause.core.settings.catalogue import Settings
    from safepause.store import Opened
    from safepause.system.ipc.server import Server
    from safepause.system.notifications import Notifications
    from safepause.system.time.clock_watch import ClockWatch

APP_ID = "io.github.safepause.SafePause"
TRAY_PATIENCE_MS = 3000
"""How long a desktop that starts may take to offer a tray before the window is the home."""
log = logging.getLogger(__name__)


class App:
    """Everything of one run, built in the order that start-up needs."""

    def __init__(  # noqa: PLR0913  -- built in one place, each part once
        self,
        qt: QApplication,
        clock: Clock,
        scheduler: Scheduler,
        opened: Opened,
        terms: Terms,
        *,
        log_file: LogFile | None = None,
    ) -> None:
        """Build the parts; nothing is on screen and nothing runs yet."""
        self.running = True
        self.version = __version__
        self._qt = qt
        self._clock = clock
        self._opened = opened
        self.service = PauseService(clock, opened.store, terms.undo_window)
        self.chronicle = EventRecorder(self.service, log_file or LogFile(paths.log_path()))
        self.actions = Actions(clock)
        self.tray = Tray(self.actions, clock)
        self.starting = AutostartController(self.service, lambda: self.autostart)
        self.windows = Windows(self.service, self.actions, self.capabilities, self.starting)
        self.without_tray = TrayFallback(self.tray.available, self.windows)
        self.scheduler = scheduler
        self.bus = SessionBus()
        self.reaching = ReminderDelivery(self.service, self.windows, self.tray, self.bus)
        self.announcer = ReminderEngine(self.service, clock, self.scheduler, self.say)
        self._connect()

    @cached_property
    def server(self) -> Server:
        """What takes commands, once the tray icon is on its way."""
        from safepause.system.ipc.server import make_server

        return make_server(paths.socket_path(), self.answer)

    @property
    def notifications(self) -> Notifications:
        """The ways to notify, from the first use on."""
        return self.reaching.notifications

    @property
    def watch(self) -> ClockWatch:
        """What notices that time has jumped."""
        return self.reaching.watch

    @cached_property
    def calling(self) -> ShortcutController:
        """Keys that call a pause, from the first use on: the tray doesn't wait for them."""
        from safepause.app.shortcut_controller import ShortcutController
        from safepause.system.shortcut import make_shortcuts

        shortcuts = make_shortcuts(self._qt.platformName(), os.environ, self.bus())
        return ShortcutController(self.service, self.windows, self.actions, shortcuts)

    @cached_property
    def autostart(self) -> Autostart:
        """The computer's own record of whether it starts SafePause; a demo leaves it alone."""
        from safepause.system.autostart import NoAutostart, autostart_of

        if isinstance(self._clock, DemoClock):
            return NoAutostart(_("A demo changes nothing on your computer."))
        return autostart_of(self.bus(), self.starting.answered)

    def start(self, *, hidden: bool) -> None:
        """Put the icon up; then listen to commands, and take up a pause on record."""
        self._update()
        self.tray.show()
        QTimer.singleShot(0, lambda: self._started(hidden=hidden))

    def stop(self) -> None:
        """Let go of everything; a standing pause stays on record."""
        self.server.close()
        self.without_tray.stop()
        self.calling.close()
        self.announcer.close()
        self.reaching.stop()
        self.notifications.withdraw()  # its buttons would do nothing, and the next start says it
        self.scheduler.close()
        self.actions.minute.follow(None)
        self.windows.close()
        self.tray.hide()
        self.bus.close()
        self.chronicle.close()
        self._opened.store.close()

    def say(self, announcement: Announcement) -> None:
        """Announce a moment, and show everywhere what is true then."""
        self.chronicle.announced(announcement)
        self.reaching.say(announcement)
        self._update()

    def answer(self, argv: list[str]) -> tuple[int, str, str]:
        """Carry out a command that came over the socket."""
        from safepause import commands

        return commands.run(argv, self.service, self)

    def show(self) -> None:
        """Show the window that matters now."""
        self.windows.show()

    def breathe(self) -> None:
        """Guide breathing without a pause."""
        self.windows.show_breathing()

    def quit(self) -> None:
        """Leave, once the answer to this is sent."""
        QTimer.singleShot(0, self._qt.quit)

    def capabilities(self) -> list[Capability]:
        """Return what this desktop offers us."""
        from safepause.app.diagnostics import examine

        return examine(self, self._opened.notice)

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        return self.chronicle.log_tail()

    def _connect(self) -> None:
        self.service.on_change(self._changed)
        self.service.on_settings(self._settings_changed)
        self.tray.activated.connect(self.windows.call)
        self.tray.middle_clicked.connect(self.windows.show_breathing)
        self.tray.menu_wanted.connect(self.windows.show_home)
        self.actions.quit_requested.connect(self.quit)
        self.reaching.connect(self.announcer, self._time_moved)

    def _listen(self) -> None:
        """Take commands; where the folder lets nobody make a socket, the windows have to do."""
        try:
            self.server.listen()
        except OSError as error:
            log.warning("commands can't reach this app: %s", error.strerror)

    def _started(self, *, hidden: bool) -> None:
        self._listen()
        self.chronicle.started()
        if self.service.pause is not None:
            self.reaching.attend()
            self.announcer.check()
        if self._opened.notice is not None:
            self.windows.tell(words.store_notice(self._opened.notice))
        elif not hidden:
            self.windows.show()
        self.calling.listen()
        self.reaching.prepare()
        self.reaching.follow_tray(self.without_tray.tray_came)
        self.without_tray.wait(TRAY_PATIENCE_MS, hidden=hidden)

    def _changed(self, done: Accepted) -> None:
        self.reaching.attend()
        if done.pause is None or done.step.outcome is not None or done.pause != self._shown:
            self.notifications.withdraw()
        self._update()
        self.windows.follow(done)

    def _settings_changed(self, _settings: Settings) -> None:
        self._update()

    def _update(self) -> None:
        self._shown = self.service.pause
        self.actions.update(self.service.pause, self.service.settings)
        self.tray.update(self.service.pause, self.service.settings)
        self.windows.accompany()

    def _time_moved(self) -> None:
        """Look at the clock again after sleep or a clock change."""
        self.scheduler.wakeup()
        self.announcer.check()
        self._update()
        if self.windows.stage is not None:
            self.windows.stage.refresh()
