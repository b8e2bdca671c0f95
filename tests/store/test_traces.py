"""Deleted data is gone from every byte of every file. Only the owner can read the files."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.core.pause import Ending, Outcome, Pause, Start, Transition
from safepause.store import files
from tests.fakes import EVENING
from tests.store import samples

if TYPE_CHECKING:
    import pytest

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


def test_a_trace_is_left_only_while_another_program_reads(
    store: SqliteStore, path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While another program reads, an undo works. `clean` is false until `tidy` has no reader."""
    store.commit(samples.called(samples.a_pause()))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM pause").fetchall()
        store.commit(samples.undone())
        assert store.standing() is None
        assert (store.clean, store.tidy()) == (False, False)
        assert samples.files_with(folder, samples.CALLER)
    assert "another program reads" in caplog.text
    assert (store.tidy(), store.clean) == (True, True)
    assert samples.files_with(folder, samples.CALLER) == []


def test_a_trace_of_an_earlier_run_is_not_clean(
    store: SqliteStore, path: Path, folder: Path, opening: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """A program that ends while another reads leaves a trace. The next start knows it."""
    store.commit(samples.called(samples.a_pause()))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM pause").fetchall()
        store.commit(samples.undone())
        store.close()
        again = opening().store
        assert not again.clean
    assert "another program reads" in caplog.text
    assert again.tidy()
    assert samples.files_with(folder, samples.CALLER) == []


def test_tidying_that_cannot_be_done_is_said(
    store: SqliteStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """If the log can't be emptied for another reason, that is logged, and `clean` is false."""
    store.close()
    assert not store.tidy()
    assert "closed database" in caplog.text
    assert not store.clean
    assert path.exists()


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
    """The next start narrows the modes of the files. The folder keeps its mode."""
    store.commit(samples.called(samples.a_pause()))
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
    opening()
    assert _mode(folder) == 0o755
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
    folder: Path, opening: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file whose mode can't be changed is used as it is."""

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    opening().store.close()
    (folder / files.NAME).chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert opening().notice is None
    assert _mode(folder / files.NAME) == 0o644
