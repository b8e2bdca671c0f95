"""The part of Wayland's protocol that virtual input needs: binding objects, and requests.

A message has the object's number, the length and the opcode, and then the arguments. Each of them
is a whole number of 32-bit words in the machine's byte order.
"""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DISPLAY = 1
_SYNC, _GET_REGISTRY, _BIND = 0, 1, 0
_ERROR, _GLOBAL = 0, 0
_HEAD = struct.Struct("=II")


class WireError(Exception):
    """The compositor has refused a request, or has ended."""


class Wire:
    """A connection to a compositor. Each call returns after the compositor has handled it."""

    def __init__(self, path: Path) -> None:
        """Connect to the socket `path`, and read what the compositor offers."""
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(5)
        self._socket.connect(str(path))
        self._heard = b""
        self._last = _DISPLAY
        self._offers: dict[str, tuple[int, int]] = {}
        self._registry = self.new()
        self.send(_DISPLAY, _GET_REGISTRY, self._registry)
        self.sync()

    def close(self) -> None:
        """Disconnect. The compositor deletes our objects."""
        self._socket.close()

    def offers(self, interface: str) -> bool:
        """Tell whether the compositor knows an interface."""
        return interface in self._offers

    def bind(self, interface: str, version: int) -> int:
        """Bind an interface that is offered, and return the number of the new object."""
        name, newest = self._offers[interface]
        made = self.new()
        self.send(_DISPLAY + 1, _BIND, name, interface, min(version, newest), made)
        return made

    def new(self) -> int:
        """Return a number for a new object."""
        self._last += 1
        return self._last

    def send(self, target: int, opcode: int, *args: int | str, file: int | None = None) -> None:
        """Send a request to `target`. `file` is the descriptor of a file that is sent with it."""
        body = b"".join(_word(arg) if isinstance(arg, int) else _text(arg) for arg in args)
        message = _HEAD.pack(target, (_HEAD.size + len(body)) << 16 | opcode) + body
        socket.send_fds(self._socket, [message], [] if file is None else [file])

    def sync(self) -> None:
        """Wait until the compositor has handled all requests.

        Raises:
            WireError: the compositor has refused a request.

        """
        done = self.new()
        self.send(_DISPLAY, _SYNC, done)
        while self._next() != done:
            pass

    def _next(self) -> int:
        """Read one event, and return the number of its object."""
        head = self._read(_HEAD.size)
        target, length = _HEAD.unpack(head)
        body = self._read((length >> 16) - _HEAD.size)
        if target == _DISPLAY and length & 0xFFFF == _ERROR:
            raise WireError(repr(body[8:]))
        if target == self._registry and length & 0xFFFF == _GLOBAL:
            name, size = _HEAD.unpack_from(body)
            interface = body[8 : 8 + size - 1].decode()
            self._offers[interface] = (name, int(struct.unpack("=I", body[-4:])[0]))
        return int(target)

    def _read(self, size: int) -> bytes:
        while len(self._heard) < size:
            more = self._socket.recv(65536)
            if not more:
                raise WireError("The compositor has gone.")
            self._heard += more
        taken, self._heard = self._heard[:size], self._heard[size:]
        return taken


def _word(number: int) -> bytes:
    return struct.pack("=I", number & 0xFFFFFFFF)


def _text(text: str) -> bytes:
    data = text.encode() + b"\0"
    return _word(len(data)) + data + b"\0" * (-len(data) % 4)
