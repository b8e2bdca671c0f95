"""An open database whose file is looked at before each write.

Another program may delete or replace the file, or its whole folder, while SafePause runs. SQLite
then goes on writing to a file without a name, and says that all is kept. So the file is written
anew, from the connection that is still open. What others have put at its path is set aside.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from safepause import own_files
from safepause.store import aside, files
from safepause.store.database import copy_into, damage_told, end_log, open_for_writing
from safepause.store.forgetting import forget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from safepause.core.clock import Clock

_Identity = tuple[tuple[int, int] | None, ...]
"""The device and the number, on the disk, of a database and of each of its side files."""

_log = logging.getLogger(__name__)


class StandingFile:
    """An open connection, and which files on the disk it has."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, clock: Clock, *, writable: bool
    ) -> None:
        self.connection = connection
        self.path = path
        self.is_open = True
        """Whether there is a file. After `forget` there may be no space for a new one."""
        self._clock = clock
        self._identity = _identity_of(path) if writable else None

    def ensure(self, fill: Callable[[sqlite3.Connection], None]) -> None:
        """Make sure that what is written is kept at the path. A file that is only read stays.

        `fill` writes what is in memory, if the old file can't be read any more.

        Raises:
            Unopened, sqlite3.Error, OSError: nothing can be kept at the path.

        """
        if not self.is_open:
            self._take(open_for_writing(self.path))
        elif self._identity is not None and not _stands(self.path, self._identity):
            self._write_anew(self._identity, fill)

    def forget(self) -> None:
        """Delete the database and all its copies, and open a new one if that is possible.

        What others have put in the place of the database is set aside.

        Raises:
            NotAllForgotten: the database is deleted, but a copy is not.
            OSError: nothing was deleted.

        """
        if self._identity is not None and not _stands(self.path, self._identity):
            _clear_way(self.path, self._identity, self._clock)
        self._drop()
        try:
            forget(self.path, self._renew)
        finally:
            if not self.is_open:
                self._renew()

    def close(self) -> None:
        """Close the connection. The file can't be used any more, and is not written anew."""
        self.connection.close()
        self._identity = None

    def _renew(self) -> None:
        try:
            self._take(open_for_writing(self.path))
        except (files.Unopened, sqlite3.Error, OSError) as error:
            _log.warning("No new file can be made: %s", error)

    def _write_anew(self, own: _Identity, fill: Callable[[sqlite3.Connection], None]) -> None:
        _log.warning("The saved data was deleted or replaced. It is written anew.")
        files.make_private_folder(self.path.parent)
        part = files.new_part(self.path)
        try:
            with damage_told():
                copy_into(self.connection, part)
        except files.Unopened as error:
            _log.warning("Past pauses can't be written anew: %s", error)
            own_files.discard(str(part))
            with closing(open_for_writing(part)) as new:
                fill(new)
                end_log(new)
        _clear_way(self.path, own, self._clock)
        part.rename(self.path)
        self._drop()  # only now: SQLite deletes the log at the old path as it closes
        self._take(open_for_writing(self.path))

    def _drop(self) -> None:
        self.connection.close()
        self.is_open = False

    def _take(self, connection: sqlite3.Connection) -> None:
        self.connection, self.is_open = connection, True
        self._identity = _identity_of(self.path)


def _identity_of(path: Path) -> _Identity:
    """Return which files on the disk are at the paths of a database and of its side files."""
    return tuple(_number(file) for file in (path, *files.possible_side_files(path)))


def _stands(path: Path, identity: _Identity) -> bool:
    """Tell whether the files at our paths are still these, and begin as our database does."""
    if _identity_of(path) != identity:
        return False
    with path.open("rb", buffering=0) as file:
        return files.has_our_header(file.read(files.HEADER_BYTES))


def _clear_way(path: Path, own: _Identity, clock: Clock) -> None:
    """Delete our own old side files, and set aside what others have put at our paths.

    Raises:
        OSError: a file can't be deleted or renamed.

    """
    for file in files.possible_side_files(path):
        if _number(file) in set(own) - {None}:
            file.unlink()
    found = _number(path)
    start = path.read_bytes()[: files.PAGE_BYTES] if path.is_file() else b""
    if found == own[0] and (files.is_ours(start) or not start):
        return  # only a side file was taken away, or the file was emptied
    if any(map(os.path.lexists, (path, *files.possible_side_files(path)))):
        if files.is_ours(start):
            moved_to, _nameless = aside.set_aside(path, clock, known=True)
        else:
            moved_to = files.set_aside(path, clock, files.FOREIGN)
        _log.warning("Another file was in the place of the saved data. It is now %s", moved_to.name)


def _number(file: Path) -> tuple[int, int] | None:
    try:
        found = file.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
