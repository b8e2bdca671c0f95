"""The server on Unix: a socket that only its owner can open. Nothing in it blocks or polls."""

from __future__ import annotations

import logging
import os
import socket
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from safepause.system.ipc.client import at_address
from safepause.system.ipc.dispatch import CLIENTS, PATIENCE, answer_to
from safepause.system.ipc.protocol import MAX_REQUEST

if TYPE_CHECKING:
    from safepause.system.ipc.dispatch import Execute

assert sys.platform != "win32"  # noqa: S101  -- mypy skips the file there, where nothing imports it

RECOVERY = 1000
"""Milliseconds until the next client is accepted, after the system had no descriptor for one."""
CREDENTIALS = struct.Struct("3i")
"""The credentials of a connection's other end: process, user and group."""

log = logging.getLogger(__name__)


class SocketServer(QObject):
    """Listens on a socket, and serves each client's one command."""

    def __init__(self, path: str, execute: Execute, parent: QObject | None = None) -> None:
        """Take the socket's path, and what executes a command."""
        super().__init__(parent)
        self._path = path
        self._execute = execute
        self._clients: set[_Client] = set()
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._recovery = QTimer(self, singleShot=True, interval=RECOVERY)
        self._recovery.timeout.connect(self._resume)

    def listen(self) -> None:
        """Replace the socket of a dead app, and execute commands from now on.

        Raises:
            OSError: the system can't listen there.

        """
        self._socket = open_listener(self._path)
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._socket.fileno(), kind, self)
        self._notifier.activated.connect(self._accept)

    def close(self) -> None:
        """Stop listening, disconnect all clients, and delete the socket."""
        if self._socket is None:
            return
        self._recovery.stop()
        self._pause()
        Path(self._path).unlink(missing_ok=True)
        self._socket.close()
        self._socket = self._notifier = None
        for client in tuple(self._clients):
            client.close()

    def _accept(self) -> None:
        while self._socket is not None and len(self._clients) < CLIENTS:
            try:
                connection, _address = self._socket.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:  # no descriptors left: wait, because the notifier would fire at once
                log.exception("a client can't be accepted")
                self._recovery.start()
                break
            self._serve(connection)
        self._pause()

    def _serve(self, connection: socket.socket) -> None:
        if not is_same_user(connection):
            log.warning("a command of another user was refused")
            connection.close()
            return
        client = _Client(connection, self._execute, self)
        self._clients.add(client)
        client.closed.connect(self._remove)

    def _remove(self, client: _Client) -> None:
        self._clients.discard(client)
        self._resume()

    def _pause(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)

    def _resume(self) -> None:
        if self._notifier is not None and not self._recovery.isActive():
            self._notifier.setEnabled(True)


class _Client(QObject):
    """One connection, which carries one request and one answer."""

    closed = Signal(object)

    def __init__(self, connection: socket.socket, execute: Execute, parent: QObject) -> None:
        super().__init__(parent)
        connection.setblocking(False)
        self._socket = connection
        self._execute = execute
        self._data = b""
        self._reading = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._reading.activated.connect(self._read)
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

    def _read(self) -> None:
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
        self._reading.setEnabled(False)  # the command may run an event loop, but must run once
        answer = answer_to(self._data, self._execute, ended=not data)
        if self._socket.fileno() < 0:  # the connection was closed while the command ran
            return
        if answer is None:
            self._reading.setEnabled(True)
            return
        self._data = answer
        self._patience.start()
        self._write()

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


class Peer(Protocol):
    """The part of a connection that knows the credentials of its other end."""

    def getsockopt(self, level: int, option: int, size: int, /) -> bytes:
        """Return an option of the connection."""
        ...


def is_same_user(connection: Peer) -> bool:
    """Return whether the other end runs as the same user, according to the system.

    macOS doesn't say it in this way. There the socket's mode alone keeps other users out.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    size = CREDENTIALS.size
    _pid, user, _group = CREDENTIALS.unpack(connection.getsockopt(socket.SOL_SOCKET, option, size))
    return bool(user == os.getuid())


def open_listener(path: str) -> socket.socket:
    """Return a listening socket at `path`, in the place of a dead app's socket."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.setblocking(False)
        Path(path).unlink(missing_ok=True)
        at_address(path, listener.bind)
        Path(path).chmod(0o600)  # before `listen`: until then no other user can connect
        listener.listen(CLIENTS)
    except OSError:
        listener.close()
        raise
    return listener
