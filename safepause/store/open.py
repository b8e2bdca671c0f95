"""Opens the store. It always returns a store, and a notice if something is wrong with the file."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.core.ports import NotKept, Part, StoreNotice, Trouble
from safepause.store import aside, files, salvage
from safepause.store.database import (
    BUSY_SECONDS,
    PRIMARY,
    closed_on_error,
    end_log,
    open_for_reading,
    open_for_writing,
)
from safepause.store.files import Unopened
from safepause.store.migrations import MIGRATIONS
from safepause.store.null_store import UnopenedStore
from safepause.store.sqlite_store import SqliteStore

if TYPE_CHECKING:
    from safepause.core.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A store, and the notice that the person gets."""

    store: SqliteStore | UnopenedStore
    notice: StoreNotice | None = None
    """None if nothing is wrong."""

    @property
    def hides(self) -> bool:
        """Whether there may be data that can't be read. So nobody knows whether a pause stands."""
        return (
            isinstance(self.store, UnopenedStore)
            and self.notice is not None
            and self.notice.trouble in _UNREAD
            and _may_exist(_path_of(self.notice))
        )


_UNREAD = {Trouble.IN_USE, Trouble.NEWER, Trouble.NOT_OPENED, Trouble.SHARED}


def _path_of(notice: StoreNotice) -> Path:
    """Return the path of the database. The notice of a shared folder has that of the folder."""
    path = Path(notice.path)
    return path / files.NAME if notice.trouble is Trouble.SHARED else path


def _may_exist(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def open_store(folder: Path, clock: Clock, patience: float = BUSY_SECONDS) -> Opened:
    """Open the store in `folder`. Make the folder if it is missing.

    `patience` is how many seconds to wait for another program that holds the file.

    A damaged file gets a new name with the date, and what can be read of it is in a new file. A
    file that is not ours, or has a newer version, stays as it is, and nothing is kept. A file that
    can't be written is only read. In a folder that others use, too, nothing is kept.
    """
    path = folder / files.NAME
    try:
        return _open(path, clock, patience)
    except Unopened as error:
        trouble, detail, place = error.trouble, error.detail, error.path or path
    except (sqlite3.Error, OSError) as error:
        trouble, detail, place = _trouble(error), _detail(error), path
    if trouble is Trouble.UNREADABLE:  # the new file is damaged as well: the disk is
        trouble = Trouble.NOT_OPENED
    if trouble not in {Trouble.NOT_OPENED, Trouble.IN_USE}:
        own = path if trouble is Trouble.IN_THE_WAY else None
        return Opened(UnopenedStore(detail, own), _told(StoreNotice(trouble, str(place), detail)))
    reader = read_store(folder, clock, 0 if trouble is Trouble.IN_USE else patience)
    if reader is None:
        return Opened(UnopenedStore(detail, path), _told(StoreNotice(trouble, str(path), detail)))
    damaged = () if reader.notice is None else reader.notice.damaged
    notice = StoreNotice(Trouble.READ_ONLY, str(path), detail, damaged=damaged)
    return Opened(reader.store, _told(notice))


def read_store(folder: Path, clock: Clock, patience: float = BUSY_SECONDS) -> Opened | None:
    """Open the store in `folder` to read it, while the app may write to it. None if that fails.

    `patience` is how many seconds to wait while the app holds the file.
    """
    path = folder / files.NAME
    try:
        files.examine(path, len(MIGRATIONS))
        store = _store(open_for_reading(path, patience), path, clock, writable=False)
    except (Unopened, sqlite3.Error, OSError) as error:
        _log.info("%s can't be read: %s", path.name, _detail(error))
        return None
    damaged = store.damaged + ((Part.OUTCOMES,) if store.unreadable_outcomes() else ())
    notice = StoreNotice(Trouble.DAMAGED, str(path), damaged=damaged) if damaged else None
    return Opened(store, notice)


def can_be_read(folder: Path, clock: Clock) -> bool:
    """Tell whether the data in `folder` can be read now. This waits for no other program."""
    opened = read_store(folder, clock, 0)
    if opened is not None:
        opened.store.close()
    return opened is not None


def _trouble(error: Exception) -> Trouble:
    """Return what is wrong if a file can't be opened."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    return (
        Trouble.IN_USE
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        else Trouble.NOT_OPENED
    )


def _open(path: Path, clock: Clock, patience: float) -> Opened:
    try:
        connection = open_for_writing(path, patience=patience)
        lost, store = connection.log_was_damaged, _store(connection, path, clock)
    except Unopened as error:
        if error.trouble is not Trouble.UNREADABLE:
            raise
        return _replace(path, clock, error.detail)
    if not (store.damaged or lost):
        return Opened(store)
    if store.damaged:
        with suppress(NotKept):  # then it is said at the next start, too
            store.set_right()
    detail = ", ".join(part.value for part in store.damaged)
    notice = StoreNotice(Trouble.DAMAGED, str(path), detail, damaged=store.damaged)
    return Opened(store, _told(notice))


def _replace(path: Path, clock: Clock, detail: str) -> Opened:
    """Set a damaged file aside, and open a new one with what could be read of it."""
    found = salvage.read(path)
    part = files.new_part(path)
    if found is not None:
        with closing(open_for_writing(part)) as new:
            salvage.write(new, found)
            end_log(new)
    moved_to, nameless = aside.set_aside(path, clock, known=found is not None)
    if found is not None:
        part.rename(path)
    notice = StoreNotice(
        Trouble.UNREADABLE if found is None else Trouble.DAMAGED,
        str(path),
        detail,
        moved_to=str(moved_to),
        damaged=() if found is None else found.damaged,
        may_name=not nameless,
    )
    return Opened(_store(open_for_writing(path), path, clock), _told(notice))


def _store(
    connection: sqlite3.Connection, path: Path, clock: Clock, *, writable: bool = True
) -> SqliteStore:
    with closed_on_error(connection):
        return SqliteStore(connection, path, clock, writable=writable)


def _told(notice: StoreNotice) -> StoreNotice:
    """Log a notice, without the folder, whose path has a person's name."""
    _log.info("%s: %s (%s)", Path(notice.path).name, notice.trouble.value, notice.detail)
    return notice


def _detail(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
