"""D-Bus messages as values, and the bytes that they are on the wire: no socket, no loop, no Qt.

jeepney does the work. The only file that knows it, so that the rest is typed.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import count
from typing import Any

import jeepney
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses

BUS_NAME = "org.freedesktop.DBus"
BUS_PATH = "/org/freedesktop/DBus"
ERROR = "org.freedesktop.DBus.Error"
_FIELD = jeepney.HeaderFields
_KIND = jeepney.MessageType
_MALFORMED = (ValueError, LookupError, AssertionError, TypeError, struct.error)


class Malformed(Exception):  # noqa: N818  -- says what happened, as a sentence would
    """The other side sent what no bus sends; the text says what. The stream is lost."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method call; `body` holds one value for each complete type in `signature`."""

    destination: str
    path: str
    interface: str
    member: str
    signature: str = ""
    body: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """An answer or a signal. `sender` is a unique name, such as ":1.7", given by the bus."""

    sender: str
    member: str
    body: tuple[Any, ...]
    path: str = ""
    """The object that a signal is from; answers name none."""


@dataclass(frozen=True, slots=True)
class DBusError:
    """Why a call has no answer: the error's D-Bus name and the other side's word for it."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(frozen=True, slots=True)
class MethodReturn:
    """What came back for the call `serial`."""

    serial: int
    outcome: Message | DBusError


@dataclass(frozen=True, slots=True)
class SignalMessage:
    """A signal from an object."""

    path: str
    interface: str
    heard: Message


@dataclass(frozen=True, slots=True)
class Rule:
    """Which signals are wanted; an empty field fits everything. The interface is always given."""

    sender: str
    path: str
    interface: str
    member: str = ""
    arg0: str = ""

    def text(self) -> str:
        """Return the rule as AddMatch takes it. The values are our own: none holds a quote."""
        names = ("sender", "path", "interface", "member", "arg0")
        fields = ((name, getattr(self, name)) for name in names)
        return ",".join(
            ["type='signal'", *(f"{name}='{value}'" for name, value in fields if value)]
        )

    def fits(self, signal: SignalMessage) -> bool:
        """Say whether a signal is meant. The bus itself has compared the sender's name."""
        return (
            signal.interface == self.interface
            and self.path in ("", signal.path)
            and self.member in ("", signal.heard.member)
            and (not self.arg0 or signal.heard.body[:1] == (self.arg0,))
        )


class Wire:
    """One side of a conversation: calls go in and bytes come out, and the other way round."""

    def __init__(self) -> None:
        """Begin with the handshake, as the person that the process runs as."""
        self._auth: Authenticator | None = Authenticator()
        self._parser = jeepney.Parser()
        self._serials = count(1)
        self._early = bytearray()
        self.out = bytearray(self._auth.data_to_send())
        """The bytes to be sent next; who sends them takes them from the front."""

    def call(self, call: Call) -> int:
        """Queue a call; return the serial that its answer will name.

        Raises:
            ValueError, TypeError, struct.error: the body is not of the signature.

        """
        where = jeepney.DBusAddress(call.path, call.destination, call.interface)
        return self._queue(
            jeepney.new_method_call(where, call.member, call.signature or None, call.body)
        )

    def feed(self, data: bytes) -> list[MethodReturn | SignalMessage]:
        """Return what the bytes complete.

        Raises:
            Malformed: they are no D-Bus, or the bus refuses this process.

        """
        try:
            if self._auth is not None:
                self._shake_hands(self._auth, data)
                return []
            return [told for message in self._parser.feed(data) for told in self._told(message)]
        except _MALFORMED as error:
            raise Malformed(repr(error)) from error

    def _shake_hands(self, auth: Authenticator, data: bytes) -> None:
        auth.feed(data)
        if auth.authenticated:
            self._auth = None
            self.out += BEGIN + self._early
            self._early.clear()

    def _queue(self, message: Any) -> int:  # noqa: ANN401  -- jeepney has no types
        serial = next(self._serials)
        (self.out if self._auth is None else self._early).extend(message.serialise(serial))
        return serial

    def _told(self, message: Any) -> list[MethodReturn | SignalMessage]:  # noqa: ANN401  -- as above
        kind, fields = message.header.message_type, message.header.fields
        body = tuple(message.body)
        sender, member = fields.get(_FIELD.sender, ""), fields.get(_FIELD.member, "")
        heard = Message(sender, member, body, fields.get(_FIELD.path, ""))
        if kind is _KIND.signal:
            return [SignalMessage(fields[_FIELD.path], fields[_FIELD.interface], heard)]
        if kind is _KIND.method_call:
            self._refuse(message)
            return []
        if kind is _KIND.error:
            reason = DBusError(fields[_FIELD.error_name], str(body[0]) if body else "")
            return [MethodReturn(fields[_FIELD.reply_serial], reason)]
        return [MethodReturn(fields[_FIELD.reply_serial], heard)]

    def _refuse(self, message: Any) -> None:  # noqa: ANN401  -- as above
        """Answer a call to us, so that nobody waits: nothing here can be called."""
        if not message.header.flags & jeepney.MessageFlag.no_reply_expected:
            self._queue(jeepney.new_error(message, f"{ERROR}.UnknownMethod"))


def socket_paths(address: str) -> list[str]:
    """Return the paths of the UNIX sockets in a D-Bus address; an abstract one begins with NUL.

    Raises:
        ValueError: the address names none, or can't be read.

    """
    try:
        return list(get_connectable_addresses(address))
    except RuntimeError as error:
        raise ValueError(str(error)) from error
