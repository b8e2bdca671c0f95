"""Deleted data is gone from every byte of every file. Only the owner can read the files."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from safepause.core.pause import Ending, Outcome, Pause, Start, Transition
from safepause.core.ports import NotKept
from safepause.store import files
from tests.fakes import EVENING
from tests.store import samples

if TYPE_CHECKING:
    from safepause.store.sqlite_store import SqliteStore
    from tests.store.conftest import Open


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _outcome_of(pause: Pause) -> Outcome:
    return Outcome(pause.id, pause.started_at, pause.promised_at, EVENING, Ending.LET_GO)


def test_a_standing_pause_has_its_caller_on_record(store: SqliteStore, folder: Path) -> None:
    """The search for traces finds the caller of a standing pause."""
    store.commit(samples.called(samples.a_pause()))
    assert samples.files_with(folder, samples.CALLER)


def test_an_undone_pause_leaves_no_trace(store: SqliteStore, folder: Path, path: Path) -> None:
    """After an undo no file holds the caller or the pause's id, and the log is empty."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    store.commit(samples.undone())
    assert samples.files_with(folder, samples.CALLER) == []
    assert all(pause.id.bytes not in file.read_bytes() for file in folder.iterdir())
    assert files.side_file(path, "-wal").stat().st_size == 0


def test_the_caller_is_gone_once_the_pause_ends(store: SqliteStore, folder: Path) -> None:
    """After an end no file holds the caller."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    store.commit(samples.ended(_outcome_of(pause)))
    assert samples.files_with(folder, samples.CALLER) == []


def test_the_caller_is_gone_once_another_pause_stands(store: SqliteStore, folder: Path) -> None:
    """After a new pause has replaced an old one, no file holds the old one's caller."""
    old, new = samples.a_pause(), samples.a_pause(caller="Bo")
    store.commit(samples.called(old))
    store.commit(Transition(Start(new.id, EVENING, new.return_at), EVENING, new, _outcome_of(old)))
    assert samples.files_with(folder, samples.CALLER) == []


def test_a_name_taken_out_of_the_settings_is_gone(store: SqliteStore, folder: Path) -> None:
    """No file holds the old value of a setting."""
    store.set("name1", samples.CALLER)
    store.set("name1", "")
    assert samples.files_with(folder, samples.CALLER) == []


def test_forgetting_leaves_no_byte_and_no_other_file(
    store: SqliteStore, folder: Path, path: Path
) -> None:
    """Forgetting leaves no id, no name, no backup and no file set aside.

    The database is as small as a new one. Files of others stay.
    """
    small = path.stat().st_size
    outcomes = [Outcome(uuid4(), EVENING, EVENING, EVENING, Ending.RETURNED) for _ in range(300)]
    for outcome in outcomes:
        store.commit(samples.ended(outcome))
    store.set("name1", samples.CALLER)
    store.commit(samples.called(samples.a_pause()))
    for copy in (files.backup_of(path, 1), folder / "safepause-unreadable-2026-01-02.sqlite3-wal"):
        copy.write_text(samples.CALLER)
    (folder / "kept.txt").write_text("not ours")
    store.forget_all()
    assert samples.files_with(folder, samples.CALLER) == []
    left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not any(outcome.id.bytes in left for outcome in outcomes)
    assert path.stat().st_size == small
    names = {path.name, f"{path.name}-wal", f"{path.name}-shm", "kept.txt"}
    assert {file.name for file in folder.iterdir()} == names


def test_what_cannot_be_forgotten_is_said(store: SqliteStore, path: Path) -> None:
    """If a backup can't be deleted, an error says so, and the pause stands."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    files.backup_of(path, 1).mkdir()
    with pytest.raises(NotKept) as raised:
        store.forget_all()
    assert raised.value.detail in {"Is a directory", "Operation not permitted"}
    assert store.standing() == pause


def test_a_reader_in_the_way_of_wiping_is_logged(
    store: SqliteStore,
    path: Path,
    folder: Path,
    opening: Open,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """While another program reads, an undo works. Its trace is wiped at the next start."""
    store._connection.execute("PRAGMA busy_timeout = 0")  # noqa: SLF001  -- the test must not wait
    store.commit(samples.called(samples.a_pause()))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM pause").fetchall()
        store.commit(samples.undone())
        assert "stays in the log" in caplog.text
        assert store.standing() is None
    opening()
    assert samples.files_with(folder, samples.CALLER) == []


def test_tidying_that_cannot_be_done_is_logged(
    store: SqliteStore, opening: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """Data is deleted even if the file can't be made smaller."""
    for _ in range(2):
        store.commit(samples.ended(samples.an_outcome()))
    unread = store._connection.execute("SELECT * FROM outcome")  # noqa: SLF001  -- in the way
    store.forget_all()
    assert unread is not None
    assert "stays in the log" in caplog.text
    assert list(opening().store.outcomes()) == []


def test_only_the_owner_may_read_anything(store: SqliteStore, folder: Path) -> None:
    """The folder has mode 0700. The file and its two side files have mode 0600."""
    store.commit(samples.called(samples.a_pause()))
    assert _mode(folder) == 0o700
    modes = {file.name: _mode(file) for file in folder.iterdir()}
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_files_that_others_could_read_are_made_private(
    store: SqliteStore, folder: Path, opening: Open
) -> None:
    """The next start narrows modes that were widened."""
    store.commit(samples.called(samples.a_pause()))
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
    opening()
    assert _mode(folder) == 0o700
    assert {_mode(file) for file in folder.iterdir()} == {0o600}


def test_the_umask_changes_no_mode(folder: Path, opening: Open) -> None:
    """The modes are the same with an umask of 0."""
    before = os.umask(0)
    try:
        opening().store.commit(samples.called(samples.a_pause()))
    finally:
        os.umask(before)
    assert _mode(folder) == 0o700
    assert {_mode(file) for file in folder.iterdir()} == {0o600}


def test_a_file_system_without_modes_is_no_obstacle(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder whose mode can't be changed is used as it is."""

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    folder.mkdir()
    folder.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refuse)
    files.make_private_folder(folder)
    assert _mode(folder) == 0o755
