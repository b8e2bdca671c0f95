"""The server on Windows, where sockets have no path: a named pipe that only its owner can open.

Written to Qt's documentation; it has never run on Windows. The tests use the Unix socket that Qt
has in the place of the pipe on other systems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from safepause.system.ipc.client import pipe_name
from safepause.system.ipc.dispatch import CLIENTS, PATIENCE, answer_to
from safepause.system.ipc.protocol import MAX_REQUEST

if TYPE_CHECKING:
    from safepause.system.ipc.dispatch import Execute


class PipeServer(QObject):
    """Listens on a named pipe, and serves each client's one command."""

    def __init__(self, path: str, execute: Execute, parent: QObject | None = None) -> None:
        """Take the socket's path, which gives the pipe its name, and what executes a command."""
        super().__init__(parent)
        self.trouble = ""
        self._name = pipe_name(path)
        self._execute = execute
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(CLIENTS)
        self._server.newConnection.connect(self._serve)

    def listen(self) -> None:
        """Execute commands from now on.

        Raises:
            OSError: the system can't listen there.

        """
        if not self._server.listen(self._name):
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """Stop listening. Clients that wait get no answer."""
        self._server.close()

    def _serve(self) -> None:
        while self._server.hasPendingConnections():
            _Client(self._server.nextPendingConnection(), self._execute)


class _Client(QObject):
    """One connection, which carries one request and one answer. It is a child of its socket."""

    def __init__(self, connection: QLocalSocket, execute: Execute) -> None:
        super().__init__(connection)
        self._socket = connection
        self._execute = execute
        self._data = b""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._disconnect)
        self._patience.start()
        connection.disconnected.connect(connection.deleteLater)
        connection.readyRead.connect(self._read)
        connection.setReadBufferSize(MAX_REQUEST + 1)
        self._read()

    def _disconnect(self) -> None:
        self._socket.abort()

    def _read(self) -> None:
        self._data += self._socket.readAll().data()
        answer = answer_to(self._data, self._execute, ended=False) if self._data else None
        if answer is not None:
            self._socket.readyRead.disconnect(self._read)
            self._patience.start()
            self._socket.write(answer)
            self._socket.disconnectFromServer()  # after all of the answer is written
