"""The requests of other programs, by which each request is carried out once.

Each row has a check of its own: a request whose key is damaged would be carried out again. When all
data is forgotten, the keys go on without their answers, since a program may send a request again.
A key is made of random bytes, and tells nothing. Their count tells nothing either: it is always the
same after that.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from os import urandom
from typing import TYPE_CHECKING
from zlib import crc32

from safepause.core.ports import ANSWER_FORGOTTEN, MOST_REMEMBERED, Remembered
from safepause.store.log_frames import image_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

KEY_BYTES = 16
_CHECK_BYTES = 4
_ADD = "INSERT INTO request (key, answer) VALUES (?, ?)"
_KEEP_NEWEST = (
    "DELETE FROM request WHERE number NOT IN "
    "(SELECT number FROM request ORDER BY number DESC LIMIT ?)"
)
_ANSWER = "SELECT key, answer FROM request WHERE key = ? ORDER BY number LIMIT 1"
_KEYS = "SELECT key FROM request ORDER BY number"
_COUNT = "SELECT count(*) FROM request"
ROWS = "SELECT number, key, answer FROM request ORDER BY number"
MOST_NUMBER = 1 << 60
"""No request has a higher number. SQLite gives one more than the highest, if there is one."""


def add(connection: sqlite3.Connection, request: Remembered) -> None:
    """Remember a request in the transaction. Forget those before the newest `MOST_REMEMBERED`."""
    connection.execute(_ADD, _row(request))
    connection.execute(_KEEP_NEWEST, (MOST_REMEMBERED,))


def answer(connection: sqlite3.Connection, key: bytes) -> bytes | None:
    """Return the answer of a request; None if it is not remembered."""
    row = connection.execute(_ANSWER, (key,)).fetchone()
    if row is None:
        return None
    found = request_of((1, *row))
    return ANSWER_FORGOTTEN if found is None else found.answer


def request_of(row: Sequence[object]) -> Remembered | None:
    """Return the request of a number, a key and an answer; None if they are not as written."""
    number, key, checked = row
    if not (isinstance(key, bytes) and isinstance(checked, bytes) and isinstance(number, int)):
        return None
    request = Remembered(key, checked[:-_CHECK_BYTES])
    as_written = 0 < number <= MOST_NUMBER and len(key) == KEY_BYTES
    return request if as_written and _row(request) == (key, checked) else None


def read(connection: sqlite3.Connection) -> tuple[list[Remembered], bool]:
    """Return all requests, the oldest first, and whether all rows are as they were written.

    Raises:
        sqlite3.Error: the file is damaged.

    """
    found = [request_of(row) for row in connection.execute(ROWS)]
    whole = [request for request in found if request is not None]
    return whole, len(whole) == len(found)


def rewrite(connection: sqlite3.Connection, requests: Iterable[Remembered]) -> None:
    """Make these the only requests, in the transaction."""
    connection.execute("DELETE FROM request")
    connection.executemany(_ADD, map(_row, requests))


def keys_of(forgotten: Path) -> list[bytes]:
    """Return the keys in a database that is being forgotten, as far as they can be read.

    This needs no space on the disk, and no lock.
    """
    found: list[bytes] = []
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(image_of(forgotten))
            for (key,) in connection.execute(_KEYS):
                if isinstance(key, bytes) and len(key) == KEY_BYTES:
                    found.append(key)
    except (
        OSError,
        sqlite3.Error,
    ):  # a file of the first version has no requests; a damaged one is gone
        pass
    return found


def go_on_with(connection: sqlite3.Connection, keys: Sequence[bytes]) -> None:
    """Put keys without answers into a new database, and random ones to make up the number.

    A database that has requests has these keys already.

    Raises:
        sqlite3.Error: the file can't be written.

    """
    if connection.execute(_COUNT).fetchone() != (0,):
        return
    known = keys[-MOST_REMEMBERED:]
    others = [urandom(KEY_BYTES) for _ in range(MOST_REMEMBERED - len(known))]
    connection.execute("BEGIN IMMEDIATE")
    rewrite(connection, [Remembered(key, ANSWER_FORGOTTEN) for key in (*others, *known)])
    connection.execute("COMMIT")


def _row(request: Remembered) -> tuple[bytes, bytes]:
    check = crc32(request.key + request.answer).to_bytes(_CHECK_BYTES, "big")
    return request.key, request.answer + check
