"""The server on Unix: sockets that only their owner can use. Nothing in it blocks or polls.

It listens at a path, and on Linux at a name without a file as well. If the socket at the path is
deleted, with its folder or alone, the server makes it again, and the lock files, too. In a folder
that others use, too, it makes no file.
"""

from __future__ import annotations

import logging
import os
import socket
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QSocketNotifier, QTimer

from safepause import own_files
from safepause.system.ipc.client import at_address, is_same_user
from safepause.system.ipc.dispatch import CLIENTS
from safepause.system.ipc.lock import LostLocks
from safepause.system.ipc.unix_caller import Caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepause.system.ipc.dispatch import Execute

assert sys.platform != "win32"  # noqa: S101  -- mypy skips the file there, where nothing imports it

QUEUE = 4 * CLIENTS
"""How many clients may wait in the system's queue."""
RECOVERY = 1000
"""Milliseconds until the next client is accepted, after the system had no descriptor for one."""
RESTORATION = 200
"""Milliseconds from a change in the socket's folder until the socket is made again.

A program that deletes the folder has finished by then.
"""

log = logging.getLogger(__name__)


class SocketServer(QObject):
    """Listens on its sockets, and serves each client's one command."""

    def __init__(
        self,
        path: str,
        execute: Execute,
        parent: QObject | None = None,
        *,
        name: str = "",
        locks: Sequence[str] = (),
    ) -> None:
        """Take the socket's path, and what executes a command. `name` is a second address.

        `locks` are the lock files of this process, which are made again as the socket is.
        """
        super().__init__(parent)
        self._path = path
        self._lost_locks = LostLocks(locks)
        self._folders = tuple(str(Path(file).parent) for file in dict.fromkeys((path, *locks)))
        self._name = name
        self._execute = execute
        self._callers: dict[Caller, None] = {}
        self._doors: dict[str, _Door] = {}
        self.trouble = ""
        """The system's message if there is no socket at the path; otherwise empty."""
        self._recovery = QTimer(self, singleShot=True, interval=RECOVERY)
        self._recovery.timeout.connect(self._resume)
        self._watcher: QFileSystemWatcher | None = None
        self._restoration = QTimer(self, singleShot=True, interval=RESTORATION)
        self._restoration.timeout.connect(self._restore)

    def listen(self) -> None:
        """Replace the socket of a dead app, and execute commands from now on.

        Raises:
            OSError: the system can't listen at any address.

        """
        error = self._open(self._path)
        if self._name:
            self._open(self._name)
        if error is not None and not self._doors:
            raise error
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._watch()

    def close(self) -> None:
        """Stop listening, disconnect all clients, and delete the socket."""
        self._recovery.stop()
        if self._watcher is not None:
            self._watcher.directoryChanged.disconnect(self._folder_changed)
            self._watcher.deleteLater()  # the system has few watches for a person
            self._watcher = None
        self._restoration.stop()
        self._lost_locks.release()
        if self._path in self._doors and _is_socket(self._path):
            Path(self._path).unlink(missing_ok=True)
        for door in self._doors.values():
            door.close()
        self._doors.clear()
        for caller in tuple(self._callers):
            caller.close()

    def _open(self, address: str) -> OSError | None:
        """Listen at an address. Return why that is not possible."""
        try:
            listener = open_listener(address)
        except OSError as error:
            if address == self._path:
                self.trouble = error.strerror or str(error)
            return error
        door = _Door(listener, self)
        door.notifier.activated.connect(self._accept)
        self._doors[address] = door
        return None

    def _folder_changed(self, _folder: str) -> None:
        self._restoration.start()

    def _watch(self) -> None:
        """Hear of changes in the folders. A folder that others use changes all the time."""
        for folder in self._folders:
            watched = self._watcher is None or folder in self._watcher.directories()
            if self._watcher is not None and not watched and not own_files.is_shared(folder):
                self._watcher.addPath(folder)

    def _restore(self) -> None:
        """Make what somebody has deleted again: the socket, its folder and the lock files."""
        if not os.path.lexists(self._path):
            self._restore_socket()
        self._lost_locks.take()
        self._watch()

    def _restore_socket(self) -> None:
        before = self.trouble
        old = self._doors.pop(self._path, None)
        try:
            own_files.make_private_folder(str(Path(self._path).parent))
        except OSError as error:
            self.trouble = error.strerror or str(error)
        else:
            self.trouble = ""
            self._open(self._path)
        if old is not None:
            old.close()
        if not self.trouble:
            log.info("the socket was deleted, and is made again")
        elif not before:
            log.info("the socket was deleted, and can't be made again: %s", self.trouble)

    def _accept(self) -> None:
        """Accept every client that waits."""
        if self._lost_locks.is_missing() or not os.path.lexists(self._path):
            self._restoration.start()
        for door in tuple(self._doors.values()):
            while door.open and not self._is_full():
                try:
                    connection, _address = door.socket.accept()
                except (BlockingIOError, ConnectionAbortedError):
                    break
                except OSError:  # no descriptors left: wait, as the notifier would fire at once
                    log.exception("a client can't be accepted")
                    self._recovery.start()
                    self._pause()
                    return
                self._serve(connection)
        if self._is_full():
            self._pause()

    def _is_full(self) -> bool:
        """Tell whether no client can be connected before another has got its answer."""
        return len(self._callers) >= CLIENTS and not any(each.idle for each in self._callers)

    def _make_room(self) -> None:
        """Disconnect the oldest client that has sent no whole request. It waits for nothing."""
        for caller in tuple(self._callers):
            if len(self._callers) < CLIENTS:
                return
            caller.read()
            if caller.idle:
                caller.close()

    def _serve(self, connection: socket.socket) -> None:
        if not is_same_user(connection):
            log.warning("a command of another user was refused")
            connection.close()
            return
        self._make_room()
        caller = Caller(connection, self._execute, self)
        self._callers[caller] = None
        caller.closed.connect(self._remove)
        caller.read()

    def _remove(self, caller: Caller) -> None:
        self._callers.pop(caller, None)
        self._resume()

    def _pause(self) -> None:
        for door in self._doors.values():
            door.notifier.setEnabled(False)

    def _resume(self) -> None:
        if not self._recovery.isActive():
            for door in self._doors.values():
                door.notifier.setEnabled(True)


class _Door:
    """One listening socket, with the notifier that tells of its clients."""

    def __init__(self, listener: socket.socket, parent: QObject) -> None:
        self.socket = listener
        self.notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, parent)

    @property
    def open(self) -> bool:
        """Whether the socket still listens."""
        return self.socket.fileno() >= 0

    def close(self) -> None:
        """Stop listening."""
        self.notifier.setEnabled(False)
        self.notifier.deleteLater()
        self.socket.close()


def _is_socket(path: str) -> bool:
    """Tell whether a socket is at a path. A link to one is none."""
    try:
        return stat.S_ISSOCK(os.lstat(path).st_mode)
    except OSError:
        return False


def open_listener(path: str) -> socket.socket:
    """Return a listening socket at a path or a name. It takes the place of a dead app's socket."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.setblocking(False)
        if path.startswith("\0"):  # no file; `is_same_user` alone keeps other users out
            listener.bind(path)
        else:
            own_files.refuse_shared(str(Path(path).parent))
            if _is_socket(path):  # a person's own file stays, and then there is no socket
                Path(path).unlink()
            at_address(path, listener.bind)
            Path(path).chmod(0o600)  # before `listen`: until then no other user can connect
        listener.listen(QUEUE)
    except OSError:
        listener.close()
        raise
    return listener
