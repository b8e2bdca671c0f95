"""The instance lock, which decides which process is the app. No Qt, and quick to import."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Lock:
    """The instance lock. One process at a time holds it, and loses it when it ends."""

    def __init__(self, path: str) -> None:
        """Take the path of the lock file. The file is not opened yet."""
        self._path = path
        self._file = -1

    def acquire(self) -> bool:
        """Take the lock without waiting. Return False if another process holds it.

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
        """Release the lock. The file stays: if it were deleted, two processes could hold it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
