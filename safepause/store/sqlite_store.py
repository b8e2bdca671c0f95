"""The store proper: the standing pause, the outcomes and the settings, in SQLite.

What ends or is taken back is wiped from the file and from its log, caller and all, before the
command is answered. Only outcomes are read later; the rest is read once, when the store is made.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings, declared
from safepause.core.settings.declaration import SettingError, Value
from safepause.store import rows
from safepause.store.database import damage_told, scrub
from safepause.store.files import Unopened, copies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepause.core.pause import Outcome, Pause, Transition

PAGE = 200
"""How many outcomes are read at once: no read stays open between, which would hold up a scrub."""

# ruff: noqa: S608  -- the statements are put together from constants
_PAUSE = f"SELECT {rows.PAUSE_COLUMNS} FROM pause"
_SET_PAUSE = f"INSERT OR REPLACE INTO pause (one, {rows.PAUSE_COLUMNS}) VALUES (1{', ?' * 8})"
_OUTCOMES = (
    f"SELECT {rows.OUTCOME_COLUMNS} FROM outcome WHERE (ended_at, id) < (?, ?) "
    "ORDER BY ended_at DESC, id DESC LIMIT ?"
)
_ADD_OUTCOME = f"INSERT OR REPLACE INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)"
_SET_SETTING = "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)"
_FORGET = ("DELETE FROM pause", "DELETE FROM outcome", "DELETE FROM setting")
_AFTER_ALL = (2**63 - 1, b"")
_log = logging.getLogger(__name__)


class SqliteStore:
    """Keeps everything in the database that a connection leads to, and closes it in the end."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Read the standing pause and the settings.

        Raises:
            Unopened: the file is damaged.
            sqlite3.Error: it can't be read.

        """
        self._connection = connection
        self._path = path
        with damage_told():
            self._standing = self._read_pause()
            self._values = self._read_settings()
            self._page(_AFTER_ALL, 1)

    def standing(self) -> Pause | None:
        """Return the pause that stands on record."""
        return self._standing

    def commit(self, step: Transition) -> None:
        """Make `step.pause` the standing pause and add `step.outcome`, in one transaction.

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
        self._standing = step.pause
        if step.pause is None or step.outcome is not None:
            self._scrub()

    def outcomes(self) -> Iterator[Outcome]:
        """Yield how past pauses ended, the newest first, read as they are asked for.

        What can't be read ends the list, and is logged.
        """
        before = _AFTER_ALL
        try:
            while page := self._page(before, PAGE):
                yield from page
                before = (rows.ticks(page[-1].ended_at), page[-1].id.bytes)
        except (Unopened, sqlite3.Error) as error:
            _log.warning("The outcomes can't all be read: %s", error)

    def settings(self) -> Settings:
        """Return all settings; one that was never set, or can't be read, has its default."""
        return Settings({**DEFAULTS.values, **self._values})

    def set(self, key: str, value: Value) -> None:
        """Keep a setting.

        Raises:
            NotKept: nothing was written.

        """
        text = declared(key).write(value)
        with self._transaction():
            self._connection.execute(_SET_SETTING, (key, text))
        self._values[key] = value
        self._scrub()

    def forget_all(self) -> None:
        """Delete all that is kept, with all backups and files set aside; leave no trace.

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
            self._connection.execute("VACUUM")  # the size of the file is a trace, too
        self._scrub()

    def close(self) -> None:
        """Close the file; nothing can be read or kept any more."""
        self._connection.close()

    def _read_pause(self) -> Pause | None:
        row: rows.PauseRow | None = self._connection.execute(_PAUSE).fetchone()
        return None if row is None else rows.pause_of_row(row)

    def _read_settings(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, text in self._connection.execute("SELECT key, value FROM setting"):
            # An earlier or later version may have had other settings, or other bounds.
            with suppress(SettingError):
                values[key] = declared(key).parse(text)
        return values

    def _page(self, before: tuple[int, bytes], most: int) -> list[Outcome]:
        with damage_told():
            found = self._connection.execute(_OUTCOMES, (*before, most)).fetchall()
            return [rows.outcome_of_row(row) for row in found]

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
        """Undo what was not committed; after some errors SQLite has done so itself."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _scrub(self) -> None:
        with self._tidying():
            if not scrub(self._connection):
                _log.warning("What was deleted stays in the log until the next start")

    @contextmanager
    def _tidying(self) -> Iterator[None]:
        """Let what is committed stand even if the tidying up after it can't be done now."""
        try:
            yield
        except sqlite3.Error as error:
            _log.warning("What was deleted stays in the log until the next start: %s", error)
