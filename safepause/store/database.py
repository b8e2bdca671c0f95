"""Opens SQLite connections whose commits are on disk at once and whose deletions leave no trace.

A connection for writing uses the write-ahead log with a full sync. A connection for reading serves
where the folder or the disk can't be written. files.py knows the files, migrations.py the tables.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, TypeVar

from safepause.core.file_uri import file_uri
from safepause.core.ports import Trouble
from safepause.store import files
from safepause.store.files import Unopened
from safepause.store.forgetting import finish_forgetting, forgotten_keys
from safepause.store.log_frames import has_lost_commits
from safepause.store.migrations import FORGET_CALLER, MIGRATIONS, Migration, migrate, version_of
from safepause.store.request_table import go_on_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BUSY_SECONDS = 1.0
"""SQLite waits this long for another program, such as a backup, that holds the file."""
SCRUB_SECONDS = 0.1
"""How long the deletion of traces waits for a program that reads. It is tried again later."""
_PAGES_CHECKED_WHOLE = 128
"""The most pages of which every entry is checked at each start. That takes 2 ms."""
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""Error codes of a damaged file. SQLITE_ERROR is one: all statements fit a file that is whole."""
DAMAGED = (sqlite3.Error, UnicodeDecodeError)
"""The errors of a damaged file. If SQLite's message quotes a damaged text, it can't be decoded."""
PRIMARY = 0xFF
"""The bits of an error code that tell the kind of the error."""
_ODD_VALUE = re.compile("value in|constraint failed")
"""How SQLite says that the value of a row does not fit its column."""


class Connection(sqlite3.Connection):
    """An open database."""

    log_was_damaged = False
    """Whether SQLite ignores commits in the log that a killed program has left."""


C = TypeVar("C", bound=sqlite3.Connection)


def open_for_writing(
    path: Path, migrations: Sequence[Migration] = MIGRATIONS, patience: float = BUSY_SECONDS
) -> Connection:
    """Open the database. Create it if it is missing; migrate it if it is old.

    `patience` is how many seconds to wait for another program that holds the file.

    Raises:
        Unopened: the file is damaged, or is not ours. The file is unchanged.
        sqlite3.Error: the file can't be opened, or can't be written.
        OSError: the folder or the file can't be made.

    """
    files.make_private_folder(path.parent)
    keys = forgotten_keys(path)
    try:
        connection = _writer(path, migrations, patience, keys)
    except (Unopened, sqlite3.Error, OSError):
        if keys is None:
            raise
        finish_forgetting(path)  # a full disk has space again
        return _writer(path, migrations, patience, keys)
    finish_forgetting(path)
    return connection


def _writer(
    path: Path, migrations: Sequence[Migration], patience: float, keys: list[bytes] | None
) -> Connection:
    """Open the database. `keys` are those of a database that was forgotten in its place."""
    files.examine(path, len(migrations))
    files.make_private_file(path)
    crashed = files.has_log(path)
    with damage_told(), _connect(path, "mode=rw", patience) as connection:
        # The first migration runs before the log is in use. So its commit writes our mark into the
        # file itself.
        migrated = migrate(connection, migrations, lambda old: _back_up(connection, path, old))
        if crashed:
            connection.log_was_damaged = _has_lost_commits(connection, path)
        if keys is not None:
            go_on_with(connection, keys)
        connection.execute("PRAGMA journal_mode = WAL")
        _check(connection)
        if crashed or migrated:
            scrub(connection)
        return connection


def _has_lost_commits(connection: Connection, path: Path) -> bool:
    log = files.side_file(path, "-wal").read_bytes()
    busy, read, _moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return not busy and has_lost_commits(log, read)


def open_for_reading(path: Path, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a database that is not written. Every version since the first can be read.

    `patience` is how many seconds to wait for another program that holds the file.

    Raises:
        Unopened: the file is damaged or has another version.
        sqlite3.Error: the file can't be read.
        OSError: the folder can't be read.

    """
    try:
        return _reader(path, "mode=ro", patience)
    except sqlite3.Error as error:
        # SQLite creates a log even to read, unless the file is "immutable". Then it ignores an
        # existing log, and an ended pause would stand again. So neither a busy file nor a file with
        # a log is opened this way.
        if error.sqlite_errorcode & PRIMARY == sqlite3.SQLITE_BUSY or files.has_log(path):
            raise
        return _reader(path, "mode=ro&immutable=1", patience)


def scrub(connection: sqlite3.Connection) -> bool:
    """Move the log into the database and empty the log. Return False if another program reads it.

    Raises:
        sqlite3.Error: the file can't be written.

    """
    connection.execute(f"PRAGMA busy_timeout = {round(SCRUB_SECONDS * 1000)}")
    try:
        row: tuple[int, int, int] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")
    return row[0] == 0


def copy_into(connection: sqlite3.Connection, target: Path) -> None:
    """Write all data of an open database to a new file, even if its own file is gone.

    Raises:
        sqlite3.Error: the data can't be read, or the file can't be written.
        OSError: the file can't be made.

    """
    files.make_private_file(target)
    connection.execute("VACUUM INTO ?", (str(target),))
    with target.open("rb") as written:
        os.fsync(written.fileno())


def end_log(connection: sqlite3.Connection) -> None:
    """Move all data into the one file, which can then be renamed once it is closed.

    Raises:
        sqlite3.Error: the file can't be written.

    """
    connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def closed_on_error(connection: C) -> Iterator[C]:
    """Close the connection if the block fails."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn each error in the block that means damage into `Unopened`.

    Raises:
        Unopened: the file is damaged.
        sqlite3.Error: the file has another trouble.

    """
    try:
        yield
    except sqlite3.Error as error:
        # Python raises an error without a code for bytes that are not UTF-8.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & PRIMARY not in _DAMAGE:
            raise
        raise Unopened(Trouble.UNREADABLE, str(error)) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise Unopened(Trouble.UNREADABLE, str(error)) from error


@contextmanager
def _connect(path: Path, mode: str, patience: float = BUSY_SECONDS) -> Iterator[Connection]:
    """Open a connection. Close it if the block fails; else leave it open after the block."""
    connection = sqlite3.connect(
        f"{file_uri(path.absolute())}?{mode}",
        uri=True,
        timeout=patience,
        factory=Connection,
        isolation_level=None,  # transactions begin and end with explicit statements
    )
    with closed_on_error(connection):
        connection.text_factory = _text
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        yield connection


def _text(raw: bytes) -> str:
    """Return a text. Bytes that are not UTF-8 become characters that no text of ours has."""
    return raw.decode("utf-8", "surrogateescape")


def _reader(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    with damage_told(), _connect(path, mode, patience) as connection:
        version = version_of(connection)
        if not 1 <= version <= len(MIGRATIONS):
            raise Unopened(Trouble.NOT_OPENED, f"version {version}, not {len(MIGRATIONS)}")
        return connection


def _check(connection: sqlite3.Connection) -> None:
    """Check the file. In a big file, entries are not compared with the index: that takes time.

    Odd values are no damage to the file. Each row is checked where it is read.
    """
    pages: tuple[int] = connection.execute("PRAGMA page_count").fetchone()
    check = "integrity_check" if pages[0] <= _PAGES_CHECKED_WHOLE else "quick_check"
    found: list[tuple[str]] = connection.execute(f"PRAGMA {check}").fetchall()
    damage = [line for (line,) in found if line != "ok" and not _ODD_VALUE.search(line)]
    if damage:
        raise Unopened(Trouble.UNREADABLE, damage[0])


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the database. The copy replaces an older copy of the same version."""
    target = files.backup_of(path, version)
    part = files.new_part(target)
    files.make_private_file(part)
    with _connect(part, "mode=rw") as copy, closing(copy):
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute(FORGET_CALLER)
    part.replace(target)
