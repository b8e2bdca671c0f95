"""The running program: a list of features, built and connected here and nowhere else.

The tray icon is shown first. Code that the icon does not need is imported and built afterwards. A
fault in one feature is logged and shown by `doctor`. The other features still run.
"""

from __future__ import annotations

import gc
import os
from contextlib import closing, suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause import __version__
from safepause.app import later_features
from safepause.app.autostart_controller import AutostartController
from safepause.app.diagnostics import examine
from safepause.app.ending import Ending
from safepause.app.event_recorder import EventRecorder
from safepause.app.pause_flow import PauseFlow
from safepause.app.reminder_texts import prompt_in_any_case
from safepause.app.reminders import Reminders
from safepause.app.saved_data import SavedData
from safepause.app.tray_controller import TrayController
from safepause.app.updates import NoWindow, Updates
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey
from safepause.core.clock import Clock, DemoClock
from safepause.core.faults import Faults
from safepause.core.listeners import Listeners, Order
from safepause.core.service import PauseService
from safepause.system import paths
from safepause.system.dbus.lasting_bus import session_bus
from safepause.system.displays import elsewhere
from safepause.system.log.handler import LogFile
from safepause.system.session.overview import leave_overview
from safepause.system.session.tray_service import tray_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QApplication

    from safepause.app.command_server import CommandServer
    from safepause.app.delivery import Delivery
    from safepause.app.desktop_events import DesktopEvents
    from safepause.app.feature import Feature
    from safepause.app.first_run import FirstRun
    from safepause.app.shortcut_controller import ShortcutController
    from safepause.app.update_notice import UpdateNotice
    from safepause.app.warm_up import WarmUp
    from safepause.core.breathing import Session
    from safepause.core.capability import Capability, LogTail
    from safepause.core.ports import Autostart, Scheduler
    from safepause.core.prompt import Prompt
    from safepause.core.reminder_engine import Announcement
    from safepause.store import Opened
    from safepause.system.ipc.handover import FirstRequest
    from safepause.system.session.qt_buses import QtBuses
    from safepause.ui.widgets.banner import Answer

TRAY_PATIENCE_MS = 3000
"""How long a starting desktop may take to offer a tray. Then the home window is shown instead."""


class App:
    """The features of one run."""

    commands: CommandServer
    delivery: Delivery
    events: DesktopEvents
    first_run: FirstRun | None = None
    shortcuts: ShortcutController | None = None

    def __init__(  # noqa: PLR0913  -- built in one place, each part once
        self,
        qt: QApplication,
        clock: Clock,
        scheduler: Scheduler,
        opened: Opened,
        *,
        log_file: LogFile | None = None,
        buses: QtBuses | None = None,
    ) -> None:
        """Build what the tray icon needs. Nothing is shown, and nothing runs before `start`.

        `buses` says which buses Qt was kept from, because they hung at the start.
        """
        self.running = True
        self.version = __version__
        self.qt = qt
        self.clock = clock
        self.first: FirstRequest | None = None
        """The request for which the program was started."""
        self.faults = Faults()
        self.bus = session_bus()
        self.service = PauseService(
            clock, opened.store, self.faults, lambda: self._autostart_record
        )
        self.reminders = Reminders(self.service, scheduler, self.faults)
        self.recorder = EventRecorder(
            self.service, self.reminders, log_file or LogFile(paths.log_path())
        )
        self.data = SavedData(self.service, opened, self.reminders.agenda, self.take_up_data)
        self.autostart = AutostartController(self.service)
        self.tray = TrayController(self.service, lambda: tray_service(self.bus))
        updates = Updates()
        self.ending = Ending(qt, updates)
        self.windows = Windows(
            self.service, self.tray.actions, self.autostart, self._examine, updates
        )
        self.windows.unread = lambda: self.data.unread
        parts = (self.service, self.autostart, self.windows)
        self.flow = PauseFlow(*parts, lambda: leave_overview(self.bus()))
        self.tray.connect(self.flow, self.windows, self.quit)
        self.windows.settings.on_restart(self.ending.restart)
        self.windows.settings.on_try(self.breathe)
        self.prompts: Listeners[Prompt] = Listeners(self.faults)
        """The listeners of prompts. The window, the icon and the delivery show them."""
        self.time_moved: Listeners[None] = Listeners(self.faults)
        self.features = self._early_features()
        """The features, each with the part of the program that its faults belong to."""
        self.notice: UpdateNotice | None = None
        self.warm_up: WarmUp | None = None
        self.buses = buses
        if buses is not None and buses.without_session:
            self.tray.tray.cut_off(for_good=True)
        self._connect()

    def _early_features(self) -> list[tuple[CapabilityKey, Feature]]:
        return [
            (CapabilityKey.DATA, self.data),
            (CapabilityKey.LOG, self.recorder),
            (CapabilityKey.AUTOSTART, self.autostart),
            (CapabilityKey.WINDOWS, self.windows),
            (CapabilityKey.WINDOW, self.flow),
        ]

    def _connect(self) -> None:
        """Tell window, icon and reminders of prompts and of changed clocks, in this order."""
        self.prompts.add(CapabilityKey.WINDOW, self.flow.show_prompt, Order.SHOW)
        self.prompts.add(CapabilityKey.TRAY, lambda _prompt: self.tray.update(), Order.SHOW)
        self.reminders.on_announcement(CapabilityKey.REMINDERS, self._prompt, Order.SHOW)
        self.on_time_moved(CapabilityKey.REMINDERS, self.service.follow_clock, Order.SHOW)
        self.on_time_moved(CapabilityKey.WINDOW, self.flow.time_moved, Order.SHOW)
        self.on_time_moved(CapabilityKey.TRAY, self.tray.update, Order.SHOW)
        self.on_time_moved(CapabilityKey.REMINDERS, self.reminders.time_moved, Order.REMIND)

    def start(self, *, hidden: bool) -> None:
        """Show the icon. Build the other features, and continue a standing pause, after that."""
        early = tuple(self.features)
        self._add(CapabilityKey.TRAY, lambda: self.tray)
        if self.first is None:
            QTimer.singleShot(0, lambda: self._start_rest(early, hidden=hidden))
        else:  # Qt's event loop may begin late, as with an accessibility bus that hangs
            self._start_rest(early, hidden=hidden)
        QTimer.singleShot(0, gc.enable)  # the command line has disabled it for the imports so far

    def stop(self) -> None:
        """Stop every feature, the last one first. A standing pause stays in the store."""
        if self.warm_up is not None:
            self.warm_up.stop()
        for part, feature in reversed(self.features):
            self.faults.guard(part, feature.stop)
        self.bus.close()

    def show(self) -> None:
        """Show the window that matters now. If its code is missing, `update_notice` says so."""
        with suppress(NoWindow):
            if self.first_run is None or not self.first_run.greet():
                self.flow.show()

    def breathe(self, session: Session | None = None) -> None:
        """Guide breathing without a pause, in a rhythm to try or as the settings say.

        If its code is missing, `update_notice` says so.
        """
        with suppress(NoWindow):
            self.flow.show_breathing(session)

    @property
    def hidden_data(self) -> str:
        """Why saved data can't be read; empty if it can, or there is none."""
        return self.data.hidden

    @property
    def unread_data(self) -> str:
        """Why past pauses can't be read; empty if they can, or there are none."""
        return self.data.unread

    def elsewhere(self, display: str) -> str:
        """Return the display of the windows, if nobody at `display` can see them; else nothing."""
        platform = self.qt.platformName()
        return elsewhere(display, platform, os.environ, later_features.on_xwayland)

    def quit(self) -> None:
        """End the program, after the answer to this command is sent."""
        self.ending.quit()

    def take_up_data(self) -> bool:
        """Start again, unseen, with the saved data. Return False while a person uses a window."""
        if self.flow.visible or self.windows.in_use:
            return False
        return self.ending.restart_unseen()

    def on_time_moved(
        self, part: CapabilityKey, listener: Callable[[], object], order: Order = Order.AFTER
    ) -> None:
        """Tell `listener`, which belongs to `part`, of a sleep and of a changed clock or zone.

        The listener may be told twice of one jump.
        """
        self.time_moved.add(part, lambda _nothing: listener(), order)

    def capabilities(self) -> list[Capability]:
        """Return what works on this computer, once a desktop that is asked has answered.

        A bus that is silent has no desktop behind it that is worth the wait.
        """
        if self.shortcuts is not None and self.bus.look(frozenset()).answers:
            self.faults.guard(CapabilityKey.SHORTCUT, self.shortcuts.settle)
        return self._examine()

    def _examine(self) -> list[Capability]:
        """Return what works on this computer now. Each feature says this for itself."""
        return examine(self.features, self.faults)

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        return self.recorder.tail()

    def _start_rest(self, early: Iterable[tuple[CapabilityKey, Feature]], *, hidden: bool) -> None:
        """Build and start the other features. Commands come last: whoever asks is answered."""
        self._add(CapabilityKey.PROGRAM, partial(later_features.update_notice, self))
        self.faults.guard(CapabilityKey.REMINDERS, self.service.follow_clock)
        for part, feature in early:
            self.faults.guard(part, feature.start)
        for part, build in later_features.IN_ORDER:
            self._add(part, partial(build, self))
        self.faults.guard(CapabilityKey.COMMANDS, partial(later_features.commands, self))
        self.faults.guard(CapabilityKey.COMMANDS, self._carry_out_first)
        shown = CapabilityKey.WINDOWS if self.service.pause is None else CapabilityKey.WINDOW
        if self.data.notice:
            self.faults.guard(shown, partial(later_features.say_data_trouble, self))
        elif not hidden:
            self.faults.guard(shown, self.show)
        self._add(CapabilityKey.SHORTCUT, partial(later_features.shortcuts, self))
        if not isinstance(self.clock, DemoClock):
            self._add(CapabilityKey.PROGRAM, partial(later_features.bus_return, self))
        if self.first is None:
            self._listen()
        else:  # the event loop has not begun yet
            QTimer.singleShot(0, self._listen)
        wait = partial(self.tray.fallback.wait, TRAY_PATIENCE_MS, hidden=hidden)
        self.faults.guard(CapabilityKey.TRAY, wait)
        self.faults.guard(CapabilityKey.WINDOW, partial(later_features.warm_up, self))

    def _listen(self) -> None:
        self._add(CapabilityKey.COMMANDS, lambda: self.commands)

    def _carry_out_first(self) -> None:
        """Carry out the request for which the program was started, however long ago that was."""
        if self.first is not None:
            with closing(self.first) as first:
                answer = self.faults.attempt(
                    CapabilityKey.COMMANDS,
                    lambda: self.commands.answer(first.argv, first.request_id),
                    later_features.no_answer(),
                )
                first.answer(answer)

    def say(self, sentence: str, answer: Answer | None = None) -> None:
        """Say something in the pause window if it is open, else in the home window."""
        self.flow.say(sentence, answer) if self.flow.visible else self.windows.say(sentence, answer)

    def _prompt(self, announcement: Announcement) -> None:
        """Tell the listeners of the prompt for a moment."""
        self.prompts.tell(prompt_in_any_case(announcement, self.service))

    def _add(self, part: CapabilityKey, build: Callable[[], Feature]) -> None:
        """Build a feature and start it. After a fault the other features still run."""

        def add() -> None:
            feature = build()
            self.features.append((part, feature))
            feature.start()

        self.faults.guard(part, add)

    def forget_warm_up(self) -> None:
        """Drop the warm-up, which deletes itself at its end."""
        self.warm_up = None

    @cached_property
    def _autostart_record(self) -> Autostart:
        """The desktop's record of whether it starts SafePause."""
        return later_features.autostart_record(self)
