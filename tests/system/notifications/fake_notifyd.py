"""A fake notification service. It is a program whose arguments are its abilities.

With "--replace" it takes the name of the service that runs. Each lets another one take it.

It answers as the specification says, and keeps the last id only. It sends each call to the test in
a signal. The test can make it emit signals, or refuse notices.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import jeepney
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
CONTROL = "io.github.safepause.Test"
REPLACE = "--replace"
_LET_OTHERS, _REPLACE_OTHERS = 1, 3
_HERE = jeepney.DBusAddress(PATH, interface=NAME)


class Service:
    """Answers calls until its process is killed."""

    def __init__(self, abilities: list[str]) -> None:
        """Take the name on the session bus."""
        self._abilities = [each for each in abilities if each != REPLACE]
        self._last = 0
        self._refusing = False
        self._bus = open_dbus_connection("SESSION")
        flags = _REPLACE_OTHERS if REPLACE in abilities else _LET_OTHERS
        self._bus.send_and_get_reply(jeepney.message_bus.RequestName(NAME, flags))

    def run(self) -> None:
        """Answer without end."""
        while True:
            message = self._bus.receive()
            if message.header.message_type is jeepney.MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Any) -> None:  # noqa: ANN401  -- jeepney has no types
        fields = message.header.fields
        member = fields[jeepney.HeaderFields.member]
        body = tuple(message.body)
        if fields.get(jeepney.HeaderFields.interface) == CONTROL:
            self._obey(member, body)
            self._bus.send(jeepney.new_method_return(message))
            return
        self._tell(member, fields[jeepney.HeaderFields.sender], body)
        if self._refusing:
            self._bus.send(jeepney.new_error(message, f"{NAME}.Error", "s", ("not now",)))
        elif member == "GetCapabilities":
            self._bus.send(jeepney.new_method_return(message, "as", (self._abilities,)))
        elif member == "Notify":
            if not body[1]:
                self._last += 1
            number = body[1] or self._last
            self._bus.send(jeepney.new_method_return(message, "u", (number,)))
        else:
            self._bus.send(jeepney.new_method_return(message))

    def _obey(self, member: str, body: tuple[Any, ...]) -> None:
        if member == "Press":
            self._bus.send(jeepney.new_signal(_HERE, "ActionInvoked", "us", body))
        elif member == "Dismiss":
            self._bus.send(jeepney.new_signal(_HERE, "NotificationClosed", "uu", (*body, 2)))
        elif member == "Refuse":
            self._refusing = True

    def _tell(self, member: str, sender: str, body: tuple[Any, ...]) -> None:
        told = json.dumps([member, sender, body])
        where = jeepney.DBusAddress(PATH, interface=CONTROL)
        self._bus.send(jeepney.new_signal(where, "Told", "s", (told,)))


if __name__ == "__main__":
    Service(sys.argv[1:]).run()
