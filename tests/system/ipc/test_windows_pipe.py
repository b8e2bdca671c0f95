"""The ear for Windows, through the socket that Qt puts in a named pipe's place elsewhere."""

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
    """Return what the pipe is called here: a path."""
    monkeypatch.setattr(module, "pipe_name", lambda path: path)
    return str(tmp_path / "pipe")


@pytest.fixture
def server(qapp: QCoreApplication, name: str) -> Iterator[PipeServer]:
    """Return a server that listens, closed afterwards."""
    assert qapp is not None
    listening = PipeServer(name, lambda argv: (1, repr(argv), "x" * 1_000_000))
    listening.listen()
    yield listening
    listening.close()


def call(qtbot: QtBot, name: str) -> QLocalSocket:
    """Return a connection."""
    wire = QLocalSocket()
    with qtbot.waitSignal(wire.connected):
        wire.connectToServer(name)
    return wire


def answer_to(qtbot: QtBot, wire: QLocalSocket) -> tuple[int, str, str] | None:
    """Return what the server said before it hung up."""
    qtbot.waitUntil(lambda: wire.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    return unpack_answer(bytes(wire.readAll().data()))


@pytest.mark.usefixtures("server")
def test_a_request_is_answered_whole(qtbot: QtBot, name: str) -> None:
    """A request in two pieces gets one answer, however long, and then the end."""
    wire = call(qtbot, name)
    request = pack_request(["pause", "--by", "Zoë"])
    wire.write(request[:9])
    wire.flush()
    QCoreApplication.processEvents()
    wire.write(request[9:])
    answer = answer_to(qtbot, wire)
    assert answer == (1, "['pause', '--by', 'Zoë']", "x" * 1_000_000)


@pytest.mark.usefixtures("server")
def test_nonsense_is_told_so(qtbot: QtBot, name: str) -> None:
    """What is no request gets code 2 and a sentence."""
    wire = call(qtbot, name)
    wire.write(b"nonsense")
    answer = answer_to(qtbot, wire)
    assert answer is not None
    assert answer[0] == 2


def test_slow_callers_are_hung_up_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, server: PipeServer, name: str
) -> None:
    """Who says nothing in time is cut off, and leaves nothing behind."""
    monkeypatch.setattr(module, "PATIENCE", 20)
    wire = call(qtbot, name)
    assert answer_to(qtbot, wire) is None
    qtbot.waitUntil(lambda: not server.findChildren(QLocalSocket))


def test_a_pipe_that_cannot_be_made_is_said(qapp: QCoreApplication, name: str) -> None:
    """Where nothing can listen, the reason comes as an OSError."""
    assert qapp is not None
    with pytest.raises(OSError, match=r"."):
        PipeServer(f"{name}/none", lambda _argv: (0, "", "")).listen()


def test_windows_gets_the_pipe(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice between socket and pipe follows the platform."""
    assert qapp is not None
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(make_server("x", lambda _argv: (0, "", "")), PipeServer)
