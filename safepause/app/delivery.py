"""The delivery: brings every prompt to the people, by the window and by a notification.

The window comes first. A fault in one way takes the other way not away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from safepause.app.reminder_texts import prompt_of
from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.core.pause import Return
from safepause.core.prompt import Action, Page, Prompt, Urgency
from safepause.core.reminder_engine import STEP_BACK
from safepause.system.notifications import Notice, Notifications
from safepause.system.x11.full_screen import full_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.reminders import Reminders
    from safepause.core.capability import Capability
    from safepause.core.faults import Faults
    from safepause.core.reminder_engine import Announcement
    from safepause.core.service import Accepted, PauseService
    from safepause.system.dbus.connection import Bus
    from safepause.ui.tray.tray import Tray


class Delivery:
    """Shows prompts, and takes what a person answers to a notification."""

    def __init__(  # noqa: PLR0913, PLR0917  -- built in one place, each part once
        self,
        service: PauseService,
        reminders: Reminders,
        flow: PauseFlow,
        tray: Tray,
        bus: Callable[[], Bus | None],
        faults: Faults,
    ) -> None:
        """Follow the reminders. `bus` returns the session's bus as it stands."""
        self._service = service
        self._flow = flow
        self._tray = tray
        self._bus = bus
        self._faults = faults
        self._notifications: tuple[Bus | None, Notifications] | None = None
        self._called_back = False
        self._pause = service.pause
        reminders.on_announcement(CapabilityKey.NOTIFICATIONS, self._announce, Order.SHOW)
        service.on_change(CapabilityKey.NOTIFICATIONS, self._changed)
        tray.message_clicked.connect(lambda: self._chosen(Action.SHOW.value))

    @property
    def notifications(self) -> Notifications:
        """The ways to notify; new ones once a lost bus has come back."""
        bus = self._bus()
        if self._notifications is None or self._notifications[0] is not bus:
            made = Notifications(bus, self._tray.message)
            made.chosen.connect(self._chosen)
            if self._notifications is not None:
                self._notifications[1].deleteLater()
            self._notifications = (bus, made)
        return self._notifications[1]

    def start(self) -> None:
        """Ask who shows notifications, and how: the first prompt needn't wait for that."""
        self.notifications  # noqa: B018  -- building them asks

    def stop(self) -> None:
        """Remove the notification: its buttons would do nothing, and the next start says it."""
        self.notifications.withdraw()

    def capabilities(self) -> list[Capability]:
        """Say whether notifications are shown here."""
        return [self.notifications.capability()]

    def deliver(self, prompt: Prompt) -> None:
        """Show a prompt: first its page, then a notification."""
        if prompt.page is Page.RETURN:
            self._faults.guard(CapabilityKey.WINDOW, self._show_return)
        self._faults.guard(CapabilityKey.NOTIFICATIONS, lambda: self._notify(prompt))

    def time_moved(self) -> None:
        """Remove the notification if the clock was set back: the return isn't due after all."""
        pause = self._service.pause
        if self._called_back and pause and self._service.clock.now() < pause.return_at - STEP_BACK:
            self._called_back = False
            self.notifications.withdraw()

    def _announce(self, announcement: Announcement) -> None:
        prompt = prompt_of(announcement, self._service.settings, self._service.clock)
        self._called_back = prompt.page is Page.RETURN
        self.deliver(prompt)

    def _show_return(self) -> None:
        """Show the return page without the keyboard, above a program that fills the screen, too."""
        unmanaged = full_screen(QGuiApplication.platformName())
        self._flow.show_return(steal_focus=False, unmanaged=unmanaged)

    def _notify(self, prompt: Prompt) -> None:
        buttons = tuple((action.value, text) for action, text in prompt.actions)
        urgent = prompt.urgency is Urgency.CRITICAL
        notice = Notice(prompt.title, prompt.body, buttons, urgent=urgent, sound=prompt.sound)
        self.notifications.show(notice)

    def _changed(self, accepted: Accepted) -> None:
        """Remove the notification of a pause that ended, began or got another return time."""
        before, self._pause = self._pause, accepted.pause
        if accepted.pause is None or accepted.transition.outcome or accepted.pause != before:
            self.notifications.withdraw()

    def _chosen(self, action: str) -> None:
        """Do what a person asked for at a notification; any other click shows the window."""
        if action == Action.HERE.value:
            self._flow.ask(Return(), Origin.NOTIFICATION)
        elif action == Action.MORE_TIME.value:
            self._flow.show_more_time()
        else:
            self._flow.show()
