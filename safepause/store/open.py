"""Opens the store. It always returns a store, and a notice if something is wrong with the file."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.core.ports import StoreNotice, Trouble
from safepause.store import files
from safepause.store.database import (
    BUSY_SECONDS,
    closed_on_error,
    open_for_reading,
    open_for_writing,
)
from safepause.store.files import Unopened
from safepause.store.null_store import UnopenedStore
from safepause.store.sqlite_store import SqliteStore

if TYPE_CHECKING:
    from pathlib import Path

    from safepause.core.clock import Clock

AT_ONCE = 0.05
"""Seconds to wait for the file of an app that does not answer."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A store, and the notice that the person gets."""

    store: SqliteStore | UnopenedStore
    notice: StoreNotice | None = None
    """None if nothing is wrong."""


def open_store(folder: Path, clock: Clock) -> Opened:
    """Open the store in `folder`. Make the folder if it is missing.

    A file that can't be read gets a new name with the date. A file that is not ours, or has a newer
    version, stays as it is, and nothing is kept. A file that can't be written is only read.
    """
    path = folder / files.NAME
    try:
        return _open(path, clock)
    except Unopened as error:
        trouble, detail = error.trouble, error.detail
    except (sqlite3.Error, OSError) as error:
        trouble, detail = Trouble.NOT_OPENED, _detail(error)
    if trouble is Trouble.NOT_OPENED and (reader := _read(path)):
        return Opened(reader, _notice(Trouble.READ_ONLY, path, detail))
    return Opened(UnopenedStore(detail), _notice(trouble, path, detail))


def open_store_for_reading(folder: Path) -> SqliteStore | UnopenedStore | None:
    """Open the store of an app that runs, and change nothing. Without a file, it is empty.

    Return None if the file can't be read now, as while the app writes.
    """
    path = folder / files.NAME
    return _read(path, AT_ONCE) if path.exists() else UnopenedStore("no file")


def _open(path: Path, clock: Clock) -> Opened:
    try:
        return Opened(_store(open_for_writing(path), path))
    except Unopened as error:
        if error.trouble is not Trouble.UNREADABLE:
            raise
        aside = files.set_aside(path, clock)
        notice = _notice(error.trouble, path, error.detail, aside)
    return Opened(_store(open_for_writing(path), path), notice)


def _read(path: Path, patience: float = BUSY_SECONDS) -> SqliteStore | None:
    try:
        return _store(open_for_reading(path, patience), path)
    except (Unopened, sqlite3.Error, OSError) as error:
        _log.info("%s can't be read either: %s", path.name, _detail(error))
        return None


def _store(connection: sqlite3.Connection, path: Path) -> SqliteStore:
    with closed_on_error(connection):
        return SqliteStore(connection, path)


def _notice(trouble: Trouble, path: Path, detail: str, moved_to: Path | None = None) -> StoreNotice:
    _log.info("%s: %s (%s)", path.name, trouble.value, detail)  # its folder has a person's name
    return StoreNotice(trouble, str(path), detail, str(moved_to) if moved_to else "")


def _detail(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
