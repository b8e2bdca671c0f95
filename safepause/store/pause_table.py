"""Reads and writes the standing pause and its reference, which have a table each.

The row of the reference is set right with the row of the pause: a reference that can't be right is
left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.store import rows
from safepause.store.migrations import HAS_REFERENCE, version_of

if TYPE_CHECKING:
    import sqlite3

    from safepause.core.pause import Pause
    from safepause.core.reference import Reference

# ruff: noqa: S608  -- the statements consist of constants
_PAUSE = f"SELECT {rows.PAUSE_COLUMNS} FROM pause"
_REFERENCE = f"SELECT {rows.REFERENCE_COLUMNS} FROM reference"
_SET_PAUSE = f"INSERT INTO pause (one, {rows.PAUSE_COLUMNS}) VALUES (1{', ?' * 8})"
_SET_REFERENCE = f"INSERT INTO reference (one, {rows.REFERENCE_COLUMNS}) VALUES (1{', ?' * 6})"


def read(connection: sqlite3.Connection) -> tuple[Pause | None, Reference | None, bool]:
    """Return the standing pause, its reference, and whether both rows are as they were written.

    Raises:
        sqlite3.Error: the tables can't be read.

    """
    row = connection.execute(_PAUSE).fetchone()
    if row is None:
        return None, None, True
    pause, as_written = rows.pause_of_row(row)
    if pause is None or version_of(connection) < HAS_REFERENCE:
        return pause, None, as_written
    row = connection.execute(_REFERENCE).fetchone()
    reference = None if row is None else rows.reference_of_row(row, pause)
    return pause, reference, as_written and (row is None or reference is not None)


def write(connection: sqlite3.Connection, pause: Pause | None, reference: Reference | None) -> None:
    """Write the standing pause and its reference; None where there is none.

    Raises:
        sqlite3.Error: the tables can't be written.

    """
    connection.execute("DELETE FROM pause")
    connection.execute("DELETE FROM reference")
    if pause is not None:
        connection.execute(_SET_PAUSE, rows.row_of_pause(pause))
    if pause is not None and reference is not None:
        connection.execute(_SET_REFERENCE, rows.row_of_reference(reference))
