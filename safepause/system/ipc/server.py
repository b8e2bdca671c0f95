"""The app's ear: carries out the commands that other processes of the same user send.

Whoever makes it holds the lock of `instance`, so a socket found in its place is a dead app's and
is replaced. Nothing here blocks, and nothing runs while nobody calls. What the commands mean is
not known here. On Windows `pipe_windows` does the same.
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from safepause.i18n.language import _
from safepause.system.ipc.client import at_address
from safepause.system.ipc.protocol import MAX_REQUEST, ProtocolError, pack_answer, unpack_request

PATIENCE = 2000
"""Milliseconds that a caller has to say what it wants, and again to take the answer."""
CALLERS = 64
"""How many are listened to at once; others wait in the system's queue."""
WRONG_ARGUMENTS, UNREACHABLE = 2, 3
RECOVERY = 1000
"""Milliseconds without new callers after the system had no room for one."""

CREDENTIALS = struct.Struct("3i")
"""What the system says of the other end of a connection: its process, user and group."""
AnswerCommand = Callable[[list[str]], tuple[int, str, str]]

log = logging.getLogger(__name__)


class Server(Protocol):
    """Takes commands of other processes and answers each with one call."""

    def listen(self) -> None:
        """Take commands from now on.

        Raises:
            OSError: nothing can listen there.

        """
        ...

    def close(self) -> None:
        """Stop for good; callers in the line stay unanswered."""
        ...


def make_server(path: str, answer: AnswerCommand, parent: QObject | None = None) -> Server:
    """Return the server for this system: the choice between socket and pipe is made here only."""
    if sys.platform == "win32":
        from safepause.system.ipc.windows_pipe import PipeServer

        return PipeServer(path, answer, parent)
    return CommandServer(path, answer, parent)


class CommandServer(QObject):
    """Listens on a socket that only its owner can open."""

    def __init__(self, path: str, answer: AnswerCommand, parent: QObject | None = None) -> None:
        """Know `path`; `answer` gets the arguments, and returns code, output, error output."""
        super().__init__(parent)
        self._path = path
        self._answer = answer
        self._callers: set[_Caller] = set()
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._recovery = QTimer(self, singleShot=True, interval=RECOVERY)
        self._recovery.timeout.connect(self._resume)

    def listen(self) -> None:
        """Replace what a dead app left behind, and take commands from now on.

        Raises:
            OSError: nothing can listen there.

        """
        self._socket = open_listener(self._path)
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._socket.fileno(), kind, self)
        self._notifier.activated.connect(self._accept)

    def close(self) -> None:
        """Stop listening, leave callers unanswered, and delete the socket."""
        if self._socket is None:
            return
        self._recovery.stop()
        self._pause()
        Path(self._path).unlink(missing_ok=True)
        self._socket.close()
        self._socket = self._notifier = None
        for caller in tuple(self._callers):
            caller.close()

    def _accept(self) -> None:
        while self._socket is not None and len(self._callers) < CALLERS:
            try:
                wire, _address = self._socket.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:  # no descriptors left: don't spin until there are
                log.exception("can't take a caller")
                self._recovery.start()
                break
            self._welcome(wire)
        self._pause()

    def _welcome(self, wire: socket.socket) -> None:
        if not is_ours(wire):
            log.warning("a command of another user was refused")
            wire.close()
            return
        caller = _Caller(wire, self._answer, self)
        self._callers.add(caller)
        caller.closed.connect(self._forget)

    def _forget(self, caller: _Caller) -> None:
        self._callers.discard(caller)
        self._resume()

    def _pause(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)

    def _resume(self) -> None:
        if self._notifier is not None and not self._recovery.isActive():
            self._notifier.setEnabled(True)


class _Caller(QObject):
    """One connection: a request, an answer, the end."""

    closed = Signal(object)

    def __init__(self, wire: socket.socket, answer: AnswerCommand, parent: QObject) -> None:
        super().__init__(parent)
        wire.setblocking(False)
        self._wire = wire
        self._answer = answer
        self._data = b""
        self._reading = QSocketNotifier(wire.fileno(), QSocketNotifier.Type.Read, self)
        self._reading.activated.connect(self._read)
        self._writing: QSocketNotifier | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.close)
        self._patience.start()

    def close(self) -> None:
        """Hang up; what was not sent by now is lost."""
        if self._wire.fileno() < 0:
            return
        self._patience.stop()
        self._reading.setEnabled(False)
        if self._writing is not None:
            self._writing.setEnabled(False)
        self._wire.close()
        self.closed.emit(self)
        self.deleteLater()

    def _read(self) -> None:
        try:
            data = self._wire.recv(MAX_REQUEST + 1)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data and not self._data:  # came and went without a word
            self.close()
            return
        self._data += data
        self._reading.setEnabled(False)  # a command with a loop of its own must not run twice
        reply = reply_to(self._data, self._answer, ended=not data)
        if self._wire.fileno() < 0:  # hung up on while the command ran
            return
        if reply is None:
            self._reading.setEnabled(True)
            return
        self._data = reply
        self._patience.start()
        self._write()

    def _write(self) -> None:
        try:
            self._data = self._data[self._wire.send(self._data) :]
        except BlockingIOError:
            pass
        except OSError:  # nobody is there to hear it
            self._data = b""
        if not self._data:
            self.close()
        elif self._writing is None:
            self._writing = QSocketNotifier(self._wire.fileno(), QSocketNotifier.Type.Write, self)
            self._writing.activated.connect(self._write)


def reply_to(data: bytes, answer: AnswerCommand, *, ended: bool) -> bytes | None:
    """Return the bytes to answer a request with, or None while more of it is to come.

    `ended` says that no more can come. What is no request gets an answer too, with code 2.
    """
    try:
        argv = unpack_request(data)
    except ProtocolError as problem:
        return _not_understood(str(problem))
    if argv is None:
        return _not_understood("broken off") if ended else None
    try:
        return pack_answer(*answer(argv))
    except Exception:  # the border of a command: its caller gets an answer whatever happens
        log.exception("a command went wrong")
        return pack_answer(UNREACHABLE, "", _("Something went wrong inside SafePause.") + "\n")


def _not_understood(why: str) -> bytes:
    log.info("a request was not understood: %s", why)
    return pack_answer(WRONG_ARGUMENTS, "", _("SafePause did not understand that.") + "\n")


class Peer(Protocol):
    """A connection, as far as asking about its other end goes."""

    def getsockopt(self, level: int, option: int, size: int, /) -> bytes:
        """Return an option of the connection."""
        ...


def is_ours(wire: Peer) -> bool:
    """Return whether the other end runs as the same user; the system says so, not the caller.

    Where the system can't be asked, the socket's mode alone keeps others out.
    """
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    size = CREDENTIALS.size
    _pid, user, _group = CREDENTIALS.unpack(wire.getsockopt(socket.SOL_SOCKET, option, size))
    return bool(user == os.getuid())


def open_listener(path: str) -> socket.socket:
    """Return a listening socket, in the place of one that a dead app left."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        Path(path).unlink(missing_ok=True)
        at_address(path, listener.bind)
        Path(path).chmod(0o600)  # before anybody can connect
        listener.listen(CALLERS)
    except OSError:
        listener.close()
        raise
    return listener
