"""The tables, as the list of steps that led to them. A file's `user_version` counts its steps.

Steps are only ever added. All times are whole microseconds since 1970 in UTC: exact, and in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.ports import Trouble
from safepause.store.files import APPLICATION_ID, Unopened

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

Migration = tuple[str, ...]
"""Statements that belong together: all of them are carried out, or none."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        """
        CREATE TABLE pause (
            one INTEGER PRIMARY KEY CHECK (one = 1), -- so that one pause stands at most
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
)

FORGET_CALLER = "UPDATE pause SET called_by = NULL"
"""What a backup is not to hold: it outlives the pause."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps a database has made."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


def migrate(
    connection: sqlite3.Connection,
    migrations: Sequence[Migration],
    back_up: Callable[[int], None],
) -> bool:
    """Make the steps that are missing, each after `back_up(version)`; return whether any were.

    An empty file, which is version 0, needs no backup.

    Raises:
        Unopened: the database has made more steps than we know.
        sqlite3.Error: a step can't be made; the caller closes the connection, which undoes it.

    """
    version = version_of(connection)
    if version > len(migrations):
        raise Unopened(Trouble.NEWER, f"version {version}, not {len(migrations)}")
    for number, statements in enumerate(migrations[version:], start=version + 1):
        if number > 1:
            back_up(number - 1)
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    return version < len(migrations)
