"""How a moment reaches the people, whatever the desktop does: what is heard, said and shown.

While a pause stands, sleep, clock steps and a locked session are listened to; between pauses none
of them. The tray's host is followed all the time: that costs nothing until one comes. Each part is
imported and built with its first use: the tray icon waits for none of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from safepause.app import reminder_texts
from safepause.core.reminder_engine import STEP_BACK
from safepause.core.reminders import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.windows import Windows
    from safepause.core.capability import Capability
    from safepause.core.reminder_engine import Announcement, ReminderEngine
    from safepause.core.service import PauseService
    from safepause.system.dbus.connection import Bus
    from safepause.system.notifications import Notifications
    from safepause.system.session.screen_lock import ScreenLock
    from safepause.system.session.tray_watcher import TrayWatcher
    from safepause.system.time.clock_watch import ClockWatch
    from safepause.ui.tray.tray import Tray


class ReminderDelivery:
    """Connects what the desktop tells with what is announced, and announces it."""

    def __init__(
        self,
        service: PauseService,
        windows: Windows,
        tray: Tray,
        bus: Callable[[], Bus | None],
    ) -> None:
        """Know the parts; `bus` gives the session's bus as it stands, whenever it is needed."""
        self._service = service
        self._windows = windows
        self._tray = tray
        self._bus = bus
        self._host: TrayWatcher | None = None
        self._notifications: tuple[Bus | None, Notifications] | None = None
        self._called_back = False
        self._attending = False

    @property
    def notifications(self) -> Notifications:
        """The ways to notify; new ones where a lost bus has come back."""
        bus = self._bus()
        if self._notifications is None or self._notifications[0] is not bus:
            from safepause.system.notifications import Notifications

            made = Notifications(bus, self._tray.message)
            made.chosen.connect(self._chosen)
            if self._notifications is not None:
                self._notifications[1].deleteLater()
            self._notifications = (bus, made)
        return self._notifications[1]

    @cached_property
    def watch(self) -> ClockWatch:
        """What notices that time has jumped."""
        from safepause.system.time.clock_watch import ClockWatch

        watch = ClockWatch(self._service.clock)
        watch.jumped.connect(self._take_back)
        watch.jumped.connect(self._time_moved)
        return watch

    @cached_property
    def lock(self) -> ScreenLock:
        """What knows whether the session is locked."""
        from safepause.system.session.screen_lock import ScreenLock

        lock = ScreenLock(self._bus)
        lock.locked.connect(self._announcer.hold)
        lock.unlocked.connect(self._announcer.release)
        return lock

    def connect(self, announcer: ReminderEngine, time_moved: Callable[[], None]) -> None:
        """Hold announcements back while the session is locked; tell when time has moved."""
        self._announcer = announcer
        self._time_moved = time_moved

    def prepare(self) -> None:
        """Learn who shows notifications, and how: nothing waits for that any more."""
        self.notifications  # noqa: B018  -- it asks as soon as it is there

    def follow_tray(self, came: Callable[[], None]) -> None:
        """Stand in every tray that comes, from now on, and tell of it."""
        bus = self._bus()
        if bus is None or self._host is not None:
            return
        from safepause.system.session.tray_watcher import TrayWatcher

        self._host = TrayWatcher(bus, met=self._tray.available())
        self._host.came.connect(self._tray.reregister)
        self._host.came.connect(came)

    def attend(self) -> None:
        """Listen to what a standing pause needs, and to nothing else while there is none."""
        if self._service.pause is None:
            self.stop()
        else:
            self._attending = True
            self.watch.start()
            self.lock.start()

    def stop(self) -> None:
        """Listen no more. May be called twice."""
        if self._attending:
            self._attending = False
            self.watch.stop()
            self.lock.stop()

    def say(self, announcement: Announcement) -> None:
        """Announce a moment: a notification, and the window when it is time to come back.

        Only the first word that it is time may break through "do not disturb". The window comes in
        any case, but takes no keys; above a program that fills the screen, too.
        """
        from safepause.system.notifications import Notice

        settings, clock = self._service.settings, self._service.clock
        self._called_back = announcement.kind is not Kind.HEADS_UP
        self.notifications.show(
            Notice(
                reminder_texts.title(announcement, settings),
                reminder_texts.body(announcement, clock),
                reminder_texts.buttons(announcement),
                urgent=announcement.kind is Kind.DUE,
            )
        )
        if announcement.kind is not Kind.HEADS_UP:
            from safepause.system.x11.full_screen import full_screen

            unmanaged = full_screen(QGuiApplication.platformName())
            self._windows.show_return(steal_focus=False, unmanaged=unmanaged)

    def capabilities(self) -> list[Capability]:
        """Return what this desktop offers for it."""
        return [
            self._tray.capability(),
            self.notifications.capability(),
            *self.watch.capabilities(),
            self.lock.capability(),
        ]

    def _take_back(self) -> None:
        """Take the notification away if the clock was set back: it isn't time after all."""
        pause = self._service.pause
        if self._called_back and pause and self._service.clock.now() < pause.return_at - STEP_BACK:
            self._called_back = False
            self.notifications.withdraw()

    def _chosen(self, action: str) -> None:
        if action == reminder_texts.HERE:
            self._windows.answer(self._service.come_back())
        elif action == reminder_texts.MORE_TIME:
            self._windows.show_more_time()
        else:
            self._windows.show()
