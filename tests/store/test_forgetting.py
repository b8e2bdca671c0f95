"""Forgetting deletes everything, needs no space, and says truly what it could not delete."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from safepause import own_files
from safepause.core.pause import Ending, Outcome
from safepause.core.ports import NotAllForgotten, NotKept, Trouble
from safepause.core.settings.catalogue import DEFAULTS
from safepause.store import files
from tests.fakes import EVENING
from tests.store import samples

if TYPE_CHECKING:
    from safepause.store.sqlite_store import SqliteStore
    from tests.store.conftest import Open

OURS = {files.NAME, f"{files.NAME}-wal", f"{files.NAME}-shm"}


def _fill(store: SqliteStore) -> list[Outcome]:
    """Put a pause, a name and many outcomes into a store."""
    outcomes = [Outcome(uuid4(), EVENING, EVENING, EVENING, Ending.RETURNED) for _ in range(60)]
    for outcome in outcomes:
        store.commit(samples.ended(outcome))
    store.set("name1", samples.CALLER)
    store.commit(samples.called(samples.a_pause()))
    return outcomes


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_forgetting_leaves_no_byte_and_no_other_file(
    store: SqliteStore, folder: Path, path: Path
) -> None:
    """Forgetting leaves no id, no name, no backup and no file set aside.

    The database is as small as a new one. Files of others stay.
    """
    small = path.stat().st_size
    outcomes = _fill(store)
    for copy in (files.backup_of(path, 1), folder / "safepause-unreadable-2026-01-02.sqlite3-wal"):
        copy.write_text(samples.CALLER)
    (folder / "kept.txt").write_text("not ours")
    store.forget_all()
    assert samples.files_with(folder, samples.CALLER) == []
    left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not any(outcome.id.bytes in left for outcome in outcomes)
    assert path.stat().st_size == small
    assert _names(folder) == {*OURS, "kept.txt"}
    assert store.clean


OURS_LEFT = [
    *("safepause-unreadable-2026-01-02-3.sqlite3", "safepause-unreadable-2026-01-02.sqlite3-shm"),
    *("safepause-backup-version-1.sqlite3", "safepause-backup-version-12-2.sqlite3-journal"),
    *("safepause-backup-version-1.sqlite3.part", "safepause-backup-version-1.sqlite3-2.part-wal"),
    *("safepause.sqlite3.part", "safepause.sqlite3-2.part", "safepause.sqlite3.part-journal"),
    *("safepause.sqlite3-wal.part", "safepause-forgotten.sqlite3-wal"),
    "safepause-forgotten-2.sqlite3",
]
THEIRS = [
    *(
        "safepause-backup-holiday.zip",
        "safepause-backup-2026.json",
        "safepause-forgotten-ideas.txt",
    ),
    *(
        "safepause-unreadable-letter.odt",
        "safepause.sqlite3.bak",
        "safepause.sqlite3-notes.part.txt",
    ),
    "safepause-backup-version-1.sqlite3.zip",
]


def test_a_persons_own_file_is_not_deleted(store: SqliteStore, folder: Path, opening: Open) -> None:
    """Neither a start nor forgetting deletes a file that only begins as one of ours does."""
    for name in (*OURS_LEFT, *THEIRS):
        (folder / name).write_text("years of work")
    opening()
    assert _names(folder) >= {*THEIRS}
    store.forget_all()
    assert _names(folder) == {*OURS, *THEIRS}
    assert all((folder / name).read_text() == "years of work" for name in THEIRS)


READER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("PRAGMA mmap_size = 100000000")
other.execute("BEGIN")
print(len(other.execute("SELECT * FROM outcome").fetchall()), flush=True)
sys.stdin.readline()
try:
    print(*other.execute("SELECT called_by FROM pause").fetchone(), flush=True)
except (sqlite3.Error, TypeError):
    print("nothing", flush=True)
"""


def test_forgetting_does_not_wait_for_a_reader(
    store: SqliteStore, folder: Path, path: Path
) -> None:
    """While another program reads, all is deleted at once. That program finds nothing."""
    _fill(store)
    with (
        path.open("rb") as raw,
        subprocess.Popen(  # noqa: S603  -- our own interpreter
            [sys.executable, "-c", READER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as reader,
    ):
        assert reader.stdout is not None
        assert reader.stdout.readline() == "60\n"
        store.forget_all()
        assert samples.files_with(folder, samples.CALLER) == []
        assert not any(raw.read())
        assert reader.communicate("go\n")[0] == "nothing\n"
    assert reader.returncode == 0
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    assert store.standing() == pause


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_only_has_a_name_of_ours_is_no_obstacle(
    store: SqliteStore, folder: Path, path: Path, kind: str
) -> None:
    """A folder, a link or a pipe with the name of a copy stays, and everything else is deleted."""
    _fill(store)
    (folder / "diary").write_text("mine")
    for copy in (files.backup_of(path, 1), folder / "safepause-unreadable-2026-01-02.sqlite3"):
        if kind == "folder":
            copy.mkdir()
        elif kind == "link":
            copy.symlink_to(folder / "diary")
        else:
            os.mkfifo(copy)
    store.forget_all()
    assert (folder / "diary").read_text() == "mine"
    assert len(_names(folder)) == len(OURS) + 3
    assert path.read_bytes().count(samples.CALLER.encode()) == 0


def test_a_copy_that_cannot_be_deleted_is_named(
    store: SqliteStore, folder: Path, path: Path, opening: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If one copy can't be deleted, all else is, and the error names that copy alone."""
    _fill(store)
    stays = files.backup_of(path, 1)
    stays.write_text(samples.CALLER)
    discard = own_files.discard

    def refuse(file: str) -> None:
        if file == str(stays):
            raise PermissionError(errno.EACCES, "Permission denied")
        discard(file)

    monkeypatch.setattr(own_files, "discard", refuse)
    with pytest.raises(NotAllForgotten) as raised:
        store.forget_all()
    assert (raised.value.detail, raised.value.files) == ("Permission denied", (stays.name,))
    assert samples.files_with(folder, samples.CALLER) == [stays.name]
    for found in (store, opening().store):
        assert found.standing() is None
        assert found.settings() == DEFAULTS
        assert list(found.outcomes()) == []


def test_nothing_is_deleted_where_nothing_can_be(
    store: SqliteStore, folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the database can't get another name, the error says so, and no copy is deleted either."""
    _fill(store)
    pause = store.standing()
    backup = files.backup_of(path, 1)
    backup.write_text("copy")

    def refuse(*_paths: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(NotKept, match="Read-only") as raised:
            store.forget_all()
    assert not isinstance(raised.value, NotAllForgotten)
    assert backup.read_text() == "copy"
    assert store.standing() == pause
    assert len(list(store.outcomes())) == 60
    store.commit(samples.undone())
    assert len(_names(folder)) == len(OURS) + 1


def test_what_a_killed_program_left_is_deleted_by_the_next(
    store: SqliteStore, folder: Path, path: Path, opening: Open
) -> None:
    """A program that is killed while it forgets has forgotten: the next start finishes it."""
    _fill(store)
    store.close()
    path.rename(folder / "safepause-forgotten.sqlite3")
    again = opening()
    assert again.notice is None
    assert again.store.standing() is None
    assert _names(folder) == OURS
    (folder / "safepause-forgotten-mine").mkdir()
    again.store.close()
    assert opening().notice is None


TINY_DISK = """
import os, subprocess, sys
from contextlib import closing
from pathlib import Path
from safepause.core.clock import SystemClock
from safepause.core.ports import Remembered
from safepause.store import open_store
from tests.store import samples

folder = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", str(folder)], check=True)
home = folder / "data"
when = sys.argv[2]
store = open_store(home, SystemClock()).store
store.set("name1", samples.CALLER)
store.commit(samples.called(samples.a_pause()), Remembered(b"k" * 16, b"answer"))
if when == "before the start":
    log = (home / "safepause.sqlite3-wal").read_bytes()
    store.close()
    (home / "safepause.sqlite3-wal").write_bytes(log)
try:
    with (folder / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(100)):
            pass
except OSError:
    pass
if when == "before the start":
    opened = open_store(home, SystemClock())
    print(opened.notice and opened.notice.trouble.value)
    store = opened.store
store.forget_all()
print(samples.files_with(home, samples.CALLER), store.standing(), end=" ")
store.close()
with closing(open_store(home, SystemClock()).store) as again:
    print(again.remembered(b"k" * 16))
"""


@pytest.mark.parametrize("when", ["while it runs", "before the start"])
def test_a_full_disk_is_forgotten_too(tmp_path: Path, when: str) -> None:
    """On a disk without a free byte all is deleted, by a running program and by a new one.

    The next program still knows a request, without its answer.
    """
    ran = subprocess.run(  # noqa: S603  -- our own program, with a file system of its own
        ["unshare", "--mount", sys.executable, "-c", TINY_DISK, str(tmp_path), when],  # noqa: S607
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in ran.stderr or "mount:" in ran.stderr:
        pytest.skip(f"no file system of its own can be made here: {ran.stderr}")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[] None b''"


def test_a_file_that_cannot_be_opened_is_forgotten(
    store: SqliteStore, folder: Path, path: Path, opening: Open
) -> None:
    """A database that another program holds, or that is only read, is deleted as well."""
    _fill(store)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        opened = opening()
        assert opened.notice is not None
        assert opened.notice.trouble is Trouble.IN_USE
        opened.store.forget_all()
        assert samples.files_with(folder, samples.CALLER) == []
    opened.store.forget_all()


def test_another_programs_file_is_not_forgotten(path: Path, opening: Open) -> None:
    """A file that is not ours stays, and the error says that nothing was deleted."""
    path.parent.mkdir()
    path.write_text("Dear diary,\n")
    with pytest.raises(NotKept):
        opening().store.forget_all()
    assert path.read_text() == "Dear diary,\n"


def test_a_store_without_a_new_file_says_that_nothing_is_kept(
    store: SqliteStore,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If no new database can be made, all is deleted. A pause is kept once one can be made."""
    _fill(store)
    with monkeypatch.context() as patch:

        def full(*_arguments: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        patch.setattr("safepause.store.standing_file.open_for_writing", full)
        store.forget_all()
        assert "disk is full" in caplog.text
        assert (list(store.outcomes()), store.unreadable_outcomes()) == ([], 0)
        with pytest.raises(NotKept, match="disk is full"):
            store.commit(samples.called(samples.a_pause()))
        assert store.standing() is None
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    assert store.standing() == pause
    assert samples.files_with(path.parent, samples.CALLER)
