"""Requests outlive a damaged file row by row, and outlive forgetting as keys without answers."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import ANSWER_FORGOTTEN, MOST_REMEMBERED, Part, Remembered, Trouble
from safepause.store import files
from safepause.store.database import open_for_writing
from safepause.store.migrations import MIGRATIONS
from safepause.store.sqlite_store import SqliteStore
from tests.fakes import EVENING
from tests.store import samples
from tests.store.samples import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Open

REQUESTS = [Remembered(bytes([n]) * 16, bytes([n]) * 2000) for n in range(1, 21)]


def pages_of(path: Path, table: str) -> list[int]:
    """Return the pages of a table or an index, its root first."""
    with closing(sqlite3.connect(path)) as other:
        root = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
        number: int = root.fetchone()[0]
    content = path.read_bytes()
    leaves = [
        at // files.PAGE_BYTES + 1
        for at in range(2 * files.PAGE_BYTES, len(content), files.PAGE_BYTES)
        if content[at] == 0x0D and table == "request"
    ]
    return [number, *(leaf for leaf in leaves if leaf != number)]


def damage(path: Path, page: int) -> None:
    """Write random bytes over a page."""
    content = bytearray(path.read_bytes())
    at = (page - 1) * files.PAGE_BYTES
    content[at : at + files.PAGE_BYTES] = os.urandom(files.PAGE_BYTES)
    path.write_bytes(content)


def known(store: object) -> list[int]:
    """Return the numbers of the requests that have their answers."""
    assert isinstance(store, SqliteStore)
    return [each.key[0] for each in REQUESTS if store.remembered(each.key) == each.answer]


@pytest.fixture
def filled(store: SqliteStore, path: Path) -> Path:
    """Return the path of a file that is closed and has requests on many pages."""
    for request in REQUESTS:
        store.remember(request)
    store.commit(samples.called(samples.a_pause()))
    store.close()
    return path


@pytest.mark.parametrize("table", ["outcome", "outcome_newest", "setting"])
def test_requests_outlive_damage_elsewhere(filled: Path, opening: Open, table: str) -> None:
    """Each request has its answer, though another page is damaged. No more is said than is true."""
    damage(filled, pages_of(filled, table)[0])
    opened = opening()
    assert told(opened).trouble is Trouble.DAMAGED
    assert Part.REQUESTS not in told(opened).damaged
    assert known(opened.store) == list(range(1, 21))


def test_requests_outlive_a_damaged_root(filled: Path, opening: Open) -> None:
    """Without the page that lists the pages of requests, they are found on their own pages."""
    root, *leaves = pages_of(filled, "request")
    assert len(leaves) > 5
    damage(filled, root)
    assert known(opening().store) == list(range(1, 21))


def test_requests_outlive_the_damage_of_some(filled: Path, opening: Open) -> None:
    """The requests of one page are lost, which is said. All others are known."""
    damage(filled, pages_of(filled, "request")[3])
    opened = opening()
    assert Part.REQUESTS in told(opened).damaged
    assert 15 < len(known(opened.store)) < 20
    opened.store.close()
    assert opening().notice is None


def test_requests_outlive_a_damaged_first_page(path: Path, opening: Open) -> None:
    """In an old file that was migrated, requests are on pages that only the first page knows."""
    with closing(open_for_writing(path, MIGRATIONS[:1])) as connection:
        for number in range(100):
            outcome = samples.an_outcome(EVENING + timedelta(hours=number))
            samples.write_outcome(connection, outcome)
    store = opening().store
    for request in REQUESTS:
        store.remember(request)
    store.close()
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)
    opened = opening()
    assert told(opened).trouble is Trouble.DAMAGED
    assert known(opened.store) == list(range(1, 21))
    assert Part.REQUESTS not in told(opened).damaged


@pytest.mark.parametrize("column", ["key", "answer"])
def test_a_damaged_request_is_said_once_and_alone(filled: Path, opening: Open, column: str) -> None:
    """One bit of a key or an answer costs this request alone. The pause stands."""
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        (value,) = other.execute(f"SELECT {column} FROM request WHERE number = 7").fetchone()  # noqa: S608
        changed = value[:5] + bytes([value[5] ^ 1]) + value[6:]
        other.execute(f"UPDATE request SET {column} = ? WHERE number = 7", (changed,))  # noqa: S608
    opened = opening()
    assert (told(opened).trouble, told(opened).damaged) == (Trouble.DAMAGED, (Part.REQUESTS,))
    assert known(opened.store) == [number for number in range(1, 21) if number != 7]
    assert opened.store.standing() is not None
    opened.store.close()
    assert opening().notice is None


def test_a_request_that_is_damaged_later_is_not_done_again(store: SqliteStore, path: Path) -> None:
    """A row that is damaged while the program runs is known without its answer."""
    store.remember(REQUESTS[0])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE request SET answer = x'00'")
    assert store.remembered(REQUESTS[0].key) == ANSWER_FORGOTTEN


def test_requests_are_written_anew_with_a_file_that_cannot_be_copied(
    store: SqliteStore, path: Path, opening: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """If the file is deleted and can't be copied, the requests go on with pause and settings."""
    store.remember(REQUESTS[0])
    path.unlink()
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*_paths: object) -> None:
            raise sqlite3.DatabaseError("malformed")

        patch.setattr("safepause.store.standing_file.copy_into", refuse)
        store.remember(REQUESTS[1])
    assert "written anew" in caplog.text
    assert known(opening().store) == [1, 2]


def keys_in(path: Path) -> int:
    """Return how many requests a file has."""
    with closing(sqlite3.connect(path)) as other:
        count: int = other.execute("SELECT count(*) FROM request").fetchone()[0]
    return count


@pytest.mark.parametrize("count", [0, 1, 20, MOST_REMEMBERED + 3])
def test_forgetting_keeps_keys_without_answers(
    store: SqliteStore, folder: Path, path: Path, opening: Open, count: int
) -> None:
    """The program and the next one know each request. How many there were can't be read."""
    requests = [
        Remembered(b"key-%012d" % number, samples.CALLER.encode()) for number in range(count)
    ]
    for request in requests:
        store.remember(request)
    store.forget_all()
    assert samples.files_with(folder, samples.CALLER) == []
    for found in (store, opening().store):
        for request in requests[-MOST_REMEMBERED:]:
            assert found.remembered(request.key) == ANSWER_FORGOTTEN
    assert keys_in(path) == MOST_REMEMBERED


def test_forgetting_twice_keeps_the_keys(store: SqliteStore, opening: Open) -> None:
    """The second time, the keys go on again. The newest request is the last one to be dropped."""
    store.remember(REQUESTS[0])
    store.forget_all()
    store.remember(REQUESTS[1])
    store.forget_all()
    store.remember(REQUESTS[2])
    found = opening().store
    answers = [found.remembered(REQUESTS[number].key) for number in range(3)]
    assert answers == [ANSWER_FORGOTTEN, ANSWER_FORGOTTEN, REQUESTS[2].answer]


def test_a_killed_forgetting_keeps_the_keys(
    store: SqliteStore, folder: Path, path: Path, opening: Open
) -> None:
    """Killed before or after the new file is made, the next start knows each request once."""
    store.remember(REQUESTS[0])
    store.set("name1", samples.CALLER)
    store.close()
    gone = folder / "safepause-forgotten.sqlite3"
    path.rename(gone)
    kept = shutil.copy(gone, folder / "copy")
    for _killed in ("before the new file", "after it"):
        opened = opening()
        assert opened.notice is None
        assert opened.store.remembered(REQUESTS[0].key) == ANSWER_FORGOTTEN
        assert keys_in(path) == MOST_REMEMBERED
        opened.store.close()
        assert not gone.exists()
        shutil.copy(kept, gone)


def test_an_odd_key_is_not_taken_along(store: SqliteStore, path: Path, opening: Open) -> None:
    """A key that can't be one is left behind. The others go on."""
    store.remember(REQUESTS[0])
    store.remember(REQUESTS[1])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute("UPDATE request SET key = 'odd' WHERE number = 1")
    store.forget_all()
    answers = [opening().store.remembered(REQUESTS[number].key) for number in (0, 1)]
    assert answers == [None, ANSWER_FORGOTTEN]
    assert keys_in(path) == MOST_REMEMBERED


def test_forgetting_beside_a_reader_keeps_the_keys(
    store: SqliteStore, path: Path, opening: Open
) -> None:
    """While another program keeps the newest requests in the log, they are read from there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM request").fetchall()
        store.remember(REQUESTS[0])
        store.forget_all()
        assert store.remembered(REQUESTS[0].key) == ANSWER_FORGOTTEN
        store.close()
    assert opening().store.remembered(REQUESTS[0].key) == ANSWER_FORGOTTEN


def test_forgetting_a_file_that_cannot_be_written_keeps_the_keys(
    store: SqliteStore, path: Path, opening: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that could not open the file leaves the keys to the next one."""
    store.remember(REQUESTS[0])
    store.close()
    with monkeypatch.context() as patch:

        def refuse(*_values: object, **_named: object) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        patch.setattr("safepause.store.open.open_for_writing", refuse)
        patch.setattr("safepause.store.open.open_for_reading", refuse)
        opened = opening()
    assert told(opened).trouble is Trouble.NOT_OPENED
    opened.store.forget_all()
    assert opening().store.remembered(REQUESTS[0].key) == ANSWER_FORGOTTEN
    assert path.exists()
