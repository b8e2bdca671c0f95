"""Keeps the standing pause, the outcomes and the settings in SQLite.

When a pause ends or is undone, the caller's name is wiped from the file and from its log before the
command is answered. If another program reads the file at that moment, `tidy` does it later. Pause
and settings are read once, outcomes when asked for. An odd row is set right, or left out, alone.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from safepause.core.ports import NotAllForgotten, NotKept, Part
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.store import pause_table, request_table, rows, setting_table
from safepause.store.database import DAMAGED, damage_told, scrub
from safepause.store.files import Unopened, has_log
from safepause.store.standing_file import StandingFile

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from safepause.core.clock import Clock
    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.ports import Remembered
    from safepause.core.reference import Reference
    from safepause.core.settings.declaration import Value

PAGE = 200
"""How many outcomes one query reads. An open query would keep `scrub` from emptying the log."""

# ruff: noqa: S608  -- the statements consist of constants
_OUTCOMES = (
    f"SELECT {rows.OUTCOME_COLUMNS} FROM outcome INDEXED BY outcome_newest "
    f"WHERE (ended_at, id) < (?, ?) AND {rows.OUTCOME_IS_READABLE} "
    "ORDER BY ended_at DESC, id DESC LIMIT ?"
)
_COUNT = "SELECT count(*) FROM outcome"
_UNREADABLE = (
    f"SELECT max(({_COUNT} NOT INDEXED), ({_COUNT} INDEXED BY outcome_newest)) - "
    f"({_COUNT} INDEXED BY outcome_newest WHERE {rows.OUTCOME_IS_READABLE})"
)
_ADD_OUTCOME = f"INSERT OR REPLACE INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)"
_DROP_OUTCOME = "DELETE FROM outcome WHERE id = ?"
_AFTER_ALL = (rows.LAST + 1, b"")
_log = logging.getLogger(__name__)


class SqliteStore:
    """A store in an open database, which `close` closes."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, clock: Clock, *, writable: bool = True
    ) -> None:
        """Read the standing pause and the settings.

        Raises:
            Unopened: the file is damaged.
            sqlite3.Error: the file can't be read.

        """
        self._standing: Pause | None = None
        self._reference: Reference | None = None
        self._damaged: set[Part] = set()
        with damage_told():
            self._read_pause(connection)
            self._values, self._odd_settings = setting_table.read(connection)
            if self._odd_settings:
                self._damaged.add(Part.SETTINGS)
            if writable and not request_table.read(connection)[1]:
                self._damaged.add(Part.REQUESTS)
            connection.execute(_OUTCOMES, (*_AFTER_ALL, 1)).fetchall()
        self._file = StandingFile(connection, path, clock, writable=writable)
        self._clean = not (writable and has_log(path))

    @property
    def damaged(self) -> tuple[Part, ...]:
        """The parts that have an odd row, which was set right or left out."""
        return tuple(part for part in Part if part in self._damaged)

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._file.connection

    def standing(self) -> Pause | None:
        """Return the standing pause."""
        return self._standing

    def reference(self) -> Reference | None:
        """Return the reference of the standing pause; None if it isn't known."""
        return self._reference

    def commit(
        self,
        step: Transition,
        request: Remembered | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Make `step.pause` the standing pause. Add and delete outcomes. Remember the request.

        Raises:
            NotKept: nothing was written.

        """
        with self._transaction():
            pause_table.write(self._connection, step.pause, reference)
            if (back := step.taken_back) is not None:
                self._connection.execute(_DROP_OUTCOME, (back.id.bytes,))
            if step.outcome is not None:
                self._connection.execute(_ADD_OUTCOME, rows.row_of_outcome(step.outcome))
            self._add(request)
        self._standing, self._reference = step.pause, reference
        if step.pause is None or step.outcome or step.taken_back:
            self.tidy()

    def outcomes(self) -> Iterator[Outcome]:
        """Yield how past pauses ended, the newest first, without those that can't be read.

        Damage to the file ends the list; the log says so.
        """
        before = _AFTER_ALL
        if not self._file.is_open:
            return
        try:
            while found := self._connection.execute(_OUTCOMES, (*before, PAGE)).fetchall():
                yield from map(rows.outcome_of_row, found)
                before = found[-1][3], found[-1][0]
        except DAMAGED as error:
            _log.warning("The outcomes can't all be read: %s", error)

    def unreadable_outcomes(self) -> int:
        """Return how many past pauses can't be read; 1 if the file can't tell."""
        if not self._file.is_open:
            return 0
        try:
            row: tuple[int] = self._connection.execute(_UNREADABLE).fetchone()
        except DAMAGED as error:
            _log.warning("The outcomes can't be counted: %s", error)
            return 1
        return row[0]

    def settings(self) -> Settings:
        """Return all settings. A setting that was never set, or can't be read, has its default."""
        return Settings({**DEFAULTS.values, **self._values})

    def set(self, key: str, value: Value, request: Remembered | None = None) -> None:
        """Keep a setting and remember the request, in one transaction.

        Raises:
            NotKept: nothing was written.

        """
        with self._transaction():
            setting_table.write(self._connection, {key: value})
            self._add(request)
        self._values[key] = value
        self.tidy()

    def set_right(self) -> None:
        """Write what was read of odd rows, so that it is said once.

        Raises:
            NotKept: nothing was written.

        """
        with self._transaction():
            pause_table.write(self._connection, self._standing, self._reference)
            setting_table.set_right(self._connection, self._values, self._odd_settings)
            if Part.REQUESTS in self._damaged:
                request_table.rewrite(self._connection, request_table.read(self._connection)[0])
        self.tidy()

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
            return request_table.answer(self._connection, key)
        except DAMAGED as error:  # an old file that can't be written has no such table
            _log.info("The requests can't be read: %s", error)
            return None

    def forget_all(self) -> None:
        """Delete all data, all backups and all files that were set aside. Leave no trace.

        Raises:
            NotAllForgotten: all data is deleted, but not all copies.
            NotKept: nothing was deleted.

        """
        try:
            self._file.forget()
        except NotAllForgotten:
            self._standing, self._reference, self._values = None, None, {}
            raise
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error
        self._standing, self._reference, self._values, self._clean = None, None, {}, True

    def tidy(self) -> bool:
        """Try to delete every trace of what was deleted. Return `clean`."""
        detail = "another program reads the file"
        try:
            self._clean = scrub(self._connection)
        except DAMAGED as error:
            self._clean, detail = False, str(error)
        if not self._clean:
            _log.warning("What was deleted is still in the log of the saved data: %s", detail)
        return self._clean

    @property
    def clean(self) -> bool:
        """Whether no trace is left of what was deleted."""
        return self._clean

    def keep(self) -> None:
        """Write the data anew if its file was deleted or replaced.

        Raises:
            NotKept: the file can't be written.

        """
        with self._transaction():
            pass

    def close(self) -> None:
        """Close the database. The store can't be used any more."""
        self._file.close()

    def _read_pause(self, connection: sqlite3.Connection) -> None:
        self._standing, self._reference, as_written = pause_table.read(connection)
        if not as_written:
            self._damaged.add(Part.PAUSE)

    def _fill(self, connection: sqlite3.Connection) -> None:
        """Write what is in memory into a new database."""
        pause_table.write(connection, self._standing, self._reference)
        setting_table.write(connection, self._values)
        with suppress(*DAMAGED):
            request_table.rewrite(connection, request_table.read(self._connection)[0])

    def _add(self, request: Remembered | None) -> None:
        if request is not None:
            request_table.add(self._connection, request)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._file.ensure(self._fill)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                self._roll_back()
        except (Unopened, OSError, *DAMAGED) as error:
            raise NotKept(getattr(error, "strerror", None) or str(error)) from error

    def _roll_back(self) -> None:
        """Undo what was not committed. After some errors SQLite itself has done this."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
