"""A data folder, and a function that opens the store in it and closes the store after the test."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from safepause.store import Opened, open_store
from safepause.store.files import NAME
from safepause.store.sqlite_store import SqliteStore
from tests.fakes import FakeClock
from tests.store import samples
from tests.store.connections import Connections
from tests.store.samples import NOBODY

Open = Callable[[], Opened]


@pytest.fixture(autouse=True)
def connections() -> Iterator[Connections]:
    """Fail every test that leaves a connection open.

    Python 3.13 warns of such a connection, at a time that the garbage collector chooses. Earlier
    versions say nothing.
    """
    watched = Connections()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", watched.connect)
        yield watched
    assert watched.open() == []


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still."""
    return FakeClock()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return the path of a data folder, which does not exist yet. Every user can reach it."""
    base = Path(tempfile.mkdtemp(prefix="safepause-test-", dir=samples.MEMORY))
    base.chmod(0o777)
    yield base / "data"
    (base / "data").chmod(0o700) if (base / "data").is_dir() else None
    shutil.rmtree(base)


@pytest.fixture
def path(folder: Path) -> Path:
    """Return the path of the database."""
    return folder / NAME


@pytest.fixture
def opening(folder: Path, clock: FakeClock) -> Iterator[Open]:
    """Return a function that opens the store."""
    with ExitStack() as stack:

        def opened() -> Opened:
            found = open_store(folder, clock)
            stack.callback(found.store.close)
            return found

        yield opened


@pytest.fixture
def store(opening: Open) -> SqliteStore:
    """Return an open store that is empty."""
    found = opening()
    assert isinstance(found.store, SqliteStore)
    assert found.notice is None
    return found.store


@pytest.fixture
def _nobody() -> Iterator[None]:
    """Act as an ordinary user. Root could write the files of a test that can't be written."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)
