"""The tables, as a list of migrations. A file's `user_version` counts the migrations it has had.

A migration in this list never changes; a new one is added at the end. Times are whole microseconds
since 1970 in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.ports import Trouble
from safepause.store.files import APPLICATION_ID, Unopened

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

Migration = tuple[str, ...]
"""Statements of one transaction: SQLite carries out all of them, or none."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        """
        CREATE TABLE pause (
            one INTEGER PRIMARY KEY CHECK (one = 1), -- at most one pause stands
            id BLOB NOT NULL CHECK (length(id) = 16),
            started_at INTEGER NOT NULL,
            promised_at INTEGER NOT NULL,
            return_at INTEGER NOT NULL,
            called_by TEXT,
            extensions INTEGER NOT NULL CHECK (extensions >= 0),
            extensions_allowed INTEGER NOT NULL CHECK (extensions_allowed >= 0),
            undo_window INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE outcome (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            started_at INTEGER NOT NULL,
            promised_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL,
            ending TEXT NOT NULL
        ) WITHOUT ROWID
        """,
        "CREATE INDEX outcome_newest ON outcome (ended_at, id)",
        "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        """
        CREATE TABLE request (
            number INTEGER PRIMARY KEY, -- the newest request has the highest number
            key BLOB NOT NULL CHECK (length(key) = 16),
            answer BLOB NOT NULL
        )
        """,
    ),
    (
        """
        CREATE TABLE reference (
            one INTEGER PRIMARY KEY CHECK (one = 1), -- it belongs to the standing pause
            given INTEGER NOT NULL,
            named INTEGER,
            measured INTEGER NOT NULL,
            boot TEXT,
            ahead INTEGER, -- microseconds
            moved_back INTEGER NOT NULL -- microseconds
        )
        """,
    ),
)
HAS_REFERENCE = 3
"""The version since which there is the table `reference`. A file that is only read may be older."""

FORGET_CALLER = "UPDATE pause SET called_by = NULL"
"""Runs on each backup. A backup outlives the pause, and the caller's name must not."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many migrations a database has had."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


def migrate(
    connection: sqlite3.Connection,
    migrations: Sequence[Migration],
    back_up: Callable[[int], None],
) -> bool:
    """Run the migrations that are missing. Return whether there were any.

    `back_up(version)` runs before each migration, but not for a new file, which has version 0.

    Raises:
        Unopened: the database has had more migrations than this program knows.
        sqlite3.Error: a migration failed. The caller closes the connection; this undoes the
            migration.

    """
    version = version_of(connection)
    if version > len(migrations):
        raise Unopened(Trouble.NEWER, f"version {version}, not {len(migrations)}")
    for number, statements in enumerate(migrations[version:], start=version + 1):
        if version > 0:
            back_up(number - 1)
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    return version < len(migrations)
