"""A program on the session's bus that answers calls, and obeys lines on its standard input."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import jeepney
from jeepney.io.blocking import open_dbus_connection

PATH = "/org/freedesktop/portal/desktop"
LIST = "a(sa{sv})"


class Peer:
    """Answers until its standard input ends."""

    def __init__(self, name: str) -> None:
        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(jeepney.message_bus.RequestName(name))

    def run(self) -> None:
        """Answer the callers and obey the test, whichever speaks."""
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
                        self.obey(*line.split())
                else:
                    self._hear()

    def answer(self, message: Any, member: str) -> None:  # noqa: ANN401  -- jeepney has no types
        """Answer a call of a method."""
        raise NotImplementedError

    def obey(self, order: str, *words: str) -> None:
        """Do what the test says."""
        raise NotImplementedError

    def reply(self, message: Any, signature: str | None, *body: object) -> None:  # noqa: ANN401
        """Send the answer to a call."""
        self._bus.send(jeepney.new_method_return(message, signature, body))

    def refuse(self, message: Any, error: str, why: str) -> None:  # noqa: ANN401
        """Send an error as the answer to a call."""
        self._bus.send(jeepney.new_error(message, error, "s", (why,)))

    def signal(
        self, interface: str, path: str, member: str, signature: str | None, *body: object
    ) -> None:
        """Send a signal."""
        where = jeepney.DBusAddress(path, interface=interface)
        self._bus.send(jeepney.new_signal(where, member, signature, body))

    def _hear(self) -> None:
        """Answer everything that has come."""
        with suppress(TimeoutError):
            while True:
                message = self._bus.receive(timeout=0)
                if message.header.message_type is jeepney.MessageType.method_call:
                    self.answer(message, message.header.fields[jeepney.HeaderFields.member])


def wished(shortcuts: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return each shortcut of a list that an app sent, with the keys that the app prefers."""
    return [(what, about["preferred_trigger"][1]) for what, about in shortcuts]


def described(what: str, keys: str) -> tuple[str, dict[str, Any]]:
    """Return a shortcut as a portal lists it."""
    return what, {"description": ("s", what), "trigger_description": ("s", keys)}
