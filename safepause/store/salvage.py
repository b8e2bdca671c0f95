"""Reads what can be read out of a damaged database, and deletes the caller's name from it.

A database of ours has its tables on known pages, because the first migration makes them in a fixed
order. So a first page without damage shows the rows even if the real first page is damaged.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause import own_files
from safepause.core.ports import Part
from safepause.store import files, rows
from safepause.store.database import DAMAGED
from safepause.store.files import PAGE_BYTES
from safepause.store.migrations import MIGRATIONS, migrate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from safepause.core.pause import Pause

# ruff: noqa: S608  -- the statements consist of constants
_PAUSE = f"SELECT {rows.PAUSE_COLUMNS} FROM pause"
_SETTINGS = "SELECT key, value FROM setting ORDER BY key"
_OUTCOMES = (
    f"SELECT {rows.OUTCOME_COLUMNS} FROM outcome NOT INDEXED "
    f"WHERE {rows.OUTCOME_IS_READABLE} ORDER BY id"
)
_ODD_OUTCOMES = f"SELECT 1 FROM outcome NOT INDEXED WHERE NOT ({rows.OUTCOME_IS_READABLE})"
_LISTED = "SELECT id FROM outcome INDEXED BY outcome_newest"
_PAUSE_PAGE = 2
_LOG_HEADER, _FRAME_HEADER = 32, 24
_MOST_ROWS = 1_000_000
"""Pages that point at each other can seem to have rows without end."""
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read."""

    pause: Pause | None
    outcomes: tuple[Row, ...]
    settings: tuple[Row, ...]
    damaged: tuple[Part, ...]
    """The parts of which something is known to be missing, or is not as it was written."""


def read(path: Path) -> Salvaged | None:
    """Return what can be read of a damaged database; None if it is nothing.

    Raises:
        OSError: the file can't be read.

    """
    image = _with_log(path)
    if len(image) < 2 * PAGE_BYTES or not files.is_ours(image[:PAGE_BYTES]):
        return None
    found = [_read(first + image[PAGE_BYTES:]) for first in _first_pages(image)]
    if not any(each.tables for each in found):
        return None
    best = min(found, key=lambda each: len(each.damaged))
    pause = next((each.pause for each in (best, *found) if each.pause), None)
    damaged = set(best.damaged)
    if pause is None and any(image[PAGE_BYTES + 8 : 2 * PAGE_BYTES]):
        damaged.add(Part.PAUSE)  # a page from which a pause was deleted has zeros
    return Salvaged(
        pause,
        tuple({row[0]: row for each in found for row in each.outcomes}.values()),
        tuple({row[0]: row for each in found for row in each.settings}.values()),
        tuple(part for part in Part if part in damaged),
    )


def write(connection: sqlite3.Connection, found: Salvaged) -> None:
    """Write what could be read into a new database.

    Raises:
        sqlite3.Error: the database can't be written.

    """
    connection.execute("BEGIN IMMEDIATE")
    if found.pause is not None:
        row = rows.row_of_pause(found.pause)
        connection.execute(
            f"INSERT INTO pause (one, {rows.PAUSE_COLUMNS}) VALUES (1{', ?' * len(row)})", row
        )
    connection.executemany(
        f"INSERT OR IGNORE INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
        found.outcomes,
    )
    connection.executemany("INSERT OR IGNORE INTO setting VALUES (?, ?)", found.settings)
    connection.execute("COMMIT")


def strip(path: Path) -> bool:
    """Overwrite the pause in a database that was set aside. Return whether its name is gone.

    What can't be known as our database stays as it is.

    Raises:
        OSError: the file can't be written.

    """
    with _opened(path) as file:
        content = file.read()
        if not files.is_ours(content[:PAGE_BYTES]) or len(content) % PAGE_BYTES:
            return False
        _blank(file, [(_PAUSE_PAGE - 1) * PAGE_BYTES])
    log = files.side_file(path, "-wal")
    if log.exists():
        with _opened(log) as file:
            pages = _frames(file.read())
            _blank(file, [at for page, at in pages if page == _PAUSE_PAGE])
    return True


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(own_files.open_own(str(path), os.O_RDWR), "r+b")


def _blank(file: BinaryIO, offsets: Iterable[int]) -> None:
    for offset in offsets:
        file.seek(offset)
        file.write(bytes(PAGE_BYTES))
    file.flush()
    os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class _Reading:
    pause: Pause | None
    outcomes: list[Row]
    settings: list[Row]
    damaged: set[Part]
    tables: bool
    """Whether a table could be read."""


def _read(image: bytes) -> _Reading:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        with suppress(*DAMAGED):
            connection.deserialize(image)
        standing, pause_whole = _rows(connection, _PAUSE)
        outcomes, outcomes_whole = _both_ways(connection, _OUTCOMES)
        settings, settings_whole = _both_ways(connection, _SETTINGS)
        odd, _whole = _rows(connection, _ODD_OUTCOMES)
        listed, _whole = _rows(connection, _LISTED)
    pause, as_written = rows.pause_of_row(standing[0]) if standing else (None, True)
    texts = [row for row in settings if all(map(_is_text, row))]
    known = {row[0] for row in outcomes}
    whole = {
        Part.PAUSE: pause_whole and as_written,
        Part.OUTCOMES: outcomes_whole and not odd and {row[0] for row in listed} <= known,
        Part.SETTINGS: settings_whole and len(texts) == len(settings),
    }
    return _Reading(
        pause,
        outcomes,
        texts,
        {part for part in Part if not whole[part]},
        pause_whole or outcomes_whole or settings_whole or bool(outcomes or settings),
    )


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and not any("\ud800" <= char <= "\udfff" for char in cell)


def _both_ways(connection: sqlite3.Connection, statement: str) -> tuple[list[Row], bool]:
    """Return the rows before a damaged page and those after it, and whether there is no damage."""
    found, whole = _rows(connection, statement)
    if not whole:
        after, _whole = _rows(connection, f"{statement} DESC")
        found += [row for row in after if row not in found]
    return found, whole


def _rows(connection: sqlite3.Connection, statement: str) -> tuple[list[Row], bool]:
    found: list[Row] = []
    try:
        for row in connection.execute(statement):
            found.append(row)
            if len(found) > _MOST_ROWS:
                return found, False
    except DAMAGED:
        return found, False
    return found, True


def _first_pages(image: bytes) -> list[bytes]:
    """Return the first page of the damaged file, and the first page of a new one."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh, MIGRATIONS[:1], lambda _version: None)
        made = bytearray(fresh.serialize()[:PAGE_BYTES])
    made[28:32] = (len(image) // PAGE_BYTES).to_bytes(4, "big")
    own = bytearray(image[:PAGE_BYTES])
    for page in (own, made):
        page[18:20] = b"\1\1"  # a database in memory has no write-ahead log
    return [bytes(own), bytes(made)]


def _with_log(path: Path) -> bytes:
    """Return the database's bytes with the commits of its write-ahead log."""
    image = bytearray(path.read_bytes())
    log = files.side_file(path, "-wal")
    content = log.read_bytes() if log.exists() else b""
    salt = slice(8, 16)
    pages = [
        (page, at, content[at - _FRAME_HEADER : at])
        for page, at in _frames(content)
        if content[at - _FRAME_HEADER : at][salt] == content[16:24]
    ]
    commits = [number for number, (_page, _at, head) in enumerate(pages) if any(head[4:8])]
    for page, at, _head in pages[: commits[-1] + 1 if commits else 0]:
        end = page * PAGE_BYTES
        image.extend(bytes(max(0, end - len(image))))
        image[end - PAGE_BYTES : end] = content[at : at + PAGE_BYTES]
    return bytes(image)


def _frames(log: bytes) -> list[tuple[int, int]]:
    """Return the number and the offset of each page in a write-ahead log."""
    starts = range(
        _LOG_HEADER, len(log) - PAGE_BYTES - _FRAME_HEADER + 1, _FRAME_HEADER + PAGE_BYTES
    )
    pages = [(int.from_bytes(log[at : at + 4], "big"), at + _FRAME_HEADER) for at in starts]
    return [(page, at) for page, at in pages if 0 < page <= _MOST_ROWS]
