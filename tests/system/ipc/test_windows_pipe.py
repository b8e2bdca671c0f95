"""The server for Windows, on the Unix socket that Qt has in the place of a named pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalSocket

from safepause.system.ipc import windows_pipe as module
from safepause.system.ipc.protocol import pack_request, unpack_answer
from safepause.system.ipc.server import make_server
from safepause.system.ipc.windows_pipe import PipeServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the pipe's name, which is a path here."""
    monkeypatch.setattr(module, "pipe_name", lambda path: path)
    return str(tmp_path / "pipe")


@pytest.fixture
def server(qapp: QCoreApplication, name: str) -> Iterator[PipeServer]:
    """Run a server."""
    assert qapp is not None
    listening = PipeServer(name, lambda argv, _id: (1, repr(argv), "x" * 1_000_000))
    listening.listen()
    yield listening
    listening.close()


def call(qtbot: QtBot, name: str) -> QLocalSocket:
    """Return a connection to the server."""
    wire = QLocalSocket()
    with qtbot.waitSignal(wire.connected):
        wire.connectToServer(name)
    return wire


def answer_to(qtbot: QtBot, wire: QLocalSocket) -> tuple[int, str, str] | None:
    """Wait until the server disconnects, and return its answer."""
    qtbot.waitUntil(lambda: wire.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    return unpack_answer(bytes(wire.readAll().data()))


@pytest.mark.usefixtures("server")
def test_a_request_in_pieces_is_answered(qtbot: QtBot, name: str) -> None:
    """A request in two pieces gets one answer of any size."""
    wire = call(qtbot, name)
    request = pack_request(["pause", "--by", "Zoë"])
    wire.write(request[:9])
    wire.flush()
    QCoreApplication.processEvents()
    wire.write(request[9:])
    answer = answer_to(qtbot, wire)
    assert answer == (1, "['pause', '--by', 'Zoë']", "x" * 1_000_000)


@pytest.mark.usefixtures("server")
def test_bytes_that_are_no_request_get_code_2(qtbot: QtBot, name: str) -> None:
    """Bytes that are no request are answered with code 2."""
    wire = call(qtbot, name)
    wire.write(b"nonsense")
    answer = answer_to(qtbot, wire)
    assert answer is not None
    assert answer[0] == 2


def test_slow_clients_are_disconnected(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, server: PipeServer, name: str
) -> None:
    """A client that sends nothing in time is disconnected, and its socket is deleted."""
    monkeypatch.setattr(module, "PATIENCE", 20)
    wire = call(qtbot, name)
    assert answer_to(qtbot, wire) is None
    qtbot.waitUntil(lambda: not server.findChildren(QLocalSocket))


def test_a_pipe_that_cannot_be_made_is_an_error(qapp: QCoreApplication, name: str) -> None:
    """If the system can't listen, `listen` raises OSError."""
    assert qapp is not None
    with pytest.raises(OSError, match=r"."):
        PipeServer(f"{name}/none", lambda *_request: (0, "", "")).listen()


def test_windows_has_the_pipe(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows the server is the one with the pipe."""
    assert qapp is not None
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(make_server("x", lambda *_request: (0, "", "")), PipeServer)
