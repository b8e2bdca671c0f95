"""One caller of the server on Unix: a connection that carries one request and one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from safepause.system.ipc.dispatch import PATIENCE, answer_to
from safepause.system.ipc.protocol import MAX_REQUEST

if TYPE_CHECKING:
    import socket

    from safepause.system.ipc.dispatch import Execute


class Caller(QObject):
    """A connection. A request is executed only if its caller still waits for the answer."""

    closed = Signal(object)

    def __init__(self, connection: socket.socket, execute: Execute, parent: QObject) -> None:
        super().__init__(parent)
        connection.setblocking(False)
        self._socket = connection
        self._execute = execute
        self._data = b""
        self.idle = True
        """Whether the request is not complete yet."""
        self._reading = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._reading.activated.connect(self.read)
        self._writing: QSocketNotifier | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.close)
        self._patience.start()

    def close(self) -> None:
        """Disconnect. What has not been sent yet is lost."""
        if self._socket.fileno() < 0:
            return
        self._patience.stop()
        self._reading.setEnabled(False)
        if self._writing is not None:
            self._writing.setEnabled(False)
        self._socket.close()
        self.closed.emit(self)
        self.deleteLater()

    def read(self) -> None:
        """Take what the client has sent. Execute the request once it is complete."""
        if not self.idle or self._socket.fileno() < 0:
            return
        try:
            data = self._socket.recv(MAX_REQUEST + 1)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data and not self._data:  # the client disconnected without a request
            self.close()
            return
        self._data += data
        self.idle = False  # the command may run an event loop, but must run once
        self._reading.setEnabled(False)
        answer = answer_to(self._data, self._execute_if_awaited, ended=not data)
        if self._socket.fileno() < 0:  # the connection was closed while the command ran
            return
        if answer is None:
            self.idle = True
            self._reading.setEnabled(True)
            return
        self._data = answer
        self._patience.start()
        self._write()

    def _execute_if_awaited(self, argv: list[str], request_id: str) -> tuple[int, str, str]:
        """Execute a command, unless its client has gone: it has told the person so."""
        try:
            self._socket.send(b"")  # the system refuses it if the other end is closed
        except BrokenPipeError:
            self.close()
            return 0, "", ""
        return self._execute(argv, request_id)

    def _write(self) -> None:
        try:
            self._data = self._data[self._socket.send(self._data) :]
        except BlockingIOError:
            pass
        except OSError:  # the client has disconnected
            self._data = b""
        if not self._data:
            self.close()
        elif self._writing is None:
            self._writing = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Write, self)
            self._writing.activated.connect(self._write)
