"""The bytes of D-Bus messages. There is no socket, no event loop and no Qt here.

jeepney does the work. It has no types, so no other file imports it. It is for Linux only.
"""

from __future__ import annotations

import struct
from itertools import count
from typing import Any

import jeepney
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses

from safepause.system.dbus.message import (
    ERROR,
    Call,
    DBusError,
    Message,
    MethodReturn,
    SignalMessage,
)

_FIELD = jeepney.HeaderFields
_KIND = jeepney.MessageType
_MALFORMED = (ValueError, LookupError, AssertionError, TypeError, struct.error)


class Malformed(Exception):  # noqa: N818  -- the name says what happened
    """The other side sent bytes that are no D-Bus. The text says which. The connection is lost."""


class Wire:
    """One end of a connection: it turns calls into bytes, and bytes into messages."""

    def __init__(self) -> None:
        """Begin with the handshake, as the user of this process."""
        self._auth: Authenticator | None = Authenticator()
        self._parser = jeepney.Parser()
        self._serials = count(1)
        self._early = bytearray()
        self.out = bytearray(self._auth.data_to_send())
        """The bytes to send next. The sender deletes the bytes that it has sent from the front."""

    def call(self, call: Call) -> int:
        """Queue a call. Return its serial number, which the answer will have, too.

        Raises:
            ValueError, TypeError, struct.error: the body doesn't match the signature.

        """
        where = jeepney.DBusAddress(call.path, call.destination, call.interface)
        made = jeepney.new_method_call(where, call.member, call.signature or None, call.body)
        if not call.starts:
            made.header.flags |= jeepney.MessageFlag.no_auto_start
        return self._queue(made)

    def feed(self, data: bytes) -> list[MethodReturn | SignalMessage]:
        """Return the answers and signals that are complete with these bytes.

        Raises:
            Malformed: the bytes are no D-Bus, or the bus refuses this process.

        """
        try:
            if self._auth is not None:
                self._shake_hands(self._auth, data)
                return []
            return [news for message in self._parser.feed(data) for news in self._news(message)]
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

    def _news(self, message: Any) -> list[MethodReturn | SignalMessage]:  # noqa: ANN401  -- as above
        kind, fields = message.header.message_type, message.header.fields
        body = tuple(message.body)
        sender, member = fields.get(_FIELD.sender, ""), fields.get(_FIELD.member, "")
        found = Message(sender, member, body, fields.get(_FIELD.path, ""))
        if kind is _KIND.signal:
            return [SignalMessage(fields[_FIELD.path], fields[_FIELD.interface], found)]
        if kind is _KIND.method_call:
            self._refuse(message)
            return []
        if kind is _KIND.error:
            reason = DBusError(fields[_FIELD.error_name], str(body[0]) if body else "")
            return [MethodReturn(fields[_FIELD.reply_serial], reason)]
        return [MethodReturn(fields[_FIELD.reply_serial], found)]

    def _refuse(self, message: Any) -> None:  # noqa: ANN401  -- as above
        """Answer a call with an error, because this program has no methods."""
        if not message.header.flags & jeepney.MessageFlag.no_reply_expected:
            self._queue(jeepney.new_error(message, f"{ERROR}.UnknownMethod"))


def socket_paths(address: str) -> list[str]:
    """Return the paths of the Unix sockets in a D-Bus address. An abstract path begins with NUL.

    Raises:
        ValueError: the address has no such path, or can't be read.

    """
    try:
        return list(get_connectable_addresses(address))
    except RuntimeError as error:
        raise ValueError(str(error)) from error
