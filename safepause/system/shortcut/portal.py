"""Global shortcuts on Wayland, from the desktop's portal. The app asks; the desktop decides.

A shortcut counts as bound only if the portal lists it, with the keys that the desktop names. A held
key repeats its signal until its release, and counts once.
"""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause.i18n import setting_words
from safepause.i18n.language import _
from safepause.system.desktop import menu
from safepause.system.shortcut.base import (
    ASK,
    NAME1,
    NAME2,
    PAUSE,
    BindFailure,
    BindingState,
    Consent,
    Shortcuts,
    read,
)
from safepause.system.shortcut.gnome import known_shortcuts
from safepause.system.shortcut.portal_session import BY_PERSON, PORTAL, PortalSession, Wish
from safepause.system.shortcut.trigger_words import readable, trigger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.message import DBusError

REPEAT_MS = 1500
"""A held key repeats its signal faster. After this time without one, the key counts as released."""
_NO_PORTAL = ("ServiceUnknown", "UnknownMethod", "UnknownInterface", "UnknownObject")
_NO_ANSWER = ("NoReply", "TimedOut", "Timeout", "NameHasNoOwner", "Disconnected")
"""Errors of a portal that can't start yet, as at a login, or hangs. They are no refusal."""
_NO_APP_ID = "NotAllowed"
"""Error of a portal from 1.21 on for an app without an id. The app's desktop file gives the id."""

log = logging.getLogger(__name__)


class PortalShortcuts(Shortcuts):
    """Shortcuts that the desktop's portal binds."""

    desktop_decides = True

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.way = _("by the desktop's portal")
        self._bus = bus
        self._wanted: dict[str, str] = {}
        self._consent = ASK
        self._late = False
        self._impossible: dict[str, BindingState] = {}
        self._session: PortalSession | None = None
        self._owner = ""
        self._held: set[str] = set()
        self._release = QTimer(self, singleShot=True, interval=REPEAT_MS)
        self._release.timeout.connect(self._held.clear)
        self._follow()

    @property
    def possible(self) -> bool:
        """Whether this desktop has such a portal. True until a call shows that it has none."""
        return all(each.trouble is not BindFailure.NO_WAY for each in self._states.values())

    def bind(self, wanted: Mapping[str, str], consent: Consent = ASK) -> None:
        """Ask the portal for these shortcuts, unless they are the ones it was asked for last.

        If the person may be asked, what is not bound is asked for again. While the desktop asks,
        other keys wait for the answer: GNOME shows a second question beside the first.
        """
        if self._question_stands() and _actions(wanted) == _actions(self._wanted):
            self._late = dict(wanted) != self._wanted
            self._wanted = dict(wanted)
            return
        asking = self._consent.ask
        settled = all(each.shown or (asking and _waits(each)) for each in self._states.values())
        if dict(wanted) == self._wanted and (settled or not consent.ask):
            return
        self._wanted, self._consent = dict(wanted), consent
        self._begin()

    def use_bus(self, bus: Bus | None) -> None:
        """Ask the portal again on a bus that has come back. One call starts the portal."""
        if bus is None or bus is self._bus:
            return
        self._bus = bus
        self._owner = ""
        self._follow()
        if self._wanted:  # nobody has done anything at this moment, so nobody is asked
            self._consent = replace(self._consent, ask=False)
            self._begin()

    def to_change(self) -> str:
        """Return where this desktop's settings have the keys of programs."""
        return setting_words.keys_place(os.environ.get("XDG_CURRENT_DESKTOP", ""))

    def close(self) -> None:
        """End the session. The desktop remembers the person's choice of keys."""
        self._release.stop()
        self._watch.close()
        self._wanted = {}
        if self._session is not None:
            self._session.close()
            self._session = None

    def _follow(self) -> None:
        self._watch = self._bus.watch_name(PORTAL, self._owned)
        self._bus.closed.connect(self._cut_off)

    def _begin(self) -> None:
        """Open a new session after the last one has ended: both have the same name."""
        self._held.clear()
        keys, self._impossible = read(self._wanted)
        self._tell(dict.fromkeys(keys, BindingState(trouble=BindFailure.WAITING)))
        before, self._session = self._session, None
        if before is not None:
            before.close(then=self._open)
        else:
            self._open()

    def _open(self) -> None:
        keys, self._impossible = read(self._wanted)
        if self._session is not None or not keys:
            return
        wishes = [Wish(what, _description(what), trigger(each)) for what, each in keys.items()]
        given = None if self._consent.ask else self._consent.given
        if not given or "GNOME" not in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
            self._ask(wishes, given)
            return

        def answered(known: frozenset[str] | None) -> None:
            if asked == (self._wanted, self._consent) and self._session is None:
                self._ask(wishes, given if known is None else given & known)

        asked = (self._wanted, self._consent)
        known_shortcuts(answered)

    def _ask(self, wishes: Sequence[Wish], given: frozenset[str] | None) -> None:
        """Open a session for these wishes. With `given`, nobody is asked about others."""
        session = PortalSession(self._bus, wishes, given, self._owner)
        session.unasked.connect(self._unasked)
        session.listed.connect(self._listed)
        session.altered.connect(self._altered)
        session.refused.connect(self._refused)
        session.activated.connect(self._activated)
        session.released.connect(self._held.discard)
        session.ended.connect(self._ended)
        self._session = session

    def _listed(self, bound: Mapping[str, str]) -> None:
        """Record each listed shortcut as bound, and each other one as refused, or as not asked."""
        keys, _impossible = read(self._wanted)
        other = BindingState(trouble=self._not_bound())
        self._tell({what: _state(bound[what]) if what in bound else other for what in keys})
        self._answered(given=frozenset(bound))

    def _altered(self, bound: Mapping[str, str]) -> None:
        """Record changed keys. An empty list is GNOME's for "Remove All Shortcuts"."""
        known = {what: _state(shown) for what, shown in bound.items() if what in self._wanted}
        self._tell({**self._states, **known})
        if not bound:
            self._fail(BindFailure.ENDED)
            self._answered(given=frozenset())

    def _unasked(self) -> None:
        self._fail(self._not_bound())

    def _not_bound(self) -> BindFailure:
        """Return why the desktop has answered, and has not bound a shortcut."""
        refused = self._consent.ask or self._consent.refused
        return BindFailure.REFUSED if refused else BindFailure.UNASKED

    def _refused(self, reason: DBusError) -> None:
        log.info("the portal gives no shortcut: %s", reason)
        last = reason.name.rpartition(".")[2]
        if last in _NO_PORTAL or last in _NO_ANSWER or ".Spawn." in reason.name:
            self._fail(BindFailure.NO_WAY)
        elif last == _NO_APP_ID or (reason.name != BY_PERSON and not menu.is_listed()):
            self._fail(BindFailure.UNLISTED)
        elif not self._consent.ask:  # nobody was asked, so this is nobody's "no"
            self._fail(self._not_bound())
        else:
            self._fail(BindFailure.REFUSED)
            self._answered(given=frozenset())

    def _answered(self, given: frozenset[str]) -> None:
        """Keep the answer: nobody is asked again, for example after a restart of the portal."""
        refused = self.has(BindFailure.REFUSED)
        self._consent = Consent(ask=False, given=given, refused=refused)
        late, self._late = self._late, False
        self.answered.emit(self._consent)
        if late and given:
            self._begin()

    def _question_stands(self) -> bool:
        """Return whether the desktop is asking the person now, as far as is known."""
        asked = self._session is not None and self._consent.ask
        return asked and self.has(BindFailure.WAITING)

    def _ended(self) -> None:
        self._session = None
        self._fail(BindFailure.ENDED)

    def _cut_off(self) -> None:
        """Record that the message bus is gone."""
        self._forget()
        self._fail(BindFailure.ENDED)

    def _owned(self, owner: str) -> None:
        """Open a session again after the portal was restarted: the new one has none.

        If the last one may have asked the person, the new one must not ask by itself. Otherwise a
        person who has acted waits for the question still, if it disturbs nobody now.
        """
        before, self._owner = self._owner, owner
        lost = bool(before) and owner != before
        back = bool(owner) and (self.has(BindFailure.ENDED) or self.has(BindFailure.NO_WAY))
        if not lost and not back:
            return
        of_use = self._consent.ask or any(state.shown for state in self._states.values())
        asked = lost and self._session is not None and self._session.may_have_asked
        ask = self._consent.ask and not asked and self.may_ask()
        self._consent = replace(self._consent, ask=ask)
        self._forget()
        self._fail(BindFailure.ENDED)
        # A call starts a portal that has ended. One call is enough: a portal that crashes at each
        # start would be started for ever.
        if owner or of_use:
            self._begin()

    def _activated(self, what: str, token: str) -> None:
        held, known = what in self._held, what in self._wanted
        self._held.add(what)
        self._release.start()
        if held or not known:
            return
        if token:  # Qt brings the window to the front with this token
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.pressed.emit(what)

    def _forget(self) -> None:
        if self._session is not None:
            self._session.forget()
            self._session = None

    def _fail(self, trouble: BindFailure) -> None:
        keys, _impossible = read(self._wanted)
        self._tell(dict.fromkeys(keys, BindingState(trouble=trouble)))

    def _tell(self, states: Mapping[str, BindingState]) -> None:
        self._put({**states, **self._impossible})


def _state(words: str) -> BindingState:
    shown = readable(words)
    return BindingState(shown=shown) if shown else BindingState(trouble=BindFailure.KEYLESS)


def _actions(wanted: Mapping[str, str]) -> set[str]:
    keys, _impossible = read(wanted)
    return set(keys)


def _waits(state: BindingState) -> bool:
    return state.trouble is BindFailure.WAITING


def _description(what: str) -> str:
    """Return the text that the desktop shows for a shortcut. The desktop keeps it, so no names.

    GNOME's question shows this text alone, so it begins with the name of the program.
    """
    return {
        PAUSE: _("SafePause: call a pause"),
        NAME1: _("SafePause: call a pause, first name"),
        NAME2: _("SafePause: call a pause, second name"),
    }[what]
