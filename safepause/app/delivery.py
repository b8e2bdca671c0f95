"""The delivery shows every prompt as a notification, and takes the answers to it.

`pause_flow` shows the page of a prompt in the window. So the window does not need the delivery.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.events import Event, event_of
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.core.pause import Correct, State
from safepause.core.prompt import Action, Page, Prompt, Urgency
from safepause.core.reminder_engine import STEP_BACK
from safepause.i18n.language import _
from safepause.system import paths
from safepause.system.notifications import Notice, Notifications
from safepause.system.notifications.dbus import SERVICE

if TYPE_CHECKING:
    from safepause.app.pause_flow import PauseFlow
    from safepause.core.listeners import Listeners
    from safepause.core.service import Accepted, PauseService
    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.lasting_bus import LastingBus
    from safepause.ui.tray.tray import Tray

LEFT_OVER = "notification"
"""The file, beside the socket, that tells the next start of a notification on the screen."""


class Delivery:
    """Shows prompts as notifications, and carries out the answers."""

    def __init__(
        self,
        service: PauseService,
        prompts: Listeners[Prompt],
        flow: PauseFlow,
        tray: Tray,
        bus: LastingBus,
    ) -> None:
        """Follow the prompts. `bus` returns the present session bus, or None."""
        self._service = service
        self._flow = flow
        self._tray = tray
        self._bus = bus
        self._notifications: tuple[Bus | None, Notifications] | None = None
        self._called_back = False
        self._offers_undo = False
        """Whether the notification that stands offers Undo."""
        self._pause = service.pause
        prompts.add(CapabilityKey.NOTIFICATIONS, self._notify, Order.SHOW)
        service.on_change(CapabilityKey.NOTIFICATIONS, self._changed)
        tray.message_clicked.connect(lambda: self._chosen(Action.SHOW.value))

    @property
    def notifications(self) -> Notifications:
        """The notifications. They are made again when a lost bus is replaced."""
        bus = self._bus()
        if self._notifications is None or self._notifications[0] is not bus:
            before = self._notifications[1] if self._notifications is not None else None
            made = self.made(before.standing if before is not None else None)
            made.chosen.connect(self._chosen)
            if before is not None:
                before.deleteLater()
            self._notifications = (bus, made)
        return self._notifications[1]

    def made(self, standing: Notice | None = None) -> Notifications:
        """Return new notifications on the present bus, such as those of a practice."""
        left_over = Path(paths.socket_path()).with_name(LEFT_OVER)
        return Notifications(self._bus(), self._tray.message, left_over, standing=standing)

    def follow_bus(self) -> None:
        """Show what stood on a lost bus again, once its return brings a service."""
        self.notifications  # noqa: B018  -- building them is enough

    def start(self) -> None:
        """Make the notifications, which ask the desktop's service. So the first prompt is fast."""
        self.notifications  # noqa: B018  -- building them asks

    def stop(self) -> None:
        """Remove the notification, because its buttons would do nothing after the end."""
        self.notifications.withdraw()

    def capabilities(self) -> list[Capability]:
        """Say whether notifications are shown here, and whether their service answers now."""
        found = self.notifications.capability()
        seen = self._bus.look(frozenset({SERVICE}))
        if self._bus.is_open and (not seen.answers or SERVICE in seen.asleep):
            why, advice = _("The desktop doesn't answer."), _("The window tells you instead.")
            found = Capability(found.key, available=False, why=why, advice=advice)
        return [found]

    def time_moved(self) -> None:
        """Remove the notification if the clock was set back to before the return."""
        pause = self._service.pause
        if self._called_back and pause and self._service.clock.now() < pause.return_at - STEP_BACK:
            self._called_back = False
            self.notifications.withdraw()

    def _notify(self, prompt: Prompt) -> None:
        self._called_back = prompt.page is Page.RETURN
        self._offers_undo = False  # the prompt stands in its place
        self.notifications.show(notice_of(prompt))

    def _changed(self, accepted: Accepted) -> None:
        """Remove the notification of a pause that ended, began or got another return time.

        If the return stays due while the clock is set, its notification stays.
        """
        before, self._pause = self._pause, accepted.pause
        if isinstance(accepted.transition.command, Correct):
            old = event_of(accepted.transition) is Event.MOVED
        else:
            old = accepted.transition.outcome is not None or accepted.pause != before
        if accepted.transition.taken_back is not None and self._service.state is State.DUE:
            self._offers_undo = False
            return  # the notification of the return stands in the place of the old one
        if accepted.pause is None or old:
            self.notifications.withdraw()
            self._offers_undo = False
        ended = accepted.pause is None and accepted.transition.outcome is not None
        if ended and accepted.origin is not Origin.WINDOW:
            self._offer_undo()

    def leave(self) -> None:
        """Remove the notification: a person wants nothing of the program in sight."""
        self._offers_undo = self._called_back = False
        self.notifications.withdraw()

    def undo_over(self) -> None:
        """Remove a notification whose Undo would come too late."""
        if self._offers_undo:
            self._offers_undo = False
            self.notifications.withdraw()

    def _offer_undo(self) -> None:
        """Offer to take back an end. The window itself has the offer for an end in the window."""
        self._offers_undo = True
        body = _("Was it a slip? Undo works for 10 seconds, in SafePause's menu, too.")
        undo = ((Action.UNDO.value, _("Undo")),)
        self.notifications.show(Notice(_("The pause has ended"), body, undo))

    def _chosen(self, action: str) -> None:
        """Carry out the answer to a notification. Any other click shows the window."""
        if action == Action.HERE.value:
            self._flow.requests.come_back(Origin.NOTIFICATION)
        elif action == Action.MORE_TIME.value:
            self._flow.show_more_time()
        elif action == Action.LET_REST.value:
            self._flow.requests.let_go(Origin.NOTIFICATION)
        elif action == Action.UNDO.value:
            self._flow.requests.undo(Origin.NOTIFICATION)
        elif action == Action.LOOK_BACK.value:
            self._flow.show_look_back()
        elif action == Action.START_AGAIN.value:
            self._flow.show_restart()
        else:
            self._flow.show()


def notice_of(prompt: Prompt) -> Notice:
    """Return the notification of a prompt."""
    return Notice(
        prompt.title,
        prompt.body,
        tuple((action.value, text) for action, text in prompt.actions),
        urgent=prompt.urgency is Urgency.CRITICAL,
        sound=prompt.sound,
        quiet=prompt.quiet,
    )
