"""A command that was answered is on disk, however the program ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core.service import PauseService
from safepause.store import files
from tests.store import samples

if TYPE_CHECKING:
    from safepause.store.sqlite_store import SqliteStore
    from tests.fakes import FakeClock
    from tests.store.conftest import Open

PROGRAM = """
import os, signal, sys
from pathlib import Path
from safepause.core.service import PauseService
from safepause.store import open_store
from tests.couple import Couple
from tests.fakes import FakeClock

couple = Couple(PauseService(FakeClock(), open_store(Path(sys.argv[1]), FakeClock()).store))
for command in sys.argv[2:]:
    getattr(couple, command)(**({"by": "Alexandra-called-this"} if command == "call" else {}))
os.kill(os.getpid(), signal.SIGKILL)
"""


def _killed_after(folder: Path, *commands: str) -> None:
    ended = subprocess.run(  # noqa: S603  -- our own program
        [sys.executable, "-c", PROGRAM, str(folder), *commands],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL


def test_a_killed_program_leaves_its_pause_standing(
    folder: Path, path: Path, opening: Open, clock: FakeClock
) -> None:
    """After kill -9 the next start finds the same pause, with its caller and return time."""
    _killed_after(folder, "call")
    assert files.has_log(path)
    service = PauseService(clock, opening().store)
    pause = service.pause
    assert pause is not None
    assert pause.called_by == samples.CALLER
    assert pause.return_at == clock.now() + samples.HALF_HOUR


@pytest.mark.parametrize("last", ["come_back", "let_go", "undo"])
def test_a_killed_program_leaves_an_end_as_an_end(folder: Path, opening: Open, last: str) -> None:
    """After kill -9 an ended pause doesn't stand again, and no file names its caller."""
    _killed_after(folder, "call", last)
    assert samples.files_with(folder, samples.CALLER) == []
    store = opening().store
    assert store.standing() is None
    assert len(list(store.outcomes())) == (0 if last == "undo" else 1)


def test_the_log_of_a_crash_is_taken_in_and_emptied(
    folder: Path, path: Path, opening: Open
) -> None:
    """The next start empties the log, so that an undo then leaves no trace of the caller."""
    _killed_after(folder, "call")
    store = opening().store
    assert not files.has_log(path)
    store.commit(samples.undone())
    assert samples.files_with(folder, samples.CALLER) == []


def test_every_commit_is_synced(store: SqliteStore) -> None:
    """The connection uses the write-ahead log, syncs in full, and overwrites deleted data."""
    read = store._connection.execute  # noqa: SLF001  -- only the connection knows its settings
    assert read("PRAGMA journal_mode").fetchone() == ("wal",)
    assert read("PRAGMA synchronous").fetchone() == (2,)
    assert read("PRAGMA secure_delete").fetchone() == (1,)
