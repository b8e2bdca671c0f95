"""A folder, a link, a pipe or a socket with a name that the store works with blocks nothing."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from safepause.core.ports import NotAllForgotten, Trouble
from safepause.store import files, open_store
from safepause.store.database import open_for_writing
from safepause.store.migrations import MIGRATIONS
from tests.store import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.store.sqlite_store import SqliteStore
    from tests.fakes import FakeClock
    from tests.store.conftest import Open

    Take = Callable[[Path], None]

KINDS = ("folder", "link", "dangling link", "pipe", "socket")
PARTS = [f"{files.NAME}{files.PART}{ending}" for ending in ("", *files.SIDE_FILES)]
FORGOTTEN = [f"safepause-forgotten.sqlite3{ending}" for ending in ("", *files.SIDE_FILES)]
BACKUPS = ["safepause-backup-version-1.sqlite3", "safepause-backup-version-1.sqlite3.part"]


def put(place: Path, kind: str) -> None:
    """Put something that is no file at a place."""
    if kind == "folder":
        place.mkdir()
        (place / "inside").write_text("mine")
    elif kind == "link":
        (place.parent / "diary").write_text("mine")
        place.symlink_to(place.parent / "diary")
    elif kind == "dangling link":
        place.symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(place))


def state_of(place: Path) -> tuple[object, ...]:
    """Return what tells whether something was touched."""
    found = place.lstat()
    inside = place / "inside"
    return found.st_ino, stat.S_IFMT(found.st_mode), found.st_mtime_ns, inside.exists()


@pytest.fixture(params=KINDS)
def take(request: pytest.FixtureRequest) -> Iterator[Take]:
    """Return a function that puts something at a place. Check that it is untouched in the end."""
    before: dict[Path, tuple[object, ...]] = {}

    def taken(place: Path) -> None:
        put(place, request.param)
        before[place] = state_of(place)

    yield taken
    for place, state in before.items():
        assert state_of(place) == state
        diary = place.parent / "diary"
        assert not diary.exists() or diary.read_text() == "mine"


@pytest.mark.parametrize("name", FORGOTTEN)
def test_forgetting_takes_a_free_name(
    store: SqliteStore, folder: Path, opening: Open, name: str, take: Take
) -> None:
    """All is deleted, by a running program and by the next one. What has the name stays."""
    take(folder / name)
    for _program in range(2):
        store.set("name1", samples.CALLER)
        store.forget_all()
        store.close()
        store = cast("SqliteStore", opening().store)
        assert samples.files_with(folder, samples.CALLER) == []
    left = {file.name for file in folder.iterdir()} - {"diary", name}
    assert left <= {files.NAME, *(f"{files.NAME}{ending}" for ending in files.SIDE_FILES)}


def test_a_killed_forgetting_is_finished_under_any_name(
    store: SqliteStore, folder: Path, path: Path, opening: Open
) -> None:
    """The next start deletes what a killed program renamed to a name with a number."""
    store.set("name1", samples.CALLER)
    store.close()
    (folder / "safepause-forgotten.sqlite3").mkdir()
    path.rename(folder / "safepause-forgotten-2.sqlite3")
    assert opening().notice is None
    assert samples.files_with(folder, samples.CALLER) == []


@pytest.mark.parametrize("name", PARTS)
def test_a_damaged_file_is_saved_under_a_free_name(
    store: SqliteStore, path: Path, opening: Open, name: str, take: Take
) -> None:
    """What can be read of a damaged file is in use, though a working name is taken."""
    pause = samples.a_pause()
    store.set("length", 45)
    store.commit(samples.called(pause))
    store.close()
    content = bytearray(path.read_bytes())
    content[3 * files.PAGE_BYTES : 4 * files.PAGE_BYTES] = os.urandom(files.PAGE_BYTES)
    path.write_bytes(content)
    take(path.with_name(name))
    opened = opening()
    assert samples.told(opened).trouble is Trouble.DAMAGED
    assert opened.store.standing() == pause
    assert opened.store.settings().number("length") == 45


@pytest.mark.parametrize("name", [*BACKUPS, f"{BACKUPS[1]}-journal", f"{BACKUPS[1]}-wal"])
def test_an_old_file_is_migrated_with_a_backup(
    path: Path, opening: Open, name: str, take: Take
) -> None:
    """The copy that is made first gets a free name, and is forgotten with all else."""
    pause = samples.a_pause()
    with closing(open_for_writing(path, MIGRATIONS[:1])) as connection:
        samples.write_pause(connection, pause)
    take(path.with_name(name))
    opened = opening()
    assert opened.notice is None
    assert opened.store.standing() == pause
    backups = [
        file
        for file in path.parent.iterdir()
        if file.name.startswith(files.BACKUP) and file.is_file() and not file.is_symlink()
    ]
    assert backups
    opened.store.forget_all()
    assert not any(backup.exists() for backup in backups)


@pytest.mark.parametrize("of", ["", "-wal"])
@pytest.mark.parametrize("ending", ["", *files.SIDE_FILES])
def test_a_file_with_a_second_name_is_copied_under_a_free_name(
    path: Path, opening: Open, ending: str, of: str, take: Take
) -> None:
    """A file that a backup program has linked is opened, though the copy's name is taken."""
    pause = samples.a_pause()
    store = opening().store
    store.commit(samples.called(pause))
    log = files.side_file(path, "-wal").read_bytes()
    store.close()
    linked = files.side_file(path, of)
    if of:
        linked.write_bytes(log)
    (path.parent.parent / "linked").hardlink_to(linked)
    take(files.side_file(path, f"{of}{files.PART}{ending}"))
    opened = opening()
    assert opened.notice is None
    assert opened.store.standing() == pause


@pytest.mark.parametrize("name", PARTS)
def test_a_deleted_file_is_written_anew_under_a_free_name(
    path: Path, opening: Open, name: str, take: Take, caplog: pytest.LogCaptureFixture
) -> None:
    """A commit is kept, though the file was deleted and the name of the new one is taken."""
    store = opening().store
    path.unlink()
    take(path.with_name(name))
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    assert "written anew" in caplog.text
    again = opening()
    assert (again.notice, again.store.standing()) == (None, pause)


def test_what_has_the_name_of_the_database_does_not_block_forgetting(
    path: Path, clock: FakeClock, take: Take
) -> None:
    """Its copies and its log are deleted. What is in its place stays, and nothing is kept."""
    path.parent.mkdir()
    take(path)
    for copy in (files.backup_of(path, 1), files.side_file(path, "-wal")):
        copy.write_text(samples.CALLER)
    opened = open_store(path.parent, clock)
    with closing(opened.store):
        assert samples.told(opened).trouble is Trouble.IN_THE_WAY
        opened.store.forget_all()
    assert samples.files_with(path.parent, samples.CALLER) == []


@pytest.mark.parametrize("ending", files.SIDE_FILES)
def test_what_has_the_name_of_a_side_file_does_not_block_forgetting(
    store: SqliteStore, path: Path, clock: FakeClock, ending: str, take: Take
) -> None:
    """SQLite's own names can't be others. So nothing is kept, which is said; all can be deleted."""
    store.set("name1", samples.CALLER)
    store.close()
    take(files.side_file(path, ending))
    opened = open_store(path.parent, clock)
    with closing(opened.store):
        assert samples.told(opened).trouble is Trouble.IN_THE_WAY
        opened.store.forget_all()
    assert samples.files_with(path.parent, samples.CALLER) == []


def test_a_name_that_cannot_be_given_up_is_passed_over(
    store: SqliteStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of ours that can't be deleted, such as a mount, does not block forgetting either."""
    stuck = folder / "safepause-forgotten.sqlite3"
    stuck.write_text("stuck")
    unlink = os.unlink

    def refuse(file: str) -> None:
        if file == str(stuck):
            raise OSError(16, "Device or resource busy")
        unlink(file)

    monkeypatch.setattr(os, "unlink", refuse)
    store.set("name1", samples.CALLER)
    store.forget_all()
    assert samples.files_with(folder, samples.CALLER) == []
    with closing(sqlite3.connect(folder / files.NAME)) as other:
        assert other.execute("SELECT count(*) FROM setting").fetchone() == (0,)


def test_a_log_that_cannot_be_renamed_is_named(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If only the log stays, the error names it. The program works on."""
    log = files.side_file(path, "-wal")
    rename = Path.rename

    def refuse(file: Path, target: Path) -> Path:
        if file == log:
            raise OSError(16, "Device or resource busy")
        return rename(file, target)

    with closing(sqlite3.connect(path)) as other:  # it keeps the log on the disk
        other.execute("SELECT * FROM setting").fetchall()
        store.set("name1", samples.CALLER)
        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(NotAllForgotten) as raised:
            store.forget_all()
    assert raised.value.files == (log.name,)
    store.set("length", 45)
    assert store.settings().number("length") == 45
