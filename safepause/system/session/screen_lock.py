"""Knows whether the session is locked, so that nobody is told anything who can't see it.

Listens only between `start` and `stop`: while a pause stands. On Linux there are two sorts of
sources: logind's LockedHint of this session, and the screen lockers on the session's bus. One that
says "locked" is enough; one that leaves its bus has said "open". Elsewhere nothing is known, and
that is said: the window then waits behind the lock screen.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.dbus.wire import Call, DBusError, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus, Subscription
    from safepause.system.dbus.wire import Message

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
"""Names on the session's bus, each also the name of the interface, and the object's path."""
KEY = CapabilityKey.LOCK

log = logging.getLogger(__name__)


class ScreenLock(QObject):
    """Says whether the session is locked; it is taken for open until somebody says otherwise."""

    locked = Signal()
    unlocked = Signal()

    def __init__(
        self,
        session: Callable[[], Bus | None],
        parent: QObject | None = None,
        *,
        linux: bool = sys.platform == "linux",
    ) -> None:
        """Listen to nothing yet. `session` gives the session's bus when it is needed."""
        super().__init__(parent)
        self._session = session
        self._linux = linux
        self._watching = False
        self._said: set[str] = set()
        self._system: Bus | None = None
        self._bus: Bus | None = None
        self._listening: list[Subscription] = []

    @property
    def is_locked(self) -> bool:
        """Whether somebody says that the session is locked."""
        return bool(self._said)

    def start(self) -> None:
        """Listen, if that isn't done already, and ask how things stand."""
        if self._watching or not self._linux:
            return
        self._watching = True
        self._ask_logind()
        self._bus = self._session()
        if self._bus is not None:
            self._bus.closed.connect(self._lockers_gone)
            for name, path in LOCKERS.items():
                self._follow_locker(self._bus, name, path)

    def stop(self) -> None:
        """Listen no more; whatever was said counts no longer. May be called twice."""
        self._watching = False
        for subscription in self._listening:
            subscription.close()
        self._listening.clear()
        if self._bus is not None:
            self._bus.closed.disconnect(self._lockers_gone)
            self._bus = None
        if self._system is not None:
            self._system.close()
            self._system.deleteLater()
            self._system = None
        for source in tuple(self._said):
            self._say(source, locked=False)

    def capability(self) -> Capability:
        """Say whether a locked session is noticed here."""
        if self._linux and self._can_be_told():
            return Capability(KEY, available=True, why=_("While locked, we wait."))
        why = _("Nothing here tells of a locked screen.")
        return Capability(KEY, available=False, why=why, advice=_("The window waits behind it."))

    def _can_be_told(self) -> bool:
        """Tell whether there is a bus on which somebody could say it."""
        from safepause.system.dbus.connection import Bus, NoBus

        session = self._session()
        if session is not None and session.is_open:
            return True
        try:
            Bus.system().close()
        except NoBus:
            return False
        return True

    def _say(self, source: str, *, locked: bool) -> None:
        if locked and not self._watching:
            return  # a late answer
        before = self.is_locked
        (self._said.add if locked else self._said.discard)(source)
        if self.is_locked and not before:
            self.locked.emit()
        elif before and not self.is_locked:
            self.unlocked.emit()

    def _follow_locker(self, bus: Bus, name: str, path: str) -> None:
        rule = Rule(name, path, name, "ActiveChanged")
        says = _guarded(lambda heard: self._say(name, locked=bool(heard.body[0])))

        def owner_changed(owner: str) -> None:
            if owner:
                bus.call(Call(name, path, name, "GetActive"), says, _unknown)
            else:
                self._say(name, locked=False)

        self._listening += [bus.on_signal(rule, says), bus.watch_name(name, owner_changed)]

    def _lockers_gone(self) -> None:
        for name in LOCKERS:
            self._say(name, locked=False)

    def _logind_gone(self) -> None:
        self._say(LOGIND, locked=False)

    def _ask_logind(self) -> None:
        from safepause.system.dbus.connection import Bus, NoBus

        try:
            self._system = bus = Bus.system(self)
        except NoBus as error:
            log.info("no word of a locked session from logind: %s", error)
            return
        bus.closed.connect(self._logind_gone)
        name = os.environ.get("XDG_SESSION_ID", "")
        # Started by the person's service manager, a program belongs to no session.
        mine = Call(LOGIND, _ME, _PROPERTIES, "Get", "ss", (_USER, "Display"))
        ask_user = (mine, _guarded(lambda heard: self._follow_session(bus, heard.body[0][1][1])))
        if not name:
            bus.call(*ask_user, _unknown)
            return
        call = Call(LOGIND, _ROOT, _MANAGER, "GetSession", "s", (name,))
        found = _guarded(lambda heard: self._follow_session(bus, heard.body[0]))
        bus.call(call, found, lambda _reason: bus.call(*ask_user, _unknown))

    def _follow_session(self, bus: Bus, path: str) -> None:
        get = Call(LOGIND, path, _PROPERTIES, "Get", "ss", (_SESSION, "LockedHint"))
        told = _guarded(lambda heard: self._say(LOGIND, locked=bool(heard.body[0][1])))

        def changed(heard: Message) -> None:
            if heard.body[0] == _SESSION and "LockedHint" in (*heard.body[1], *heard.body[2]):
                bus.call(get, told, _unknown)

        bus.on_signal(Rule(LOGIND, path, _PROPERTIES, "PropertiesChanged"), _guarded(changed))
        bus.call(get, told, _unknown)


def _guarded(handler: Callable[[Message], None]) -> Callable[[Message], None]:
    """Return a handler that takes an answer of another shape than is usual for no answer."""

    def handle(heard: Message) -> None:
        try:
            handler(heard)
        except (LookupError, TypeError, ValueError):
            log.info("an answer about the session's lock makes no sense: %s", heard)

    return handle


def _unknown(reason: DBusError) -> None:
    log.debug("whether the session is locked isn't known here: %s", reason)
