"""The instance lock: it decides who is the app. No Qt, and nothing slow to import."""

from __future__ import annotations

import os
import sys


class Lock:
    """Says who is the app: one process at a time holds it, and its end lets go of it."""

    def __init__(self, path: str) -> None:
        """Know the path of the lock file; nothing is opened yet."""
        self._path = path
        self._file = -1

    def acquire(self) -> bool:
        """Take the lock, at once; return False if another process holds it.

        Raises:
            OSError: the file can't be opened, or its file system has no locks.

        """
        if self._file >= 0:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            taken = _lock(file)
        except OSError:
            os.close(file)
            raise
        if not taken:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of the lock. The file stays: deleting it would let two hold it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":

    def _lock(file: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(file: int) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
