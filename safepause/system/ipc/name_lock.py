"""The instance lock of Linux that is no file, so nobody can delete it."""

from __future__ import annotations

import errno
import socket
import sys

from safepause.system.ipc.client import is_same_user, peer_of

assert sys.platform != "win32"  # noqa: S101  -- mypy skips the file there, where nothing imports it


class NameLock:
    """A lock that is a name of Linux without a file, so nobody can delete it."""

    def __init__(self, name: str) -> None:
        """Take the name, as `paths.abstract_name` gives it."""
        self._name = name
        self._socket: socket.socket | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting. Return False if another process of this person has it.

        A name that another person has taken is no lock.

        Raises:
            OSError: the system has no such names.

        """
        if self._socket is not None:
            return True
        holder = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            holder.bind(self._name)
            holder.listen()  # so that others can ask whose it is
        except OSError as error:
            holder.close()
            if error.errno != errno.EADDRINUSE:
                raise
            return not self._is_ours()
        self._socket = holder
        return True

    def sign(self) -> None:
        """Do nothing: a name has no content."""

    def release(self) -> None:
        """Release the lock."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _is_ours(self) -> bool:
        """Tell whether a process of this person has the name."""
        try:
            with self._asking() as asking:
                return is_same_user(asking)
        except BlockingIOError:  # its queue is full
            return True
        except OSError:
            return False

    def holder(self) -> int:
        """Return the process of this person that has the name; 0 if the system can't say."""
        try:
            with self._asking() as asking:
                peer = peer_of(asking)
                return peer[0] if peer is not None and is_same_user(asking) else 0
        except OSError:
            return 0

    def _asking(self) -> socket.socket:
        """Return a connection to the process that has the name."""
        asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        asking.settimeout(0)
        try:
            asking.connect(self._name)
        except OSError:
            asking.close()
            raise
        return asking
