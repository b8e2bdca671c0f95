"""A request is remembered in the same commit as what it changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import MOST_REMEMBERED, NotKept, Remembered
from safepause.store.database import open_for_reading, open_for_writing
from safepause.store.migrations import MIGRATIONS
from safepause.store.sqlite_store import SqliteStore
from tests.fakes import FakeClock
from tests.store import samples

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Open

REQUEST = Remembered(b"k" * 16, b"answer")
BROKEN = Remembered(b"too short", b"answer")


def test_a_request_is_remembered_by_the_next_program(store: SqliteStore, opening: Open) -> None:
    """A request of a pause, of a setting, and one that changed nothing have their answers later."""
    pause, setting, nothing = (Remembered(bytes([n]) * 16, bytes([n])) for n in range(3))
    store.commit(samples.called(samples.a_pause()), pause)
    store.set("length", 45, setting)
    store.remember(nothing)
    for found in (store, opening().store):
        for each in (pause, setting, nothing):
            assert found.remembered(each.key) == each.answer
        assert found.remembered(b"?" * 16) is None


def test_request_and_change_are_one_commit(store: SqliteStore, opening: Open) -> None:
    """If the request can't be remembered, nothing changes either."""
    with pytest.raises(NotKept):
        store.commit(samples.called(samples.a_pause()), BROKEN)
    with pytest.raises(NotKept):
        store.set("length", 45, BROKEN)
    again = opening().store
    assert (again.standing(), again.settings().number("length")) == (None, 30)


def test_the_first_answer_counts(store: SqliteStore) -> None:
    """A second memory of the same request changes nothing."""
    store.remember(REQUEST)
    store.remember(Remembered(REQUEST.key, b"another"))
    assert store.remembered(REQUEST.key) == b"answer"


def test_old_requests_are_forgotten(store: SqliteStore, path: Path) -> None:
    """The newest requests alone are kept."""
    for number in range(MOST_REMEMBERED + 5):
        store.remember(Remembered(number.to_bytes(16, "big"), b""))
    assert store.remembered((4).to_bytes(16, "big")) is None
    assert store.remembered((5).to_bytes(16, "big")) == b""
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM request").fetchone() == (MOST_REMEMBERED,)


def test_forgetting_everything_forgets_answers(store: SqliteStore, folder: Path) -> None:
    """No file has a byte of an answer."""
    store.remember(Remembered(REQUEST.key, samples.CALLER.encode()))
    assert samples.files_with(folder, samples.CALLER)
    store.forget_all()
    assert samples.files_with(folder, samples.CALLER) == []


def test_a_file_of_the_first_version_is_read_as_it_is(path: Path) -> None:
    """An old file that can't be written has its pause, and no requests."""
    pause = samples.a_pause()
    with closing(open_for_writing(path, MIGRATIONS[:1])) as connection:
        samples.write_pause(connection, pause)
    with closing(open_for_reading(path)) as connection:
        old = SqliteStore(connection, path, FakeClock(), writable=False)
        assert old.standing() == pause
        assert old.reference() is None
        assert old.remembered(REQUEST.key) is None
