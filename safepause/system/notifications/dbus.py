"""Notifications over D-Bus, with buttons: the service org.freedesktop.Notifications.

At most one notice is on the screen and at most one call is open, so a service that doesn't answer
can't cause a queue. A service that takes the place of another one gets the notice again, without a
sound. The service sends every program's clicks to all programs. So the signals are
subscribed to only while a notice is on the screen.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.dbus.message import BUS_NAME, BUS_PATH, Call, DBusError, Message, Rule
from safepause.system.notifications.arguments import arguments, icon
from safepause.system.notifications.left_over import LeftOver, Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus, Subscription
    from safepause.system.notifications.backend import Notice

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
PATIENCE = 3.0
"""Seconds after which another channel is tried. A later answer is still handled."""

log = logging.getLogger(__name__)


class _Wanted:
    """A notice that must be on the screen, and the function to call once if it isn't."""

    def __init__(self, notice: Notice, refused: Callable[[str], None]) -> None:
        self.notice = notice
        self._refused: Callable[[str], None] | None = refused

    def give_up(self, why: str) -> None:
        refused, self._refused = self._refused, None
        if refused is not None:
            refused(why)


@dataclass(eq=False, slots=True)
class _Open:
    """A call without an answer yet."""

    service: str
    """The unique name of the service that was called; empty if the call starts it."""


def _again(notice: Notice) -> _Wanted:
    """Return a notice that was shown before. If it can't be shown now, it waits."""
    return _Wanted(replace(notice, sound=False), lambda _why: None)


class DBusNotifications(QObject):
    """The channel of the desktop's notification service."""

    chosen = Signal(str)
    """The key of the button that was pressed, or "default" for a click on the notice itself."""

    def __init__(
        self,
        bus: Bus,
        left_over: LeftOver,
        parent: QObject | None = None,
        *,
        standing: Notice | None = None,
    ) -> None:
        """Watch the owner of the service's name from now on.

        A notification that an earlier run has left is closed. `standing` is the notice of a bus
        that was lost: it is shown once there is a service.
        """
        super().__init__(parent)
        self._bus = bus
        self._left_over = left_over
        self._before = left_over.read()
        self._bus_id = ""
        self._icon = icon()
        self._owner: str | None = None
        self._startable = False
        self._abilities: frozenset[str] | None = None
        self._wanted = _again(standing) if standing is not None else None
        self._sent: _Wanted | None = None
        self._open: _Open | None = None
        self._id = 0
        self._shown_by = ""
        self._subscription: Subscription | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(int(PATIENCE * 1000))
        self._patience.timeout.connect(self._lose_patience)
        identity = Call(BUS_NAME, BUS_PATH, BUS_NAME, "GetId")
        bus.call(identity, self._learn_bus, self._log_reason, timeout=None)
        bus.watch_name(SERVICE, self._owner_changed)
        names = Call(BUS_NAME, BUS_PATH, BUS_NAME, "ListActivatableNames")
        bus.call(names, self._learn_startable, self._log_reason, timeout=None)

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice in the place of the last one, as `Channel` says."""
        self._wanted = _Wanted(notice, refused)
        self._patience.start()
        self._go_on()

    def withdraw(self) -> None:
        """Remove the notice from the screen, also if the service hasn't shown it yet."""
        self._wanted = None
        self._patience.stop()
        self._go_on()

    @property
    def standing(self) -> Notice | None:
        """The notice that is on the screen, or should be. A person may have closed it."""
        return self._wanted.notice if self._wanted is not None else None

    def capability(self) -> Capability:
        """Return whether there is a service, and whether it has buttons."""
        if not self._bus.is_open or not (self._owner or self._startable):
            why = _("No notification service runs here.")
            return Capability(
                CapabilityKey.NOTIFICATIONS,
                available=False,
                why=why,
                advice=_("The window tells you instead."),
            )
        if self._abilities is None:
            why = _("Your desktop shows them.")
        elif "actions" in self._abilities:
            why = _("Your desktop shows them, with buttons.")
        else:
            why = _("Your desktop shows them, without buttons.")
        return Capability(CapabilityKey.NOTIFICATIONS, available=True, why=why)

    def _go_on(self) -> None:
        """Send the next call that the wanted notice needs, unless a call is open."""
        if self._open is not None:
            return
        if self._wanted is None:
            self._remove()
        elif self._abilities is None:
            self._ask("GetCapabilities", self._learn_abilities)
        elif self._sent is not self._wanted:
            self._notify(self._wanted, self._abilities)

    def _ask(
        self,
        member: str,
        done: Callable[[Message], None],
        signature: str = "",
        body: tuple[object, ...] = (),
    ) -> None:
        """Call the service. Another service that takes its place is not made to wait for it."""
        self._open = opened = _Open(self._owner or "")

        def answered(answer: Message) -> None:
            if self._open is opened:
                self._open = None
                done(answer)
            elif member == "Notify":
                self._close(int(answer.body[0]), answer.sender)

        def refused(reason: DBusError) -> None:
            if self._open is opened:
                self._open = None
                self._refused(reason)

        call = Call(SERVICE, PATH, SERVICE, member, signature, body)
        self._bus.call(call, answered, refused, timeout=None)

    def _notify(self, wanted: _Wanted, abilities: frozenset[str]) -> None:
        self._sent = wanted
        if self._subscription is None:
            rule = Rule(SERVICE, PATH, SERVICE)
            self._subscription = self._bus.on_signal(rule, self._signalled)
        body = arguments(wanted.notice, abilities, self._icon, replaces=self._id)
        self._ask("Notify", self._shown, "susssasa{sv}i", body)

    def _shown(self, answer: Message) -> None:
        self._id, self._shown_by = int(answer.body[0]), answer.sender
        quiet = self._sent is not None and self._sent.notice.quiet
        self._left_over.keep(Shown(self._bus_id, self._shown_by, self._id), quiet=quiet)
        if self._sent is self._wanted:
            self._patience.stop()
        self._go_on()

    def _learn_abilities(self, answer: Message) -> None:
        self._abilities = frozenset(answer.body[0])
        self._go_on()

    def _refused(self, reason: DBusError) -> None:
        self._id = 0
        wanted, sent = self._wanted, self._sent
        self._sent = None
        if wanted is not None and sent in (None, wanted):
            self._wanted = None
            self._patience.stop()
            self._go_on()
            wanted.give_up(str(reason))
        else:
            self._go_on()

    def _lose_patience(self) -> None:
        """Let another channel be tried. The notice stays wanted: the service may be slow."""
        if self._wanted is not None:
            self._wanted.give_up("the notification service is silent")

    def _remove(self) -> None:
        """Remove the notice from the screen."""
        if self._id:
            self._close(self._id)
        self._forget()

    def _close(self, number: int, service: str = SERVICE) -> None:
        call = Call(service, PATH, SERVICE, "CloseNotification", "u", (number,))
        self._bus.call(call, lambda _answer: None, self._log_reason)

    def _close_left_over(self) -> None:
        """Close the notification of an earlier run, once the service is known to be the same."""
        before = self._before
        if before is None or not self._bus_id or not self._owner:
            return
        self._before = None
        if (before.bus, before.service) == (self._bus_id, self._owner):
            self._close(before.number)
        if not self._id:
            self._left_over.forget()

    def _forget(self) -> None:
        """Reset the state, because no notice is on the screen, and end the subscription."""
        self._id = 0
        self._left_over.forget()
        self._sent = self._wanted = None
        if self._subscription is not None:
            self._subscription.close()
            self._subscription = None

    def _signalled(self, signal: Message) -> None:
        """Handle a signal about our notice, and ignore those about notices of other programs."""
        if not self._id or signal.sender != self._shown_by or signal.body[:1] != (self._id,):
            return
        if signal.member == "ActionInvoked":
            self.chosen.emit(str(signal.body[1]))
        elif signal.member == "NotificationClosed":
            self._id = 0
            self._left_over.forget()
            if self._open is None:
                self._forget()

    def _owner_changed(self, owner: str) -> None:
        """Give the notice to the new service, which counts its notices from 1 again."""
        if owner == self._owner:
            return
        self._owner = owner
        self._close_left_over()
        self._abilities = None
        if self._open is not None and owner and self._open.service not in {"", owner}:
            self._open = None
        if self._id:
            self._close(self._id, self._shown_by)  # that service may still run
            self._id = 0
            self._left_over.forget()
        if self._wanted is not None and self._sent is self._wanted and self._open is None:
            self._wanted = _again(self._wanted.notice)
        if owner and self._open is None:
            self._sent = None
            self._ask("GetCapabilities", self._learn_abilities)

    def _learn_bus(self, answer: Message) -> None:
        self._bus_id = str(answer.body[0])
        self._close_left_over()

    def _learn_startable(self, answer: Message) -> None:
        self._startable = SERVICE in answer.body[0]

    def _log_reason(self, reason: DBusError) -> None:
        log.debug("the notification service refused: %s", reason)
