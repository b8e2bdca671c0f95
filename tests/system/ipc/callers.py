"""What tests of the servers share: clients that never block, and a server for them."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from safepause.system.ipc.protocol import unpack_answer
from safepause.system.ipc.unix_socket import SocketServer

if TYPE_CHECKING:
    from collections.abc import Iterator


SORRY = "SafePause did not understand that.\n"


def echo(argv: list[str], _request_id: str) -> tuple[int, str, str]:
    """Answer with the arguments. "big" gets more than any buffer holds."""
    return 1, "x" * 5_000_000 if argv == ["big"] else repr(argv), "no"


@contextmanager
def listening_at(path: str) -> Iterator[SocketServer]:
    """Run a server at `path` that executes commands with `echo`."""
    server = SocketServer(path, echo)
    server.listen()
    yield server
    server.close()


def call(path: str) -> socket.socket:
    """Return a connection to the server."""
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(path)
    wire.settimeout(0)
    return wire


def answer_to(wire: socket.socket) -> tuple[int, str, str] | None:
    """Run the event loop until the server disconnects. Return its answer, None if incomplete."""
    data = b""
    while True:
        QCoreApplication.processEvents()
        try:
            chunk = wire.recv(1 << 20)
        except BlockingIOError:
            continue
        if not chunk:
            wire.close()
            return unpack_answer(data)
        data += chunk


def send(path: str, request: bytes) -> tuple[int, str, str] | None:
    """Send bytes and return the server's answer."""
    wire = call(path)
    wire.sendall(request)
    return answer_to(wire)
