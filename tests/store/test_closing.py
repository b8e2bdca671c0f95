"""Whichever statement fails, the store closes every connection that it opened."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import NotKept
from safepause.store import files
from safepause.store.database import open_for_reading, open_for_writing
from safepause.store.files import Unopened
from safepause.store.migrations import MIGRATIONS, Migration
from tests.store import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.store.conftest import Open
    from tests.store.connections import Connections

NEXT: tuple[Migration, ...] = (*MIGRATIONS, ("CREATE TABLE second (a TEXT)",))
CODES = [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR]


def _fail_each_statement(
    connections: Connections, code: int, folder: Path, act: Callable[[], None]
) -> int:
    """Repeat an action on the same files until no statement fails; return how many failed.

    In each round another statement fails. Only the connections that stood before are open after it.
    """
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    before = connections.open()
    failed = 0
    while True:
        connections.fail(failed + 1, code)
        act()
        assert connections.open() == before
        if not connections.has_failed:
            return failed
        failed += 1
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)


@pytest.mark.parametrize("code", CODES)
def test_a_store_that_cannot_be_opened_is_closed(
    connections: Connections, folder: Path, opening: Open, code: int
) -> None:
    """The store of a new folder opens nothing that `close` leaves open."""

    def open_and_close() -> None:
        opening().store.close()

    folder.mkdir()
    assert _fail_each_statement(connections, code, folder, open_and_close) >= 10


@pytest.mark.parametrize("code", CODES)
def test_a_log_of_a_crash_that_cannot_be_read_is_closed(
    connections: Connections, folder: Path, path: Path, opening: Open, code: int
) -> None:
    """The check of the whole file, which follows a crash, closes the file when it fails."""

    def open_and_close() -> None:
        opening().store.close()

    store = opening().store
    store.commit(samples.called(samples.a_pause()))
    log = files.side_file(path, "-wal")
    commits = log.read_bytes()
    store.close()
    log.write_bytes(commits)
    assert _fail_each_statement(connections, code, folder, open_and_close) >= 10


@pytest.mark.parametrize("bad", [4096, 3 * 4096 + 4000])
def test_a_damaged_file_is_closed(
    connections: Connections, folder: Path, path: Path, opening: Open, bad: int
) -> None:
    """Reading what can be read, and writing it into a new file, close both when they fail."""

    def open_and_close() -> None:
        opened = opening()
        opened.store.close()
        assert opened.notice is not None

    store = opening().store
    store.set("length", 45)
    store.commit(samples.ended(samples.an_outcome()))
    store.commit(samples.called(samples.a_pause()))
    store.close()
    content = bytearray(path.read_bytes())
    content[bad : bad + 90] = b"\xff" * 90
    path.write_bytes(content)
    for code in CODES:
        assert _fail_each_statement(connections, code, folder, open_and_close) >= 20
        shutil.rmtree(folder)
        folder.with_name("kept").rename(folder)


@pytest.mark.parametrize("code", CODES)
def test_a_file_that_is_written_anew_is_closed(
    connections: Connections, path: Path, opening: Open, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Whichever statement fails, one connection is open after a commit, or none."""
    failed = 0
    while True:
        store = opening().store
        store.commit(samples.called(samples.a_pause()))
        path.unlink()
        connections.fail(failed + 1, code)
        with suppress(NotKept):
            store.commit(samples.undone())
        reached = connections.has_failed
        connections.fail(-1, code)
        assert len(connections.open()) <= 1
        store.commit(samples.undone())
        assert opening().store.standing() is None
        for each in connections.open():
            each.close()
        if not reached:
            break
        failed += 1
    assert failed >= 10
    assert "written anew" in caplog.text


@pytest.mark.parametrize("code", CODES)
def test_a_migration_that_fails_closes_the_file_and_its_copy(
    connections: Connections, folder: Path, path: Path, opening: Open, code: int
) -> None:
    """A step to a newer version opens two databases, and closes both."""

    def migrate() -> None:
        with suppress(Unopened, sqlite3.Error):
            open_for_writing(path, NEXT).close()

    opening().store.close()
    assert _fail_each_statement(connections, code, folder, migrate) >= 10


@pytest.mark.parametrize("code", CODES)
def test_a_file_that_can_only_be_read_is_closed(
    connections: Connections, folder: Path, path: Path, opening: Open, code: int
) -> None:
    """Both ways to read, with a log and without, close the file."""

    def read() -> None:
        with suppress(Unopened, sqlite3.Error):
            open_for_reading(path).close()

    opening().store.close()
    assert _fail_each_statement(connections, code, folder, read) >= 4
