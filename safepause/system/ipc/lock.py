"""The instance locks, which decide which process is the app. No Qt, and quick to import."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from safepause import own_files
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
            OSError: the file can't be opened, its file system has no locks, or others use its
                folder, too.

        """
        if self._file >= 0:
            return True
        own_files.refuse_shared(os.path.dirname(self._path))  # noqa: PTH120  -- as paths.py
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
        try:
            own_files.give_new_file_to_owner(file)
            taken = _lock(file)
        except OSError:
            os.close(file)
            raise
        if not taken:
            os.close(file)
            return False
        self._file = file
        return True

    def sign(self) -> None:
        """Write into the file who holds the lock. Do nothing if this process does not hold it."""
        if self._file >= 0:
            _sign(self._file)

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

    def sign(self) -> None:
        """Say who holds the lock, once this process is sure to keep it."""
        ...

    def release(self) -> None:
        """Release the lock."""
        ...


class NamedLock(OneLock, Protocol):
    """A lock that is a name, as `NameLock` is."""

    def holder(self) -> int:
        """Return the process that holds the lock; 0 if nobody does, or the system can't say."""
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
        for lock in self._locks:  # only now: who gets no other lock has not been the holder
            lock.sign()
        return True

    def release(self) -> None:
        """Release all locks."""
        for lock in self._locks:
            lock.release()


class LostLocks:
    """Takes the locks of this process again whose files somebody has deleted.

    This process still holds such a lock, but a new file at the path would be nobody's.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        """Take the paths of the lock files. This process holds those that are there now."""
        self._paths = [path for path in paths if os.path.lexists(path)]
        self._taken: list[Lock] = []

    def is_missing(self) -> bool:
        """Tell whether a lock file is missing in its folder."""
        return any(_is_missing(path) for path in self._paths)

    def take(self) -> None:
        """Take what nobody holds. A lock that this process has is held already."""
        for path in self._paths:
            lock = Lock(path)
            with suppress(OSError):  # its folder is gone, or others use it, too
                if lock.acquire():
                    lock.sign()
                    self._taken.append(lock)

    def release(self) -> None:
        """Release what was taken."""
        for lock in self._taken:
            lock.release()
        self._taken.clear()


def _is_missing(path: str) -> bool:
    return not os.path.lexists(path) and os.path.isdir(os.path.dirname(path))  # noqa: PTH112, PTH120


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
