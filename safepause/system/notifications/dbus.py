"""Notifications over D-Bus: the desktop's own, with buttons that work.

Speaks org.freedesktop.Notifications as its specification has it. Only one notice of ours stands at
a time, and one call at most is open: while a service is silent nothing piles up. Signals are
listened to only while a notice of ours stands, since every program's clicks are told to everyone.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from safepause.assets import resource
from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.dbus.message import BUS_NAME, BUS_PATH, Call, DBusError, Message, Rule
from safepause.system.notifications.backend import Notice, sendable

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus, Subscription

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DESKTOP_ENTRY = "io.github.safepause.SafePause"
CATEGORY = "x-safepause.reminder"
PATIENCE = 3.0
"""Seconds after which another way is taken; an answer that comes later is still understood."""
_NORMAL, _CRITICAL = 1, 2
_AS_THE_DESKTOP_LIKES = -1

log = logging.getLogger(__name__)


class _Wanted:
    """A notice that is to stand on the screen, and whom to tell, once, if it doesn't."""

    def __init__(self, notice: Notice, refused: Callable[[str], None]) -> None:
        self.notice = notice
        self._refused: Callable[[str], None] | None = refused

    def give_up(self, why: str) -> None:
        refused, self._refused = self._refused, None
        if refused is not None:
            refused(why)


class DBusNotifications(QObject):
    """A Channel that talks to the desktop's notification service."""

    chosen = Signal(str)
    """The key of the button that was pressed; "default" for the notice itself."""

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        """Begin to follow who offers the service."""
        super().__init__(parent)
        self._bus = bus
        self._owner: str | None = None
        self._startable = False
        self._abilities: frozenset[str] | None = None
        self._wanted: _Wanted | None = None
        self._sent: _Wanted | None = None
        self._busy = False
        self._id = 0
        self._shown_by = ""
        self._listening: Subscription | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(int(PATIENCE * 1000))
        self._patience.timeout.connect(self._lose_patience)
        bus.watch_name(SERVICE, self._owner_changed)
        names = Call(BUS_NAME, BUS_PATH, BUS_NAME, "ListActivatableNames")
        bus.call(names, self._learn_startable, self._log_reason)

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice in place of the last one; see `Channel`."""
        self._wanted = _Wanted(notice, refused)
        self._patience.start()
        self._go_on()

    def withdraw(self) -> None:
        """Take the notice from the screen, or keep it off if it is still on its way."""
        self._wanted = None
        self._patience.stop()
        self._go_on()

    def capability(self) -> Capability:
        """Say whether anybody offers the service, and whether with buttons."""
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
        """Take the next step towards what is wanted, unless an answer is still awaited."""
        if self._busy:
            return
        if self._wanted is None:
            self._clear()
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
        self._busy = True
        call = Call(SERVICE, PATH, SERVICE, member, signature, body)
        self._bus.call(call, done, self._refused, timeout=None)

    def _notify(self, wanted: _Wanted, abilities: frozenset[str]) -> None:
        self._sent = wanted
        if self._listening is None:
            self._listening = self._bus.on_signal(Rule(SERVICE, PATH, SERVICE), self._heard)
        body = arguments(wanted.notice, abilities, replaces=self._id)
        self._ask("Notify", self._shown, "susssasa{sv}i", body)

    def _shown(self, heard: Message) -> None:
        self._busy = False
        self._id, self._shown_by = int(heard.body[0]), heard.sender
        if self._sent is self._wanted:
            self._patience.stop()
        self._go_on()

    def _learn_abilities(self, heard: Message) -> None:
        self._busy = False
        self._abilities = frozenset(heard.body[0])
        self._go_on()

    def _refused(self, reason: DBusError) -> None:
        self._busy = False
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
        """Let another way be taken. The notice stays wanted: the service may only be slow."""
        if self._wanted is not None:
            self._wanted.give_up("the notification service is silent")

    def _clear(self) -> None:
        """End what stands: nothing is wanted any more."""
        if self._id:
            call = Call(SERVICE, PATH, SERVICE, "CloseNotification", "u", (self._id,))
            self._bus.call(call, lambda _heard: None, self._log_reason)
        self._forget()

    def _forget(self) -> None:
        """Nothing of ours stands on the screen; hear nothing more."""
        self._id = 0
        self._sent = self._wanted = None
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def _heard(self, heard: Message) -> None:
        """Take a signal about our notice; other programs' notices are not our business."""
        if not self._id or heard.sender != self._shown_by or heard.body[:1] != (self._id,):
            return
        if heard.member == "ActionInvoked":
            self.chosen.emit(str(heard.body[1]))
        elif heard.member == "NotificationClosed":
            self._id = 0
            if not self._busy:
                self._forget()

    def _owner_changed(self, owner: str) -> None:
        """Forget what the last service knew of us: another one counts from 1 again."""
        if owner == self._owner:
            return
        self._owner = owner
        self._abilities = None
        self._id = 0
        if not self._busy:
            self._patience.stop()
            self._forget()
            if owner:
                self._ask("GetCapabilities", self._learn_abilities)

    def _learn_startable(self, heard: Message) -> None:
        self._startable = SERVICE in heard.body[0]

    def _log_reason(self, reason: DBusError) -> None:
        log.debug("the notification service refused: %s", reason)


def arguments(notice: Notice, abilities: frozenset[str], replaces: int) -> tuple[object, ...]:
    """Return a notice as Notify takes it from a service with these abilities.

    The title is plain text everywhere. The body is markup only where the service says so. A click
    on the notice itself has the key "default": some services show no other button.
    """
    body = sendable(notice.body)
    if "body-markup" in abilities:
        # Not html.escape: its module reads a table of all entities, 3 ms of the start.
        body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    actions = [*notice.actions]
    if "default" not in dict(actions):
        actions.append(("default", _("Open SafePause")))
    icon = resource("icons", "safepause.svg")
    return (
        "SafePause",
        replaces,
        icon.as_uri() if icon.is_file() else "",
        sendable(notice.title),
        body,
        [sendable(part) for action in actions for part in action] if "actions" in abilities else [],
        {
            "desktop-entry": ("s", DESKTOP_ENTRY),
            "category": ("s", CATEGORY),
            "urgency": ("y", _CRITICAL if notice.urgent else _NORMAL),
        },
        _AS_THE_DESKTOP_LIKES,
    )
