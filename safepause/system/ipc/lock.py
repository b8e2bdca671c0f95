"""The instance locks, which decide which process is the app. No Qt, and quick to import."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from safepause.system.paths import home, meeting_place

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Sequence


_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Lock:
    """A lock file. One process at a time holds it, and loses it when it ends."""

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
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
        try:
            taken = _lock(file)
        except OSError:
            os.close(file)
            raise
        if not taken:
            os.close(file)
            return False
        _sign(file)
        self._file = file
        return True

    def release(self) -> None:
        """Release the lock. The file stays: if it were deleted, two processes could hold it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class OneLock(Protocol):
    """A lock of one kind."""

    def acquire(self) -> bool:
        """Take the lock without waiting. Return False if another process has it.

        Raises:
            OSError: this lock can't be made here.

        """
        ...

    def release(self) -> None:
        """Release the lock."""
        ...


class Locks:
    """Several locks that one process holds together. Who has not all of them has none."""

    def __init__(self, locks: Sequence[OneLock]) -> None:
        """Take the locks in the order in which every process tries them."""
        self._locks = locks

    def acquire(self) -> bool:
        """Take all locks without waiting. Return False if another process holds one of them.

        A lock that can't be made here is left out.

        Raises:
            OSError: no lock can be made here.

        """
        errors: list[OSError] = []
        for lock in self._locks:
            try:
                if not lock.acquire():
                    self.release()
                    return False
            except OSError as error:
                errors.append(error)
        if len(errors) == len(self._locks):
            raise errors[0]
        return True

    def release(self) -> None:
        """Release all locks."""
        for lock in self._locks:
            lock.release()


if sys.platform == "win32":

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _sign(_file: int) -> None:
        """Do nothing: the lock is on the first byte of the file."""

else:

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _sign(file: int) -> None:
        """Write into a lock file what `paths.holder_of` reads, unless it is another's file."""
        with suppress(OSError):  # a full disk: the lock holds all the same
            first = os.pread(file, 64, 0).partition(b"\n")[0]
            if first and not first.isdigit():
                return
            os.ftruncate(file, 0)
            os.pwrite(file, os.fsencode(f"{os.getpid()}\n{home()}\n{meeting_place()}"), 0)
