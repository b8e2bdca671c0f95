"""Opens the connection: every commit is on disk when it returns, and what is deleted is gone.

Writing uses the write-ahead log with a full sync; reading alone is the way out for a folder or disk
that can't be written. Which file it is, is files.py's affair; what is in it, migrations.py's.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from safepause.core.ports import Trouble
from safepause.store import files
from safepause.store.files import Unopened
from safepause.store.migrations import FORGET_CALLER, MIGRATIONS, Migration, migrate, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BUSY_SECONDS = 1.0
"""How long to wait for another program, such as a backup's, that holds the file."""
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""Error codes that only a damaged file explains; ERROR, since our statements are right."""
_PRIMARY = 0xFF


def open_for_writing(
    path: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> sqlite3.Connection:
    """Open the database, made or brought up to date where need be.

    Raises:
        Unopened: the file is damaged, or not ours; it is as it was.
        sqlite3.Error: it can't be opened, or not be written.
        OSError: the folder or the file can't be made.

    """
    files.make_private_folder(path.parent)
    files.examine(path, len(migrations))
    files.make_private_file(path)
    crashed = files.has_log(path)
    with damage_told(), _connect(path, "mode=rw") as connection:
        # The first tables are made before the log is used, so that the file is marked as ours on
        # disk from its first commit on.
        migrated = migrate(connection, migrations, lambda old: _back_up(connection, path, old))
        connection.execute("PRAGMA journal_mode = WAL")
        if crashed:
            _check(connection)
        if crashed or migrated:
            scrub(connection)
        return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a database of the present version that can't be written.

    Raises:
        Unopened: it is damaged or of another version.
        sqlite3.Error: it can't be read either.
        OSError: it can't be looked at.

    """
    try:
        return _reader(path, "mode=ro")
    except sqlite3.Error as error:
        # SQLite wants to make a log even to read, unless it is told that nobody writes. But someone
        # may; and a log that is there would go unread, so that an ended pause stood again.
        if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY or files.has_log(path):
            raise
        return _reader(path, "mode=ro&immutable=1")


def scrub(connection: sqlite3.Connection) -> bool:
    """Move the log into the database and empty it; return False if another reader is in the way.

    Raises:
        sqlite3.Error: it can't be written.

    """
    row: tuple[int, int, int] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return row[0] == 0


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close the connection if what runs inside fails."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def damage_told() -> Iterator[None]:
    """Tell damage apart from other troubles.

    Raises:
        Unopened: what runs inside met a damaged file.
        sqlite3.Error: it met another trouble.

    """
    try:
        yield
    except sqlite3.Error as error:
        # Text that is no text is Python's own error, without a code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & _PRIMARY not in _DAMAGE:
            raise
        raise Unopened(Trouble.UNREADABLE, str(error)) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise Unopened(Trouble.UNREADABLE, str(error)) from error


@contextmanager
def _connect(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """Open a connection, which outlives the block unless something in the block fails."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # a transaction begins and ends where the code says so
    )
    with closed_on_error(connection):
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        yield connection


def _reader(path: Path, mode: str) -> sqlite3.Connection:
    with damage_told(), _connect(path, mode) as connection:
        version = version_of(connection)
        if version != len(MIGRATIONS):
            raise Unopened(Trouble.NOT_OPENED, f"version {version}, not {len(MIGRATIONS)}")
        return connection


def _check(connection: sqlite3.Connection) -> None:
    """Look through the whole file, which is worth its time after a crash only."""
    found: tuple[str] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found[0] != "ok":
        raise Unopened(Trouble.UNREADABLE, found[0])


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the database; a copy of the same version, of an update cut short, gives way to it."""
    target = files.backup_of(path, version)
    part = files.side_file(target, ".part")
    part.unlink(missing_ok=True)
    files.make_private_file(part)
    with _connect(part, "mode=rw") as copy, closing(copy):
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute(FORGET_CALLER)
    part.replace(target)
