"""A look at a message bus that takes a limited time, whatever the bus does.

Qt's calls over D-Bus wait up to 25 seconds each for a bus, or for a program on it, that is stopped.
So the bus is asked first, over a connection of its own: whether it answers, and which programs on
it answer. A healthy bus answers within 1 ms. There is no jeepney and no Qt here, because the tray
icon waits for the first look.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safepause.core.clock import SystemClock
from safepause.system.dbus.address import sockets
from safepause.system.dbus.message import BUS_NAME, BUS_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATIENCE = 0.25
"""Seconds for one look. A bus that needs longer counts as one that does not answer."""
_CALL, _RETURN, _ERROR = 1, 2, 3
_NO_START = 2
"""The flag of a call that starts no program."""
_PATH, _INTERFACE, _MEMBER, _REPLY_TO, _DESTINATION, _SIGNATURE = 1, 2, 3, 5, 6, 8
_ERROR_NAME = 4
_NOBODY = ("ServiceUnknown", "NameHasNoOwner")
_CHUNK = 65536
_Fields = dict[int, "str | int"]


class Silent(Exception):  # noqa: N818  -- the name says what happened
    """The bus has not answered in time, or there is no bus."""


@dataclass(frozen=True, slots=True)
class Question:
    """A call whose arguments are texts."""

    name: str
    path: str
    interface: str
    member: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a bus has shown."""

    answers: bool = False
    """Whether the bus itself answers."""
    awake: frozenset[str] = frozenset()
    """The names whose programs answer."""
    asleep: frozenset[str] = frozenset()
    """The names whose programs run and did not answer in time."""
    answered: Mapping[Question, bytes] = field(default_factory=dict)
    """The body of the answer to each question that was answered without an error."""
    listens: bool = False
    """Whether a bus that doesn't answer is there all the same: it hangs."""

    @property
    def owned(self) -> frozenset[str]:
        """The names that a program owns, whether or not the program answers."""
        return self.awake | self.asleep


def look(
    address: str, names: Iterable[str], questions: Iterable[Question] = (), within: float = PATIENCE
) -> Seen:
    """Ask a bus, and the programs that own `names` on it. No program is started by that.

    It takes `within` seconds at most.
    """
    seen = Seen()
    if sys.platform != "win32":
        look = _Look(within)
        user = str(os.getuid())
        with suppress(Silent, OSError, struct.error, UnicodeDecodeError, LookupError):
            for path in sockets(address):
                with socket.socket(socket.AF_UNIX) as link:
                    if look.opens(link, path):
                        seen = Seen(listens=True)
                        return look.ask(link, user, list(names), list(questions))
    return seen


class _Look:
    """One look, with its deadline."""

    def __init__(self, within: float) -> None:
        self._clock = SystemClock()
        self._end = self._clock.monotonic() + within
        self._buffer = b""

    def opens(self, link: socket.socket, path: str) -> bool:
        """Connect. Return whether a bus listens there."""
        try:
            self._limit(link)
            link.connect(path)
        except OSError:
            return False
        return True

    def ask(
        self, link: socket.socket, user: str, names: list[str], questions: list[Question]
    ) -> Seen:
        """Return what the bus and its programs answer until the deadline."""
        link.sendall(f"\0AUTH EXTERNAL {user.encode().hex()}\r\n".encode())
        while b"\r\n" not in self._buffer:
            self._read(link)
        line, _end, self._buffer = self._buffer.partition(b"\r\n")
        if not line.startswith(b"OK"):
            raise Silent
        hello = Question(BUS_NAME, BUS_PATH, BUS_NAME, "Hello")
        pings = [Question(name, "/", "org.freedesktop.DBus.Peer", "Ping") for name in names]
        asked = [hello, *pings, *questions]
        calls = [_call(serial, each) for serial, each in enumerate(asked, 1)]
        link.sendall(b"BEGIN\r\n" + b"".join(calls))
        answers = self._answers(link, len(calls))
        if 1 not in answers:
            raise Silent
        heard = {each: answers.get(serial) for serial, each in enumerate(asked, 1)}
        owned = {each.name: heard[each] for each in pings if not _is_nobody(heard[each])}
        awake = frozenset(name for name, answer in owned.items() if answer is not None)
        found = {each: heard[each] for each in questions}
        bodies = {each: answer[1] for each, answer in found.items() if answer and not answer[0]}
        return Seen(answers=True, awake=awake, asleep=frozenset(owned) - awake, answered=bodies)

    def _answers(self, link: socket.socket, count: int) -> dict[int, tuple[str, bytes]]:
        """Return the error's name and the body of each answer, by the number of the call."""
        found: dict[int, tuple[str, bytes]] = {}
        while len(found) < count:
            message = _first(self._buffer)
            if message is None:
                try:
                    self._read(link)
                except Silent:
                    break
                continue
            kind, fields, body, self._buffer = message
            if kind in (_RETURN, _ERROR):
                error = str(fields.get(_ERROR_NAME, "")) if kind == _ERROR else ""
                found[int(fields[_REPLY_TO])] = (error, body)
        return found

    def _read(self, link: socket.socket) -> None:
        self._limit(link)
        try:
            data = link.recv(_CHUNK)
        except TimeoutError as error:
            raise Silent from error
        if not data:
            raise Silent
        self._buffer += data

    def _limit(self, link: socket.socket) -> None:
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise Silent
        link.settimeout(left)


def _is_nobody(heard: tuple[str, bytes] | None) -> bool:
    return heard is not None and heard[0].endswith(_NOBODY)


def _call(serial: int, asked: Question) -> bytes:
    """Return the bytes of a call that starts no program, in the format of the specification."""
    values = [
        (_PATH, b"o", asked.path),
        (_INTERFACE, b"s", asked.interface),
        (_MEMBER, b"s", asked.member),
        (_DESTINATION, b"s", asked.name),
    ]
    fields = body = b""
    for code, kind, value in values:
        fields += bytes(-len(fields) % 8) + struct.pack("<BB1sx", code, 1, kind) + _packed(value)
    if asked.arguments:
        kinds = b"s" * len(asked.arguments)
        fields += bytes(-len(fields) % 8)
        fields += struct.pack("<BB1sxB", _SIGNATURE, 1, b"g", len(kinds)) + kinds + b"\0"
    for text in asked.arguments:
        body += bytes(-len(body) % 4) + _packed(text)
    head = struct.pack("<cBBBIII", b"l", _CALL, _NO_START, 1, len(body), serial, len(fields))
    return head + fields + bytes(-len(head + fields) % 8) + body


def _packed(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<I", len(data)) + data + b"\0"


def _first(data: bytes) -> tuple[int, _Fields, bytes, bytes] | None:
    """Return kind, fields and body of the first message, and the rest. None if it isn't whole."""
    if len(data) < 16:  # noqa: PLR2004  -- the length of the fixed part
        return None
    order = "<" if data[:1] == b"l" else ">"
    length, _serial, size = struct.unpack_from(order + "III", data, 4)
    start = 16 + size + -(16 + size) % 8
    if len(data) < start + length:
        return None
    fields = _fields(data[16 : 16 + size], order)
    return data[1], fields, data[start : start + length], data[start + length :]


def _fields(data: bytes, order: str) -> _Fields:
    found: _Fields = {}
    at = 0
    while at < len(data):
        code, kind = data[at], data[at + 2 : at + 3]
        at += 4
        if kind == b"g":
            size = data[at]
            found[code], at = data[at + 1 : at + 1 + size].decode(), at + size + 2
        else:
            (number,) = struct.unpack_from(order + "I", data, at)
            at += 4
            found[code] = number
            if kind in (b"s", b"o"):
                found[code], at = data[at : at + number].decode(), at + number + 1
        at += -at % 8
    return found


def text(body: bytes) -> str:
    """Return the text that is the first value of a body."""
    (size,) = struct.unpack_from("<I", body)
    return body[4 : 4 + size].decode()
