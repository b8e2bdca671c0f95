"""The app's ear on Windows, which has no sockets with a path: a named pipe of the same user.

Written to Qt's documentation and never run on Windows; what is tested is tested through the socket
that Qt puts in the pipe's place elsewhere. Only Windows pays for the import of QtNetwork.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from safepause.system.ipc.client import pipe_name
from safepause.system.ipc.protocol import MAX_REQUEST
from safepause.system.ipc.server import CALLERS, PATIENCE, AnswerCommand, reply_to


class PipeServer(QObject):
    """Listens on a named pipe that only its owner can open."""

    def __init__(self, path: str, answer: AnswerCommand, parent: QObject | None = None) -> None:
        """Know the socket's `path`, which gives the pipe its name."""
        super().__init__(parent)
        self._name = pipe_name(path)
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(CALLERS)
        self._server.newConnection.connect(self._welcome)

    def listen(self) -> None:
        """Take commands from now on.

        Raises:
            OSError: nothing can listen there.

        """
        if not self._server.listen(self._name):
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """Stop listening; callers stay unanswered."""
        self._server.close()

    def _welcome(self) -> None:
        while self._server.hasPendingConnections():
            _PipeCaller(self._server.nextPendingConnection(), self._answer)


class _PipeCaller(QObject):
    """One connection: a request, an answer, the end. Lives as long as its connection does."""

    def __init__(self, wire: QLocalSocket, answer: AnswerCommand) -> None:
        super().__init__(wire)
        self._wire = wire
        self._answer = answer
        self._data = b""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._hang_up)
        self._patience.start()
        wire.disconnected.connect(wire.deleteLater)
        wire.readyRead.connect(self._read)
        wire.setReadBufferSize(MAX_REQUEST + 1)
        self._read()

    def _hang_up(self) -> None:
        self._wire.abort()

    def _read(self) -> None:
        self._data += self._wire.readAll().data()
        reply = reply_to(self._data, self._answer, ended=False) if self._data else None
        if reply is not None:
            self._wire.readyRead.disconnect(self._read)
            self._patience.start()
            self._wire.write(reply)
            self._wire.disconnectFromServer()  # once all of it is written
