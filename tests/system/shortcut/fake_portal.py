"""The desktop's side of the GlobalShortcuts portal, to be tested against: run as a program.

The real xdg-desktop-portal talks to it as it does to GNOME's or KDE's. Its argument says how it
answers: "allow", "deny", "empty" (binds nothing, and says all is well), "keyless", "slow" (answers
when told "answer"), "early" (binds with the session, as Plasma 5.27, and denies the rest). Lines on
its standard input make it do things.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import jeepney
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.impl.portal.desktop.safepausetest"
PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.impl.portal.GlobalShortcuts"
_SESSION = "org.freedesktop.impl.portal.Session"
_LIST = "a(sa{sv})"
_FIELD = jeepney.HeaderFields


class Backend:
    """Answers until its standard input ends."""

    def __init__(self, mode: str) -> None:
        """Take the name that the portal looks for."""
        self._mode = mode
        self._session = ""
        self._bound: list[Any] = []
        self._waiting: Any = None
        self._time = 1000
        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(jeepney.message_bus.RequestName(NAME))

    def run(self) -> None:
        """Answer the portal and obey the test, whichever speaks."""
        print("ready", flush=True)  # noqa: T201  -- the test waits for it
        selector = DefaultSelector()
        selector.register(self._bus.sock, EVENT_READ)
        selector.register(sys.stdin, EVENT_READ)
        while True:
            for key, _events in selector.select():
                if key.fd == sys.stdin.fileno():
                    lines = os.read(key.fd, 65536).decode()
                    if not lines:
                        return
                    for line in lines.splitlines():
                        self._obey(*line.split())
                else:
                    self._hear()

    def _hear(self) -> None:
        """Answer everything that has come."""
        with suppress(TimeoutError):
            while True:
                message = self._bus.receive(timeout=0)
                if message.header.message_type is jeepney.MessageType.method_call:
                    self._answer(message)

    def _answer(self, message: Any) -> None:  # noqa: ANN401  -- jeepney has no types
        fields = message.header.fields
        member, body = fields[_FIELD.member], message.body
        if member == "GetAll":
            self._reply(message, "a{sv}", {"version": ("u", 1)})
        elif member == "CreateSession":
            early = body[3]["shortcuts"][1] if self._mode == "early" else []
            self._session, self._bound = body[1], _wished(early)
            self._reply(message, "ua{sv}", 0, {})
        elif member == "BindShortcuts" and self._mode == "slow":
            self._waiting = message
        elif member == "BindShortcuts":
            self._bind(message)
        elif member == "ListShortcuts":
            self._reply(message, "ua{sv}", 0, self._listed())
        else:
            self._reply(message, None)

    def _bind(self, message: Any) -> None:  # noqa: ANN401  -- as above
        if self._mode in ("deny", "early"):
            self._reply(message, "ua{sv}", 1, {})
            return
        if self._mode != "empty":
            keyless = self._mode == "keyless"
            self._bound = [
                (what, "" if keyless else keys) for what, keys in _wished(message.body[2])
            ]
        self._reply(message, "ua{sv}", 0, self._listed())

    def _listed(self) -> dict[str, Any]:
        return {"shortcuts": (_LIST, [_described(*each) for each in self._bound])}

    def _obey(self, order: str, *words: str) -> None:
        self._time += 40
        if order in ("Activated", "Deactivated"):
            said = (self._session, words[0], self._time)
            self._signal(_INTERFACE, PATH, order, "osta{sv}", *said, {})
        elif order == "change":
            changed = [_described(words[0], " ".join(words[1:]))]
            self._signal(_INTERFACE, PATH, "ShortcutsChanged", f"o{_LIST}", self._session, changed)
        elif order == "close":
            self._signal(_SESSION, self._session, "Closed", None)
        elif order == "answer":
            self._mode = "allow"
            if self._waiting is not None:
                self._bind(self._waiting)

    def _signal(
        self, interface: str, path: str, member: str, signature: str | None, *body: object
    ) -> None:
        where = jeepney.DBusAddress(path, interface=interface)
        self._bus.send(jeepney.new_signal(where, member, signature, body))

    def _reply(self, message: Any, signature: str | None, *body: object) -> None:  # noqa: ANN401
        self._bus.send(jeepney.new_method_return(message, signature, body))


def _wished(shortcuts: Any) -> list[tuple[str, str]]:  # noqa: ANN401  -- as above
    return [(what, about["preferred_trigger"][1]) for what, about in shortcuts]


def _described(what: str, keys: str) -> tuple[str, dict[str, Any]]:
    return what, {"description": ("s", what), "trigger_description": ("s", keys)}


if __name__ == "__main__":
    Backend(sys.argv[1]).run()
