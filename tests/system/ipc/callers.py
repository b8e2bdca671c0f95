"""What tests of the app's ear share: callers that never block, and a server to call."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from safepause.system.ipc.protocol import unpack_answer
from safepause.system.ipc.server import CommandServer

if TYPE_CHECKING:
    from collections.abc import Iterator


SORRY = "SafePause did not understand that.\n"


def echo(argv: list[str]) -> tuple[int, str, str]:
    """Answer with what was asked; "big" asks for more than fits in any buffer."""
    if argv == ["wrong"]:
        raise RuntimeError("a fault of ours")
    return 1, "x" * 5_000_000 if argv == ["big"] else repr(argv), "no"


@contextmanager
def listening_at(path: str) -> Iterator[CommandServer]:
    """Give a server that listens at `path` and answers as `echo` does."""
    server = CommandServer(path, echo)
    server.listen()
    yield server
    server.close()


def call(path: str) -> socket.socket:
    """Return a connection to the app."""
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(path)
    wire.settimeout(0)
    return wire


def answer_to(wire: socket.socket) -> tuple[int, str, str] | None:
    """Let the app work until it hangs up; return what it said, None if nothing whole."""
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
    """Return the app's answer to some bytes."""
    wire = call(path)
    wire.sendall(request)
    return answer_to(wire)
