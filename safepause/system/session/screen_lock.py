"""Whether the screen is locked. Then nobody can see a notification or a window.

It is watched between `start` and `stop`. On Linux there are two kinds of sources: logind's
LockedHint of the login session, and the screen lockers on the session bus. The screen counts as
locked if one source says so. A source that leaves its bus counts as unlocked. Other systems have no
source. There the window waits behind the lock screen, and the capability says so.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.dbus.factory import connect_system
from safepause.system.dbus.message import Call, DBusError, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus, Subscription
    from safepause.system.dbus.message import Message

LOGIND = "org.freedesktop.login1"
_ROOT = "/org/freedesktop/login1"
_ME = "/org/freedesktop/login1/user/self"
_MANAGER, _SESSION, _USER = (f"{LOGIND}.{part}" for part in ("Manager", "Session", "User"))
_PROPERTIES = "org.freedesktop.DBus.Properties"
LOCKERS = {
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
    "org.cinnamon.ScreenSaver": "/org/cinnamon/ScreenSaver",
    "org.mate.ScreenSaver": "/org/mate/ScreenSaver",
    "org.xfce.ScreenSaver": "/org/xfce/ScreenSaver",
}
"""The screen lockers' names on the session bus, with the paths of their objects.

The interface of each object has the same name.
"""

log = logging.getLogger(__name__)


class ScreenLock(QObject):
    """Watches the screen lock. The screen counts as unlocked until a source says otherwise."""

    locked = Signal()
    unlocked = Signal()

    def __init__(self, session: Callable[[], Bus | None], parent: QObject | None = None) -> None:
        """Watch nothing yet. `session` returns the session bus, or None if there is none."""
        super().__init__(parent)
        self._session = session
        self._watching = False
        self._locked_by: set[str] = set()
        self._system: Bus | None = None
        self._bus: Bus | None = None
        self._subscriptions: list[Subscription] = []

    @property
    def is_locked(self) -> bool:
        """Whether a source says that the screen is locked."""
        return bool(self._locked_by)

    def start(self) -> None:
        """Watch from now on, and ask every source for its state. May be called twice."""
        if self._watching:
            return
        self._watching = True
        self._ask_logind()
        self._bus = self._session()
        if self._bus is not None:
            self._bus.closed.connect(self._lockers_gone)
            for name, path in LOCKERS.items():
                self._follow_locker(self._bus, name, path)

    def stop(self) -> None:
        """Watch no longer. The screen counts as unlocked. May be called twice."""
        self._watching = False
        for subscription in self._subscriptions:
            subscription.close()
        self._subscriptions.clear()
        if self._bus is not None:
            self._bus.closed.disconnect(self._lockers_gone)
            self._bus = None
        if self._system is not None:
            self._system.close()
            self._system.deleteLater()
            self._system = None
        for source in tuple(self._locked_by):
            self._set(source, locked=False)

    def capability(self) -> Capability:
        """Return whether a source of the screen lock is possible here."""
        key = CapabilityKey.LOCK
        if self._has_bus():
            return Capability(key, available=True, why=_("While locked, we wait."))
        why = _("Nothing here tells of a locked screen.")
        return Capability(key, available=False, why=why, advice=_("The window waits behind it."))

    def _has_bus(self) -> bool:
        """Return whether there is a bus on which a source may be."""
        session = self._session()
        if session is not None and session.is_open:
            return True
        system = connect_system()
        if system is not None:
            system.close()
        return system is not None

    def _set(self, source: str, *, locked: bool) -> None:
        if locked and not self._watching:
            return  # an answer that came after `stop`
        before = self.is_locked
        (self._locked_by.add if locked else self._locked_by.discard)(source)
        if self.is_locked and not before:
            self.locked.emit()
        elif before and not self.is_locked:
            self.unlocked.emit()

    def _follow_locker(self, bus: Bus, name: str, path: str) -> None:
        rule = Rule(name, path, name, "ActiveChanged")
        changed = _guarded(lambda message: self._set(name, locked=bool(message.body[0])))

        def owner_changed(owner: str) -> None:
            if owner:
                bus.call(Call(name, path, name, "GetActive"), changed, _unknown)
            else:
                self._set(name, locked=False)

        self._subscriptions += [bus.on_signal(rule, changed), bus.watch_name(name, owner_changed)]

    def _lockers_gone(self) -> None:
        for name in LOCKERS:
            self._set(name, locked=False)

    def _logind_gone(self) -> None:
        self._set(LOGIND, locked=False)

    def _ask_logind(self) -> None:
        self._system = bus = connect_system(self)
        if bus is None:
            return
        bus.closed.connect(self._logind_gone)
        name = os.environ.get("XDG_SESSION_ID", "")
        # A program that the person's service manager has started belongs to no session.
        mine = Call(LOGIND, _ME, _PROPERTIES, "Get", "ss", (_USER, "Display"))
        ask_user = (mine, _guarded(lambda found: self._follow_session(bus, found.body[0][1][1])))
        if not name:
            bus.call(*ask_user, _unknown)
            return
        call = Call(LOGIND, _ROOT, _MANAGER, "GetSession", "s", (name,))
        follow = _guarded(lambda found: self._follow_session(bus, found.body[0]))
        bus.call(call, follow, lambda _reason: bus.call(*ask_user, _unknown))

    def _follow_session(self, bus: Bus, path: str) -> None:
        get = Call(LOGIND, path, _PROPERTIES, "Get", "ss", (_SESSION, "LockedHint"))
        known = _guarded(lambda found: self._set(LOGIND, locked=bool(found.body[0][1])))

        def changed(signal: Message) -> None:
            if signal.body[0] == _SESSION and "LockedHint" in (*signal.body[1], *signal.body[2]):
                bus.call(get, known, _unknown)

        bus.on_signal(Rule(LOGIND, path, _PROPERTIES, "PropertiesChanged"), _guarded(changed))
        bus.call(get, known, _unknown)


def _guarded(handler: Callable[[Message], None]) -> Callable[[Message], None]:
    """Return a handler that logs and ignores a message with unexpected values."""

    def handle(message: Message) -> None:
        try:
            handler(message)
        except (LookupError, TypeError, ValueError):
            log.info("a message about the screen lock has unexpected values: %s", message)

    return handle


def _unknown(reason: DBusError) -> None:
    log.debug("the screen lock is not known: %s", reason)
