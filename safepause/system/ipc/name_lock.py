"""The instance lock of Linux that is no file, so nobody can delete it."""

from __future__ import annotations

import errno
import socket
import sys

from safepause.system.ipc.client import is_same_user

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
            return not _is_ours(self._name)
        self._socket = holder
        return True

    def release(self) -> None:
        """Release the lock."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _is_ours(name: str) -> bool:
    """Tell whether a process of this person has the name."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(0)
        try:
            asking.connect(name)
        except BlockingIOError:  # its queue is full
            return True
        except OSError:
            return False
        return is_same_user(asking)
