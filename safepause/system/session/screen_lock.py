"""Whether the screen is locked. Then nobody can see a notification or a window.

It is watched between `start` and `stop`. On Linux there are two kinds of sources: logind's
LockedHint of the login session, and the screen lockers on the session bus. The screen counts as
locked if one source says so. A source that leaves its bus counts as unlocked. Other systems have no
source. There the window waits behind the lock screen, and the capability says so. A bus that comes
back is asked again.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.dbus.message import Call, DBusError, Rule
from safepause.system.dbus.probe import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.dbus.connection import Bus, Subscription
    from safepause.system.dbus.lasting_bus import LastingBus
    from safepause.system.dbus.message import Message

LOGIND = "org.freedesktop.login1"
_ROOT = "/org/freedesktop/login1"
_ME = "/org/freedesktop/login1/user/self"
_MANAGER, _SESSION, _USER = (f"{LOGIND}.{part}" for part in ("Manager", "Session", "User"))
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SESSIONS = b"/org/freedesktop/login1/session/"
"""How the path of each login session begins."""
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

    def __init__(
        self, session: LastingBus, system: LastingBus, parent: QObject | None = None
    ) -> None:
        """Watch nothing yet. `system` is connected while something is watched."""
        super().__init__(parent)
        self._session = session
        self._watching = False
        self._locked_by: set[str] = set()
        self._system = system
        self._system.came.connect(self._ask_logind)
        self._system.lost.connect(self._logind_gone)
        session.came.connect(self._follow_lockers)
        session.lost.connect(self._lockers_gone)
        self._followed: set[str] = set()
        """The login sessions that are followed on the system bus."""
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
        self._system()
        self._follow_lockers()

    def stop(self) -> None:
        """Watch no longer. The screen counts as unlocked. May be called twice."""
        self._watching = False
        for subscription in self._subscriptions:
            subscription.close()
        self._subscriptions.clear()
        self._bus = None
        self._system.close()
        for source in tuple(self._locked_by):
            self._set(source, locked=False)

    def capability(self) -> Capability:
        """Return whether a source of the screen lock answers now."""
        key = CapabilityKey.LOCK
        if self._has_source():
            return Capability(key, available=True, why=_("While locked, we wait."))
        why = _("Nothing here tells of a locked screen.")
        return Capability(key, available=False, why=why, advice=_("The window waits behind it."))

    def _has_source(self) -> bool:
        """Return whether a screen locker answers, or logind knows this login session."""
        if self._session.look(frozenset(LOCKERS)).awake.intersection(LOCKERS):
            return True
        asked = _my_session()
        told = self._system.look(frozenset({LOGIND}), asked).answered
        return any(_SESSIONS in told.get(each, b"") for each in asked)

    def _set(self, source: str, *, locked: bool) -> None:
        if locked and not self._watching:
            return  # an answer that came after `stop`
        before = self.is_locked
        (self._locked_by.add if locked else self._locked_by.discard)(source)
        if self.is_locked and not before:
            self.locked.emit()
        elif before and not self.is_locked:
            self.unlocked.emit()

    def _follow_lockers(self) -> None:
        """Follow the screen lockers, also on a bus that has come back."""
        bus = self._session() if self._watching else None
        if bus is None or bus is self._bus:
            return
        self._bus = bus
        self._subscriptions.clear()
        for name, path in LOCKERS.items():
            self._follow_locker(bus, name, path)

    def _follow_locker(self, bus: Bus, name: str, path: str) -> None:
        rule = Rule(name, path, name, "ActiveChanged")
        changed = _guarded(lambda message: self._set(name, locked=bool(message.body[0])))

        def owner_changed(owner: str) -> None:
            if owner:
                bus.call(Call(name, path, name, "GetActive"), changed, _unknown, timeout=None)
            else:
                self._set(name, locked=False)

        self._subscriptions += [bus.on_signal(rule, changed), bus.watch_name(name, owner_changed)]

    def _lockers_gone(self) -> None:
        for name in LOCKERS:
            self._set(name, locked=False)

    def _logind_gone(self) -> None:
        self._set(LOGIND, locked=False)

    def _ask_logind(self) -> None:
        """Follow this login session, also after a restart of logind. The first call starts it."""
        bus = self._system() if self._watching else None
        if bus is None:
            return
        self._followed.clear()
        bus.watch_name(
            LOGIND, lambda owner: self._logind_came(bus) if owner else self._logind_gone()
        )
        self._logind_came(bus)

    def _logind_came(self, bus: Bus) -> None:
        name = os.environ.get("XDG_SESSION_ID", "")
        # A program that the person's service manager has started belongs to no session.
        mine = Call(LOGIND, _ME, _PROPERTIES, "Get", "ss", (_USER, "Display"))
        ask_user = (mine, _guarded(lambda found: self._follow_session(bus, found.body[0][1][1])))
        if not name:
            bus.call(*ask_user, _unknown, timeout=None)
            return
        call = Call(LOGIND, _ROOT, _MANAGER, "GetSession", "s", (name,))
        follow = _guarded(lambda found: self._follow_session(bus, found.body[0]))
        otherwise = partial(bus.call, *ask_user, _unknown, timeout=None)
        bus.call(call, follow, lambda _reason: otherwise(), timeout=None)

    def _follow_session(self, bus: Bus, path: str) -> None:
        get = Call(LOGIND, path, _PROPERTIES, "Get", "ss", (_SESSION, "LockedHint"))
        known = _guarded(lambda found: self._set(LOGIND, locked=bool(found.body[0][1])))

        def changed(signal: Message) -> None:
            if signal.body[0] == _SESSION and "LockedHint" in (*signal.body[1], *signal.body[2]):
                bus.call(get, known, _unknown, timeout=None)

        if path not in self._followed:
            self._followed.add(path)
            bus.on_signal(Rule(LOGIND, path, _PROPERTIES, "PropertiesChanged"), _guarded(changed))
        bus.call(get, known, _unknown, timeout=None)


def _my_session() -> tuple[Question, ...]:
    """Return the questions that lead to the login session of this program, or of its person."""
    name = os.environ.get("XDG_SESSION_ID", "")
    display = Question(LOGIND, _ME, _PROPERTIES, "Get", (_USER, "Display"))
    mine = Question(LOGIND, _ROOT, _MANAGER, "GetSession", (name,))
    return (mine, display) if name else (display,)


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
