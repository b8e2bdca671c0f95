"""An old file is copied, then migrated as a whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import Trouble
from safepause.store import files
from safepause.store.database import open_for_writing
from safepause.store.files import Unopened
from safepause.store.forgetting import copies
from safepause.store.migrations import MIGRATIONS, Migration, version_of
from safepause.store.sqlite_store import SqliteStore
from tests.fakes import FakeClock
from tests.store import samples

if TYPE_CHECKING:
    from pathlib import Path

NOW = len(MIGRATIONS)
NEXT: tuple[Migration, ...] = (
    *MIGRATIONS,
    ("ALTER TABLE outcome ADD COLUMN note TEXT", "CREATE TABLE second (a TEXT)"),
)
THEN: tuple[Migration, ...] = (*NEXT, ("CREATE TABLE third (a TEXT)",))
BROKEN: tuple[Migration, ...] = (
    *MIGRATIONS,
    ("CREATE TABLE second (a TEXT)", "CREATE TABLE pause (a TEXT)"),
)


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


def test_a_new_file_is_marked_as_ours_and_counted(store: SqliteStore, path: Path) -> None:
    """The mark and the version are in the file itself at once."""
    assert store.standing() is None
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == files.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == len(MIGRATIONS)


def test_a_new_file_needs_no_backup(store: SqliteStore, path: Path) -> None:
    """No copy is made of an empty file."""
    assert store.standing() is None
    assert copies(path) == []


def test_each_migration_follows_a_copy(store: SqliteStore, path: Path) -> None:
    """Two migrations leave a copy of each earlier version. Only the owner can read the copies."""
    outcome = samples.an_outcome()
    store.commit(samples.ended(outcome))
    store.close()
    with closing(open_for_writing(path, THEN)) as connection:
        assert version_of(connection) == len(THEN)
    assert {"second", "third"} <= _tables(path)
    first, second = files.backup_of(path, NOW), files.backup_of(path, NOW + 1)
    assert sorted(copies(path)) == [first, second]
    assert "second" not in _tables(first)
    assert "second" in _tables(second)
    assert "third" not in _tables(second)
    assert {copy.stat().st_mode & 0o777 for copy in (first, second)} == {0o600}
    with closing(open_for_writing(first)) as connection:
        assert list(SqliteStore(connection, first, FakeClock()).outcomes()) == [outcome]


def test_a_copy_keeps_the_promise_not_the_caller(store: SqliteStore, path: Path) -> None:
    """A copy has the return time of a standing pause, and not the caller."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    store.close()
    open_for_writing(path, NEXT).close()
    backup = files.backup_of(path, NOW)
    assert samples.CALLER.encode() not in backup.read_bytes()
    with closing(open_for_writing(backup)) as connection:
        kept = SqliteStore(connection, backup, FakeClock()).standing()
    assert kept is not None
    assert kept.return_at == pause.return_at


def test_a_migration_that_fails_changes_nothing(store: SqliteStore, path: Path) -> None:
    """A migration that fails can be tried again, with a right one in its place."""
    store.close()
    for _ in range(2):
        with pytest.raises(Unopened):
            open_for_writing(path, BROKEN)
        assert "second" not in _tables(path)
        assert copies(path) == [files.backup_of(path, NOW)]
    open_for_writing(path, NEXT).close()
    assert "second" in _tables(path)


def test_a_copy_cut_short_is_replaced(store: SqliteStore, path: Path) -> None:
    """A copy that was cut short is replaced."""
    store.close()
    files.side_file(files.backup_of(path, NOW), ".part").write_text("half")
    open_for_writing(path, NEXT).close()
    assert "pause" in _tables(files.backup_of(path, NOW))


def test_a_newer_version_in_the_log_alone_is_noticed(store: SqliteStore, path: Path) -> None:
    """A newer version number that is only in the log is found."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
        assert int.from_bytes(path.read_bytes()[60:64], "big") == len(MIGRATIONS)
        with pytest.raises(Unopened) as raised:
            open_for_writing(path)
    assert raised.value.trouble is Trouble.NEWER
    assert store.standing() is None
