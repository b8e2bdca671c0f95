"""One session with the GlobalShortcuts portal, from the first call to its end, as D-Bus has it.

The portal answers each request twice: the call at once with a request's path, and later, when the
person has decided, with a Response from there. What the answers mean is not known here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from safepause.system.dbus.wire import Call, DBusError, Message, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from safepause.system.dbus.connection import Bus, Subscription

PORTAL, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_SESSION, _REQUEST = "org.freedesktop.portal.Session", "org.freedesktop.portal.Request"
_REGISTRY = "org.freedesktop.host.portal.Registry"
APP_ID = "io.github.safepause.SafePause"
TOKEN = "safepause"  # noqa: S105  -- a name: desktops keep the person's choice of keys under it
PATIENCE = 30.0
"""Seconds for the portal to take a request; the first one starts it."""
_LIST = "a(sa{sv})"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A shortcut as the portal is asked for it."""

    what: str
    description: str
    trigger: str
    """The keys that we would like, such as "CTRL+ALT+p"; the desktop may give others."""


class PortalSession(QObject):
    """Asks for shortcuts, and hears of them until `close`. Every answer is a signal."""

    listed = Signal(object)
    """What the desktop has bound, as a dict from each wish to its keys in the desktop's words."""
    altered = Signal(object)
    """The same, for those whose keys the desktop has changed."""
    refused = Signal(object)
    """The Reason for which there is no session, or nothing is bound."""
    activated = Signal(str, str)
    """Keys went down, or are still down: which wish, and a token to raise a window with."""
    released = Signal(str)
    ended = Signal()
    """The desktop has ended the session."""

    def __init__(self, bus: Bus, wishes: Sequence[Wish]) -> None:
        """Begin to ask. The bus holds on to this until the last answer is there."""
        super().__init__()
        self._bus = bus
        self._wishes = [
            (
                wish.what,
                {"description": ("s", wish.description), "preferred_trigger": ("s", wish.trigger)},
            )
            for wish in wishes
        ]
        self._handle = ""
        self._request_path = ""
        self._creating = True
        self._closed = False
        self._then: Callable[[], None] | None = None
        self._ears: list[Subscription] = []
        register = Call(PORTAL, PATH, _REGISTRY, "Register", "sa{sv}", (APP_ID, {}))
        bus.call(register, lambda _heard: self._create(), lambda _old: self._create(), PATIENCE)

    def close(self, then: Callable[[], None] | None = None) -> None:
        """End the session; call `then` once the portal has forgotten it."""
        self._then = then
        self._closed = True
        if not self._creating:
            self._leave()

    def forget(self) -> None:
        """Take it that the portal is gone, and the session with it."""
        self._closed = True
        self._creating = False
        self._handle = ""
        self._leave()

    def _create(self) -> None:
        if self._closed:
            self._creating = False
            self._leave()
            return
        options = {"session_handle_token": ("s", TOKEN), "shortcuts": (_LIST, self._wishes)}
        self._ask("CreateSession", "a{sv}", (options,), self._created)

    def _created(self, code: int, results: Mapping[str, Any]) -> None:
        """Bind the shortcuts, unless the session came with them.

        Plasma 5.27 binds what CreateSession names, and lists it in the response. It opens its
        settings at each BindShortcuts. Portals from 1.17 on pass neither the names nor the list;
        there a shortcut works only after BindShortcuts. ListShortcuts can't tell the two apart: it
        may list what an earlier session bound.
        """
        self._creating = False
        self._handle = _value(results, "session_handle", "")
        if self._closed:
            self._leave()
        elif code or not self._handle:
            self.refused.emit(DBusError(f"response {code}", "no session"))
        else:
            self._listen()
            bound = _keys(_value(results, "shortcuts", []))
            if all(what in bound for what, _about in self._wishes):
                self.listed.emit(bound)
            else:
                self._bind()

    def _bind(self) -> None:
        self._ask(
            "BindShortcuts",
            f"o{_LIST}sa{{sv}}",
            (self._handle, self._wishes, "", {}),
            self._bound,
        )

    def _bound(self, code: int, results: Mapping[str, Any]) -> None:
        bound = _keys(_value(results, "shortcuts", []))
        if self._closed:
            return
        if code:
            self.refused.emit(DBusError(f"response {code}", "not bound"))
        elif bound:
            self.listed.emit(bound)
        else:  # some portals list only when they are asked
            self._ask("ListShortcuts", "oa{sv}", (self._handle, {}), self._told)

    def _told(self, _code: int, results: Mapping[str, Any]) -> None:
        if not self._closed:
            self.listed.emit(_keys(_value(results, "shortcuts", [])))

    def _ask(
        self,
        member: str,
        signature: str,
        body: tuple[Any, ...],
        answered: Callable[[int, Mapping[str, Any]], None],
    ) -> None:
        """Make a request; `answered` is called with the response's code and results.

        The last of the `body` is the request's options, to which its name is added.
        """
        token = f"safepause_{uuid4().hex}"

        def respond(heard: Message) -> None:
            if heard.path.endswith(f"/{token}"):
                ear.close()
                self._request_path = ""
                answered(heard.body[0], heard.body[1])

        def taken(heard: Message) -> None:
            self._request_path = heard.body[0]

        def failed(reason: DBusError) -> None:
            ear.close()
            self._fail(reason)

        ear = self._bus.on_signal(Rule(PORTAL, "", _REQUEST, "Response"), respond)
        self._ears.append(ear)
        named = (*body[:-1], {**body[-1], "handle_token": ("s", token)})
        call = Call(PORTAL, PATH, SHORTCUTS, member, signature, named)
        self._bus.call(call, taken, failed, PATIENCE)

    def _fail(self, reason: DBusError) -> None:
        self._creating = False
        if self._closed:
            self._leave()
        else:
            self.refused.emit(reason)

    def _listen(self) -> None:
        self._ears += [
            self._bus.on_signal(Rule(PORTAL, PATH, SHORTCUTS), self._hear),
            self._bus.on_signal(Rule(PORTAL, self._handle, _SESSION, "Closed"), self._end),
        ]

    def _hear(self, heard: Message) -> None:
        if self._closed or heard.body[0] != self._handle:
            return
        if heard.member == "Activated":
            self.activated.emit(heard.body[1], _value(heard.body[3], "activation_token", ""))
        elif heard.member == "Deactivated":
            self.released.emit(heard.body[1])
        elif heard.member == "ShortcutsChanged":
            self.altered.emit(_keys(heard.body[1]))

    def _end(self, _heard: Message) -> None:
        if not self._closed:
            self.forget()
            self.ended.emit()

    def _leave(self) -> None:
        """Close what stands open with the portal, then go on."""
        for ear in self._ears:
            ear.close()
        self._ears.clear()
        if self._request_path and self._handle:  # take the desktop's question from the screen
            self._bus.call(
                Call(PORTAL, self._request_path, _REQUEST, "Close"), _ignore, _ignore, PATIENCE
            )
        if self._handle:
            handle, self._handle = self._handle, ""
            self._bus.call(Call(PORTAL, handle, _SESSION, "Close"), self._left, self._left)
        else:
            self._left(None)

    def _left(self, _answer: Message | DBusError | None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def _keys(shortcuts: Any) -> dict[str, str]:  # noqa: ANN401  -- as D-Bus gives it
    """Return the desktop's words for the keys of each shortcut in a list of them."""
    return {what: _value(about, "trigger_description", "") for what, about in shortcuts}


def _value(options: Mapping[str, Any], key: str, default: Any) -> Any:  # noqa: ANN401
    """Return what stands in a dictionary of D-Bus variants, without its signature."""
    return options[key][1] if key in options else default


def _ignore(_answer: Message | DBusError) -> None:
    """Take an answer that changes nothing."""
