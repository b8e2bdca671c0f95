"""A file that can't be written is read if it can be read whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from safepause.core.ports import Trouble
from safepause.core.service import Accepted, PauseService
from tests.couple import Couple
from tests.store import samples
from tests.store.samples import given_to_nobody, read_only, told

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from safepause.store.sqlite_store import SqliteStore
    from tests.fakes import FakeClock
    from tests.store.conftest import Open


def test_a_folder_that_cannot_be_written_is_read(
    store: SqliteStore,
    folder: Path,
    opening: Open,
    request: pytest.FixtureRequest,
    clock: FakeClock,
) -> None:
    """The pause, the outcomes and the settings are read. A return is not kept, and says so."""
    pause, outcome = samples.a_pause(), samples.an_outcome()
    store.set("length", 45)
    store.commit(samples.ended(outcome))
    store.commit(samples.called(pause))
    store.close()
    given_to_nobody(folder)
    read_only(folder)
    request.getfixturevalue("_nobody")
    opened = opening()
    assert told(opened).trouble is Trouble.READ_ONLY
    assert opened.store.standing() == pause
    assert list(opened.store.outcomes()) == [outcome]
    assert opened.store.settings().number("length") == 45
    service = PauseService(clock, opened.store)
    clock.move(minutes=30)
    done = Couple(service).come_back()
    assert isinstance(done, Accepted)
    assert not done.kept


def test_a_log_that_cannot_be_read_is_not_ignored(
    store: SqliteStore, folder: Path, opening: Open, request: pytest.FixtureRequest
) -> None:
    """A file whose log can't be read is not opened: the log may hold the end of the pause."""
    store.commit(samples.called(samples.a_pause()))
    wal = next(file for file in folder.iterdir() if file.name.endswith("-wal"))
    log = wal.read_bytes()
    store.close()
    wal.write_bytes(log)
    given_to_nobody(folder)
    read_only(folder)
    request.getfixturevalue("_nobody")
    assert told(opening()).trouble is Trouble.NOT_OPENED


def test_an_older_version_that_cannot_be_written_is_not_read(
    store: SqliteStore, folder: Path, path: Path, opening: Open, request: pytest.FixtureRequest
) -> None:
    """A database that needs a migration is not read without one."""
    store.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 0")
    given_to_nobody(folder)
    read_only(folder)
    request.getfixturevalue("_nobody")
    assert told(opening()).trouble is Trouble.NOT_OPENED


def test_an_unreadable_file_that_cannot_be_moved_stays(
    folder: Path, path: Path, opening: Open, request: pytest.FixtureRequest
) -> None:
    """If a rename is impossible, the file stays as it is, and the notice says so."""
    folder.mkdir()
    path.write_bytes(b"\0damaged")
    given_to_nobody(folder)
    read_only(folder)
    request.getfixturevalue("_nobody")
    notice = told(opening())
    assert notice.trouble is Trouble.NOT_OPENED
    assert notice.detail == "Permission denied"
    assert path.read_bytes() == b"\0damaged"


def test_a_folder_that_cannot_be_looked_into_may_hide_a_pause(
    store: SqliteStore, folder: Path, opening: Open, request: pytest.FixtureRequest
) -> None:
    """Nobody knows whether there is a file. So nothing is said of a pause."""
    store.close()
    given_to_nobody(folder)
    folder.chmod(0)
    request.getfixturevalue("_nobody")
    opened = opening()
    assert told(opened).trouble is Trouble.NOT_OPENED
    assert opened.hides
