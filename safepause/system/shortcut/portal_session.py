"""One session with the GlobalShortcuts portal: its D-Bus calls and signals.

The portal answers a request twice. The reply to the call names the request's path. The Response
signal from that path follows when the person has decided. portal.py decides what an answer means.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from safepause import APP_ID
from safepause.system.dbus.message import Call, DBusError, Message, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from safepause.system.dbus.connection import Bus, Subscription

PORTAL, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_SESSION, _REQUEST = "org.freedesktop.portal.Session", "org.freedesktop.portal.Request"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_REGISTRY = "org.freedesktop.host.portal.Registry"
TOKEN = "safepause"  # noqa: S105  -- a public name
"""Desktops keep the person's choice of keys under this name."""
PATIENCE = 30.0
"""Seconds for the portal to reply to a call. The first call starts the portal."""
BY_PERSON = "response 1"
"""The name of the error if the person has said no. Any other response is the desktop's own."""
_LIST = "a(sa{sv})"
_BIND_EACH_TIME = 2
"""From this version of the interface on, each session calls BindShortcuts."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A shortcut that the app asks the portal for."""

    what: str
    description: str
    trigger: str
    """The keys that the app prefers, such as "CTRL+ALT+p". The desktop may give others."""


class PortalSession(QObject):
    """Asks for shortcuts and reports them until `close`. Each answer is a signal."""

    listed = Signal(object)
    """All bound shortcuts: a dict from each wish to its keys in the desktop's words."""
    altered = Signal(object)
    """The shortcuts whose keys the desktop has changed, as a dict of the same kind."""
    refused = Signal(object)
    """The DBusError for which there is no session, or no shortcut is bound."""
    unasked = Signal()
    """The desktop would have to ask the person about each wish, which is forbidden."""
    activated = Signal(str, str)
    """The keys of a wish were pressed, or are held. The token lets a window come to the front."""
    released = Signal(str)
    ended = Signal()
    """The desktop has ended the session."""

    def __init__(
        self, bus: Bus, wishes: Sequence[Wish], given: Collection[str] | None, owner: str
    ) -> None:
        """Send the first call. The bus keeps this object alive until the last answer.

        With `given`, only wishes are bound that need no question: those that the desktop lists, or
        those that it has bound before (`given`), if it lists none. `owner` is the unique name of
        the portal that runs: the next one gets no call of this session. Without, it is started.
        """
        super().__init__()
        self.may_have_asked = False
        """Whether the desktop may have asked the person for this session."""
        self._bus = bus
        self._portal = owner or PORTAL
        self._given = given
        self._binds_each_time = False
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
        self._subscriptions: list[Subscription] = []
        register = Call(self._portal, PATH, _REGISTRY, "Register", "sa{sv}", (APP_ID, {}))
        bus.call(register, lambda _heard: self._create(), self._nameless, PATIENCE)

    def close(self, then: Callable[[], None] | None = None) -> None:
        """End the session. Call `then` when the portal has confirmed the end."""
        self._then = then
        self._closed = True
        if not self._creating:
            self._leave()

    def forget(self) -> None:
        """Drop the session without a call: the portal is gone."""
        self._closed = True
        self._creating = False
        self._handle = ""
        self._leave()

    def _nameless(self, reason: DBusError) -> None:
        """Go on without a name, as with a portal before 1.20, which has no register."""
        log.info("the portal takes no name: %s", reason)
        self._create()

    def _create(self) -> None:
        if self._closed:
            self._creating = False
            self._leave()
            return
        self.may_have_asked = True
        options = {"session_handle_token": ("s", TOKEN), "shortcuts": (_LIST, self._wishes)}
        self._ask("CreateSession", "a{sv}", (options,), self._created)

    def _created(self, code: int, results: Mapping[str, Any]) -> None:
        self._creating = False
        self._handle = _value(results, "session_handle", "")
        if self._closed:
            self._leave()
        elif code or not self._handle:
            self.refused.emit(DBusError(f"response {code}", "no session"))
        else:
            self._listen()
            version = Call(self._portal, PATH, _PROPERTIES, "Get", "ss", (SHORTCUTS, "version"))
            self._bus.call(version, self._versioned, lambda _none: self._list(), PATIENCE)

    def _versioned(self, heard: Message) -> None:
        """Bind the shortcuts, or first ask which are bound.

        Version 1: Plasma 5.27 binds what CreateSession names, and Plasma 6.1 to 6.4 what an earlier
        session bound. Up to 6.3 each BindShortcuts opens Plasma's settings. GNOME lists nothing
        before BindShortcuts.
        Version 2: what an earlier session bound may need BindShortcuts, as in Plasma 6.7.4.
        In both versions the desktop asks the person only about shortcuts that are new to it.
        """
        if self._closed:
            return
        self._binds_each_time = heard.body[0][1] >= _BIND_EACH_TIME
        if self._binds_each_time and self._given is None:
            self._bind()
        else:
            self._list()

    def _list(self) -> None:
        if not self._closed:
            self._ask(
                "ListShortcuts",
                "oa{sv}",
                (self._handle, {}),
                self._known,
                otherwise=lambda: self._known(0, {}),
            )

    def _known(self, _code: int, results: Mapping[str, Any]) -> None:
        bound = _keys(_value(results, "shortcuts", []))
        if self._closed:
            return
        if self._given is not None:
            known = bound.keys() or self._given
            self._wishes = [wish for wish in self._wishes if wish[0] in known]
        if not self._wishes:
            self.unasked.emit()
        elif not self._binds_each_time and all(what in bound for what, _about in self._wishes):
            self.listed.emit(bound)
        else:
            self._bind()

    def _bind(self) -> None:
        options: dict[str, Any] = {}
        body = (self._handle, self._wishes, "", options)
        self._ask("BindShortcuts", f"o{_LIST}sa{{sv}}", body, self._bound)

    def _bound(self, code: int, results: Mapping[str, Any]) -> None:
        bound = _keys(_value(results, "shortcuts", []))
        if self._closed:
            return
        if bound:  # GNOME 48 binds, and responds with 2
            self.listed.emit(bound)
        elif code:
            self.refused.emit(DBusError(f"response {code}", "not bound"))
        else:  # some portals name the shortcuts in ListShortcuts alone
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
        *,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Make a request. `answered` gets the response's code and results.

        The last value in `body` is the request's options; the request's token is added to them.
        If the portal refuses the call, `otherwise` runs, or else the session ends.
        """
        token = f"safepause_{uuid4().hex}"

        def respond(heard: Message) -> None:
            if heard.path.endswith(f"/{token}"):
                subscription.close()
                self._request_path = ""
                answered(heard.body[0], heard.body[1])

        def taken(heard: Message) -> None:
            self._request_path = heard.body[0]

        def failed(reason: DBusError) -> None:
            subscription.close()
            if otherwise is None or self._closed:
                self._fail(reason)
            else:
                otherwise()

        subscription = self._bus.on_signal(Rule(PORTAL, "", _REQUEST, "Response"), respond)
        self._subscriptions.append(subscription)
        named = (*body[:-1], {**body[-1], "handle_token": ("s", token)})
        call = Call(self._portal, PATH, SHORTCUTS, member, signature, named)
        self._bus.call(call, taken, failed, PATIENCE)

    def _fail(self, reason: DBusError) -> None:
        self._creating = False
        if self._closed:
            self._leave()
        else:
            self.refused.emit(reason)

    def _listen(self) -> None:
        self._subscriptions += [
            self._bus.on_signal(Rule(PORTAL, PATH, SHORTCUTS), self._on_signal),
            self._bus.on_signal(Rule(PORTAL, self._handle, _SESSION, "Closed"), self._end),
        ]

    def _on_signal(self, heard: Message) -> None:
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
        """Close the request and the session, then call what `close` was given."""
        for subscription in self._subscriptions:
            subscription.close()
        self._subscriptions.clear()
        if self._request_path and self._handle:  # the desktop removes its question from the screen
            request = Call(self._portal, self._request_path, _REQUEST, "Close")
            self._bus.call(request, _ignore, _ignore, PATIENCE)
        if self._handle:
            handle, self._handle = self._handle, ""
            self._bus.call(Call(self._portal, handle, _SESSION, "Close"), self._left, self._left)
        else:
            self._left(None)

    def _left(self, _answer: Message | DBusError | None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def _keys(shortcuts: Any) -> dict[str, str]:  # noqa: ANN401  -- as D-Bus gives it
    """Return a dict from each listed shortcut to its keys in the desktop's words."""
    return {what: _value(about, "trigger_description", "") for what, about in shortcuts}


def _value(options: Mapping[str, Any], key: str, default: Any) -> Any:  # noqa: ANN401
    """Return a value from a dict of D-Bus variants, without its signature."""
    return options[key][1] if key in options else default


def _ignore(_answer: Message | DBusError) -> None:
    """Drop an answer that changes nothing."""
