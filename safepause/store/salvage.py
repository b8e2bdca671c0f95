"""Reads what can be read out of a damaged database.

A database of ours has its tables on known pages, because the first migration makes them in a fixed
order. So a first page without damage shows the rows even if the real first page is damaged. Pages
that are cut off count as empty ones.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.core.ports import MOST_REMEMBERED, Part, Remembered
from safepause.store import files, log_frames, pause_table, request_table, rows
from safepause.store.database import DAMAGED
from safepause.store.files import PAGE_BYTES
from safepause.store.log_frames import FILE_FORMATS, NO_LOG
from safepause.store.migrations import HAS_REFERENCE, MIGRATIONS, Migration, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from safepause.core.pause import Pause
    from safepause.core.reference import Reference

# ruff: noqa: S608  -- the statements consist of constants
_PAUSE = f"SELECT {rows.PAUSE_COLUMNS} FROM pause"
_SETTINGS = "SELECT key, value FROM setting ORDER BY key"
_OUTCOMES = (
    f"SELECT {rows.OUTCOME_COLUMNS} FROM outcome NOT INDEXED "
    f"WHERE {rows.OUTCOME_IS_READABLE} ORDER BY id"
)
_ODD_OUTCOMES = f"SELECT 1 FROM outcome NOT INDEXED WHERE NOT ({rows.OUTCOME_IS_READABLE})"
_LISTED = "SELECT id FROM outcome INDEXED BY outcome_newest"
_HAS_REQUESTS = "SELECT 1 FROM sqlite_schema WHERE name = 'request'"
_REFERENCE = f"SELECT {rows.REFERENCE_COLUMNS} FROM reference ORDER BY one"
_HAS_REFERENCE = "SELECT 1 FROM sqlite_schema WHERE name = 'reference'"
_PLACE = "UPDATE sqlite_schema SET rootpage = ? WHERE name = ?"
PAUSE_PAGE, TABLE_LEAF = 2, 0x0D
"""The page of the pause, and the first byte of each page that has rows of a small table."""
_FIRST_PAGE_OF = {Part.PAUSE: PAUSE_PAGE, Part.OUTCOMES: 3, Part.SETTINGS: 5}
_PAGE_COUNT, _VERSION = slice(28, 32), slice(60, 64)
_MOST_ROWS = 1_000_000
"""Pages that point at each other can seem to have rows without end."""
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read."""

    pause: Pause | None
    reference: Reference | None
    outcomes: tuple[Row, ...]
    settings: tuple[Row, ...]
    requests: tuple[Remembered, ...]
    damaged: tuple[Part, ...]
    """The parts of which something is known to be missing, or is not as it was written."""


def read(path: Path) -> Salvaged | None:
    """Return what can be read of a damaged database; None if it is nothing.

    Raises:
        OSError: the file can't be read.

    """
    content = log_frames.image_of(path)
    image = _without_gap(content)
    found = [_read(first + image[PAGE_BYTES:]) for first in _first_pages(image)]
    ours = files.is_ours(image[:PAGE_BYTES]) and any(each.tables for each in found)
    if not ours and not any(each.pause or each.outcomes or each.settings for each in found):
        return None
    requests, requests_whole = _requests(image, found[0])
    requests_whole = requests_whole and (found[0].requests_whole or image == content)
    best = min(found, key=lambda each: len(each.damaged))
    pause = next((each.pause for each in (best, *found) if each.pause), None)
    ends = len(content) / PAGE_BYTES
    damaged = best.damaged | {part for part, page in _FIRST_PAGE_OF.items() if ends < page}
    if pause is None and any(image[PAGE_BYTES + 8 : 2 * PAGE_BYTES]):
        damaged.add(Part.PAUSE)  # a page from which a pause was deleted has zeros
    reference = None if pause is None else _reference(image, pause)
    known = found[0].has_reference or _lost_a_reference(content)
    if pause is not None and reference is None and known:
        damaged.add(Part.PAUSE)
    if not requests_whole:
        damaged.add(Part.REQUESTS)
    return Salvaged(
        pause,
        reference,
        tuple({row[0]: row for each in found for row in each.outcomes}.values()),
        tuple({row[0]: row for each in found for row in each.settings}.values()),
        requests,
        tuple(part for part in Part if part in damaged),
    )


def write(connection: sqlite3.Connection, found: Salvaged) -> None:
    """Write what could be read into a new database.

    Raises:
        sqlite3.Error: the database can't be written.

    """
    connection.execute("BEGIN IMMEDIATE")
    pause_table.write(connection, found.pause, found.reference)
    connection.executemany(
        f"INSERT OR IGNORE INTO outcome ({rows.OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
        found.outcomes,
    )
    connection.executemany("INSERT OR IGNORE INTO setting VALUES (?, ?)", found.settings)
    request_table.rewrite(connection, found.requests)
    connection.execute("COMMIT")


@dataclass(frozen=True, slots=True)
class _Reading:
    pause: Pause | None
    outcomes: list[Row]
    settings: list[Row]
    damaged: set[Part]
    tables: bool
    """Whether a table could be read."""
    requests_whole: bool
    has_reference: bool
    """Whether there is the row of a reference, perhaps a damaged one."""


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
        requests, requests_whole = _rows(connection, request_table.ROWS)
        tables, tables_whole = _rows(connection, _HAS_REQUESTS)
        kept, _whole = _rows(connection, _HAS_REFERENCE)
        references, reference_whole = _rows(connection, _REFERENCE) if kept else ([], True)
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
        {part for part in whole if not whole[part]},
        pause_whole or outcomes_whole or settings_whole or bool(outcomes or settings),
        requests_whole and all(map(request_table.request_of, requests))
        if tables
        else tables_whole,  # a file of the first version
        bool(references) or not reference_whole,
    )


def _requests(image: bytes, own: _Reading) -> tuple[tuple[Remembered, ...], bool]:
    """Return the requests, the oldest first, and whether all are there."""
    rows: dict[int, Remembered] = {}
    whole = True
    for found, page_whole in _read_as(image, "request", request_table.ROWS):
        whole = whole and page_whole
        for row in found:
            request = request_table.request_of(row)
            if request is not None and isinstance(row[0], int):
                rows[row[0]] = request
            elif row[0] != 1 or isinstance(row[1], bytes):  # not the row of a reference
                whole = False
    whole = whole and len(rows) == max(rows, default=0) - min(rows, default=1) + 1
    requests = tuple(rows[number] for number in sorted(rows))
    return requests, own.requests_whole or whole


def _reference(image: bytes, pause: Pause) -> Reference | None:
    """Return the reference of the pause. No other row can be read as one: those have bytes."""
    pages = _read_as(image, "reference", _REFERENCE)
    found = [rows.reference_of_row(row, pause) for page, _whole in pages for row in page]
    return next((each for each in found if each is not None), None)


def _lost_a_reference(content: bytes) -> bool:
    """Return whether a file that has references was cut short. SQLite reads nothing of it then."""
    pages, version = (int.from_bytes(content[at], "big") for at in (_PAGE_COUNT, _VERSION))
    return version >= HAS_REFERENCE and pages * PAGE_BYTES > len(content)


def _read_as(image: bytes, table: str, statement: str) -> Iterator[tuple[list[Row], bool]]:
    """Yield the rows of each page that is read as if it was the table, and whether it is whole.

    Only requests, the pause and its reference are in pages of this kind. A table's place can be any
    page, as an older file was migrated.
    """
    starts = range(PAUSE_PAGE * PAGE_BYTES, len(image), PAGE_BYTES)
    pages = [at // PAGE_BYTES + 1 for at in starts if image[at] == TABLE_LEAF]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(_first_page(image, MIGRATIONS) + image[PAGE_BYTES:])
        connection.execute("PRAGMA writable_schema = ON")
        for page in pages[:MOST_REMEMBERED]:
            connection.execute(_PLACE, (page, table))
            connection.execute("PRAGMA writable_schema = RESET")
            connection.execute("PRAGMA writable_schema = ON")
            yield _both_ways(connection, statement)


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
    return [image[:PAGE_BYTES], _first_page(image, MIGRATIONS[:1])]


def _without_gap(content: bytes) -> bytes:
    """Return a file that was cut short with empty pages at its end, as many as a new file has."""
    pages = max(-(-len(content) // PAGE_BYTES), len(_new_file(MIGRATIONS)) // PAGE_BYTES)
    return content.ljust(pages * PAGE_BYTES, b"\0")


def _new_file(migrations: Sequence[Migration]) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh, migrations, lambda _version: None)
        return fresh.serialize()


def _first_page(image: bytes, migrations: Sequence[Migration]) -> bytes:
    """Return the first page that a new file of these bytes has."""
    made = bytearray(_new_file(migrations)[:PAGE_BYTES])
    made[_PAGE_COUNT] = (len(image) // PAGE_BYTES).to_bytes(4, "big")
    made[FILE_FORMATS] = NO_LOG
    return bytes(made)
