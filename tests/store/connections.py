"""Watches every SQLite connection that a test opens, and makes statements fail."""

from __future__ import annotations

import sqlite3
from typing import Any

_connect = sqlite3.connect


class Connections:
    """Takes the place of `sqlite3.connect`."""

    def __init__(self) -> None:
        self._connections: list[sqlite3.Connection] = []
        self._code = sqlite3.SQLITE_OK
        self._statements_left = -1

    @property
    def has_failed(self) -> bool:
        """Tell whether the statement that was to fail was reached."""
        return self._statements_left == 0

    def fail(self, statement: int, code: int) -> None:
        """Let the statement with this number fail, counted from 1, with an error code of SQLite."""
        self._statements_left = statement
        self._code = code

    def open(self) -> list[sqlite3.Connection]:
        """Return the connections that were not closed."""
        return [each for each in self._connections if _is_open(each)]

    def connect(self, database: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        """Open a connection as `sqlite3.connect` does."""
        watched = self
        base: type[sqlite3.Connection] = options.pop("factory", sqlite3.Connection)

        class Connection(base):  # type: ignore[valid-type, misc]
            """Counts statements. SQLite runs a backup as one statement."""

            def execute(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401
                watched._count()
                found: sqlite3.Cursor = super().execute(*arguments)
                return found

            def backup(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
                watched._count()
                super().backup(*arguments, **options)

        connection = _connect(database, factory=Connection, **options)
        self._connections.append(connection)
        return connection

    def _count(self) -> None:
        if self._statements_left <= 0:
            return
        self._statements_left -= 1
        if self._statements_left == 0:
            error = sqlite3.OperationalError("a statement that fails")
            error.sqlite_errorcode = self._code
            raise error


def _is_open(connection: sqlite3.Connection) -> bool:
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False
