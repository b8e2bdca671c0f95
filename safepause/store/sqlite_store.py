"""Keeps the standing pause, the outcomes and the settings in SQLite.

When a pause ends or is undone, the caller's name is wiped from the file and from its log before the
command is answered. The standing pause and the settings are read once, when the store is made. The
outcomes are read when somebody asks for them.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from safepause.core.ports import MOST_REMEMBERED, NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings, declared
from safepause.core.settings.declaration import SettingError, Value
from safepause.store import rows
from safepause.store.database import damage_told, scrub
from safepause.store.files import Unopened, copies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.ports import Remembered

PAGE = 200
"""How many outcomes one query reads. An open query would keep `scrub` from emptying the log."""

# ruff: noqa: S608  -- the statements consist of constants
_PAUSE = f"SELECT {rows.PAUSE_COLUMNS} FROM pause"
_SET_PAUSE = f"INSERT OR REPLACE INTO pause (one, {rows.PAUSE_COLUMNS}) VALUES (1{', ?' * 8})"
_OUTCOMES = (
    f"SELECT {rows.OUTCOME_COLUMNS} FROM outcome WHERE (ended_at, id) < (?, ?) "
    "ORDER BY ended_at DESC, id DESC LIMIT ?"
)
_ADD_OUTCOME = f"INSERT OR REPLACE INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)"
_SET_SETTING = "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)"
_ADD_REQUEST = "INSERT INTO request (key, answer) VALUES (?, ?)"
_KEEP_NEWEST = "DELETE FROM request WHERE number <= (SELECT max(number) FROM request) - ?"
_ANSWER = "SELECT answer FROM request WHERE key = ? ORDER BY number LIMIT 1"
_FORGET = (
    "DELETE FROM pause",
    "DELETE FROM outcome",
    "DELETE FROM setting",
    "DELETE FROM request",
)
_AFTER_ALL = (2**63 - 1, b"")
_log = logging.getLogger(__name__)


class SqliteStore:
    """A store in an open database, which `close` closes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Read the standing pause and the settings.

        Raises:
            Unopened: the file is damaged.
            sqlite3.Error: the file can't be read.

        """
        self._connection = connection
        self._path = path
        with damage_told():
            self._standing = self._read_pause()
            self._values = self._read_settings()
            self._page(_AFTER_ALL, 1)

    def standing(self) -> Pause | None:
        """Return the standing pause."""
        return self._standing

    def commit(self, step: Transition, request: Remembered | None = None) -> None:
        """Make `step.pause` the standing pause, add `step.outcome` and remember the request.

        All of it is one transaction.

        Raises:
            NotKept: nothing was written.

        """
        with self._transaction():
            if step.pause is None:
                self._connection.execute("DELETE FROM pause")
            else:
                self._connection.execute(_SET_PAUSE, rows.row_of_pause(step.pause))
            if step.outcome is not None:
                self._connection.execute(_ADD_OUTCOME, rows.row_of_outcome(step.outcome))
            self._add(request)
        self._standing = step.pause
        if step.pause is None or step.outcome is not None:
            self._scrub()

    def outcomes(self) -> Iterator[Outcome]:
        """Yield how past pauses ended, the newest first.

        An outcome that can't be read ends the list; the log says so.
        """
        before = _AFTER_ALL
        try:
            while page := self._page(before, PAGE):
                yield from page
                before = (rows.ticks(page[-1].ended_at), page[-1].id.bytes)
        except (Unopened, sqlite3.Error) as error:
            _log.warning("The outcomes can't all be read: %s", error)

    def settings(self) -> Settings:
        """Return all settings. A setting that was never set, or can't be read, has its default."""
        return Settings({**DEFAULTS.values, **self._values})

    def set(self, key: str, value: Value, request: Remembered | None = None) -> None:
        """Keep a setting and remember the request, in one transaction.

        Raises:
            NotKept: nothing was written.

        """
        text = declared(key).write(value)
        with self._transaction():
            self._connection.execute(_SET_SETTING, (key, text))
            self._add(request)
        self._values[key] = value
        self._scrub()

    def remember(self, request: Remembered) -> None:
        """Remember a request that has changed neither the pause nor a setting.

        Raises:
            NotKept: nothing was written.

        """
        with self._transaction():
            self._add(request)

    def remembered(self, key: bytes) -> bytes | None:
        """Return the answer of a request; None if the request is not remembered."""
        try:
            row: tuple[bytes] | None = self._connection.execute(_ANSWER, (key,)).fetchone()
        except sqlite3.Error as error:  # an old file that can't be written has no such table
            _log.info("The requests can't be read: %s", error)
            return None
        return None if row is None else row[0]

    def forget_all(self) -> None:
        """Delete all data, all backups and all files that were set aside. Leave no trace.

        Raises:
            NotKept: nothing was deleted.

        """
        with self._transaction():
            for statement in _FORGET:
                self._connection.execute(statement)
            for copy in copies(self._path):
                copy.unlink(missing_ok=True)
        self._standing, self._values = None, {}
        with self._tidying():
            self._connection.execute("VACUUM")  # the size of the file is a trace too
        self._scrub()

    def close(self) -> None:
        """Close the database. The store can't be used any more."""
        self._connection.close()

    def _read_pause(self) -> Pause | None:
        row: rows.PauseRow | None = self._connection.execute(_PAUSE).fetchone()
        return None if row is None else rows.pause_of_row(row)

    def _read_settings(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, text in self._connection.execute("SELECT key, value FROM setting"):
            # Another version of the program may have other settings, or other bounds.
            with suppress(SettingError):
                values[key] = declared(key).parse(text)
        return values

    def _page(self, before: tuple[int, bytes], most: int) -> list[Outcome]:
        with damage_told():
            found = self._connection.execute(_OUTCOMES, (*before, most)).fetchall()
            return [rows.outcome_of_row(row) for row in found]

    def _add(self, request: Remembered | None) -> None:
        """Remember a request. Forget those before the newest `MOST_REMEMBERED`."""
        if request is not None:
            self._connection.execute(_ADD_REQUEST, (request.key, request.answer))
            self._connection.execute(_KEEP_NEWEST, (MOST_REMEMBERED,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                self._roll_back()
        except (sqlite3.Error, OSError) as error:
            raise NotKept(getattr(error, "strerror", None) or str(error)) from error

    def _roll_back(self) -> None:
        """Undo what was not committed. After some errors SQLite itself has done this."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _scrub(self) -> None:
        with self._tidying():
            if not scrub(self._connection):
                _log.warning("What was deleted stays in the log until the next start")

    @contextmanager
    def _tidying(self) -> Iterator[None]:
        """Log an error in the block and go on: the data before it is committed."""
        try:
            yield
        except sqlite3.Error as error:
            _log.warning("What was deleted stays in the log until the next start: %s", error)
