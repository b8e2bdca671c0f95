"""A file that is deleted or replaced while the program runs is noticed at each commit."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import NotKept
from safepause.store import files
from tests.store import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from safepause.core.pause import Outcome, Pause
    from safepause.store.sqlite_store import SqliteStore
    from tests.store.conftest import Open


@pytest.fixture(autouse=True)
def _expected_warnings(caplog: pytest.LogCaptureFixture) -> None:
    """Expect warnings: each of these tests takes files away."""
    del caplog


@pytest.fixture
def outcomes(store: SqliteStore) -> list[Outcome]:
    """Return the outcomes in the store, the newest first. A setting is there, too."""
    made = [samples.an_outcome() for _ in range(3)]
    for outcome in made:
        store.commit(samples.ended(outcome))
    store.set("length", 45)
    return list(store.outcomes())


def _delete_file(path: Path) -> None:
    path.unlink()


def _delete_all_files(path: Path) -> None:
    for file in files.with_side_files(path):
        file.unlink()


def _delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def _delete_log(path: Path) -> None:
    files.side_file(path, "-wal").unlink()


def _move_away(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def _replace_by_text(path: Path) -> None:
    path.unlink()
    path.write_text("Dear diary,\n")


def _write_over(path: Path) -> None:
    path.write_text("Dear diary,\n")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _replace_by_database(path: Path) -> None:
    path.unlink()
    _other_database(path)


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _copy_over(path: Path) -> None:
    other = path.with_name("other")
    _other_database(other)
    path.write_bytes(other.read_bytes())
    other.unlink()


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE photos (name TEXT)")


DELETIONS = [_delete_file, _delete_all_files, _delete_folder, _delete_log, _move_away, _empty]
REPLACEMENTS = [
    *(_replace_by_text, _write_over, _replace_by_database, _replace_by_folder, _copy_over),
]


def _is_whole(opening: Open, pause: Pause, outcomes: list[Outcome], folder: Path) -> None:
    """Check that the next program finds everything, in private files."""
    again = opening()
    assert again.notice is None
    assert again.store.standing() == pause
    assert again.store.settings().number("length") == 45
    assert list(again.store.outcomes()) == outcomes
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    ours = [file for file in folder.iterdir() if file.name.startswith(files.NAME)]
    assert {stat.S_IMODE(file.stat().st_mode) for file in ours} == {0o600}


@pytest.mark.parametrize("do", [*DELETIONS, *REPLACEMENTS])
def test_a_pause_is_kept_although_the_file_is_gone(
    store: SqliteStore,
    path: Path,
    opening: Open,
    outcomes: list[Outcome],
    do: Callable[[Path], None],
) -> None:
    """The next commit writes all data anew, and the next program finds it after kill -9."""
    first = samples.a_pause()
    store.commit(samples.called(first))
    do(path)
    pause = replace(first, return_at=first.return_at + samples.HALF_HOUR, extensions=1)
    store.commit(samples.called(pause))
    _is_whole(opening, pause, outcomes, path.parent)
    store.commit(samples.undone())
    assert store.clean
    assert samples.files_with(path.parent, samples.CALLER) == []


@pytest.mark.parametrize("do", [_replace_by_text, _write_over, _replace_by_database, _copy_over])
def test_what_others_put_there_is_set_aside(
    store: SqliteStore,
    path: Path,
    outcomes: list[Outcome],
    do: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Another program's file keeps its bytes under another name, and forgetting leaves it."""
    do(path)
    theirs = path.read_bytes()
    store.commit(samples.called(samples.a_pause()))
    aside = path.with_name("not-of-safepause-2026-03-10.sqlite3")
    assert aside.read_bytes() == theirs
    assert aside.name in caplog.text
    assert list(store.outcomes()) == outcomes
    store.forget_all()
    assert aside.read_bytes() == theirs


def _replace_by_link(path: Path) -> None:
    path.with_name("diary").write_text("Dear diary,\n")
    path.unlink()
    path.symlink_to("diary")


@pytest.mark.parametrize("do", [*DELETIONS, *REPLACEMENTS, _replace_by_link])
def test_forgetting_deletes_nothing_of_others(
    store: SqliteStore, path: Path, opening: Open, do: Callable[[Path], None]
) -> None:
    """What others put in the place of the file keeps its bytes, and no name is left in ours."""
    store.commit(samples.called(samples.a_pause()))
    moved = path.parent.with_name("moved")
    do(path)
    theirs = path.read_bytes() if path.is_file() else b""
    store.forget_all()
    assert samples.files_with(path.parent, samples.CALLER) == []
    aside = path.with_name("not-of-safepause-2026-03-10.sqlite3")
    assert aside.exists() is (do in {*REPLACEMENTS, _replace_by_link})
    assert not aside.is_file() or aside.read_bytes() == theirs
    assert opening().notice is None
    if moved.exists():
        shutil.rmtree(moved)


def test_an_older_copy_of_ours_is_set_aside(
    store: SqliteStore, path: Path, outcomes: list[Outcome], caplog: pytest.LogCaptureFixture
) -> None:
    """A copy that was put back over the file does not win, and forgetting deletes it."""
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    store.commit(samples.called(samples.a_pause()))
    copy.replace(path)
    store.commit(samples.undone())
    assert store.standing() is None
    assert list(store.outcomes()) == outcomes
    assert "in the place" in caplog.text
    assert path.with_name("safepause-unreadable-2026-03-10.sqlite3").exists()
    store.forget_all()
    assert len(list(path.parent.iterdir())) == 3


def test_an_older_copy_of_ours_keeps_no_caller(
    store: SqliteStore, path: Path, outcomes: list[Outcome]
) -> None:
    """A copy from the middle of the pause, as a backup has it, loses the caller's name."""
    store.commit(samples.called(samples.a_pause()))
    copy = path.with_name("copy")
    with closing(sqlite3.connect(copy)) as restored:
        store._connection.backup(restored)  # noqa: SLF001  -- as another program does
    assert samples.files_with(path.parent, samples.CALLER)
    copy.replace(path)
    store.commit(samples.undone())
    assert store.clean
    assert samples.files_with(path.parent, samples.CALLER) == []
    aside = path.with_name("safepause-unreadable-2026-03-10.sqlite3")
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM outcome").fetchone() == (len(outcomes),)


def test_a_log_of_others_goes_with_their_file(
    store: SqliteStore, path: Path, opening: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """Another program's database keeps its commits, which are in its log."""
    _delete_all_files(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE photos (name TEXT)")
        pause = samples.a_pause()
        store.commit(samples.called(pause))
        assert opening().store.standing() == pause
    aside = path.with_name("not-of-safepause-2026-03-10.sqlite3")
    with closing(sqlite3.connect(aside)) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("photos",)]
    assert aside.name in caplog.text


@pytest.mark.parametrize("how", ["file", "shared"])
def test_what_cannot_be_kept_is_not_said_to_be_kept(
    store: SqliteStore, folder: Path, outcomes: list[Outcome], opening: Open, how: str
) -> None:
    """If the folder can't be made again, a commit raises an error. Later all data is kept again."""
    pause = samples.a_pause()
    shutil.rmtree(folder)
    if how == "file":
        folder.touch()
    else:
        folder.mkdir()
        folder.chmod(0o777)
    for _ in range(2):
        with pytest.raises(NotKept):
            store.commit(samples.called(pause))
    assert store.standing() is None
    folder.unlink() if how == "file" else folder.rmdir()
    store.commit(samples.called(pause))
    _is_whole(opening, pause, outcomes, folder)


def test_a_file_can_be_written_anew_without_a_change(
    store: SqliteStore, path: Path, opening: Open, outcomes: list[Outcome]
) -> None:
    """`keep` writes a deleted file anew, also if no pause stands."""
    path.unlink()
    store.keep()
    again = opening()
    assert again.store.standing() is None
    assert list(again.store.outcomes()) == outcomes


def test_past_pauses_that_are_lost_are_logged(
    store: SqliteStore, path: Path, opening: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """If the file is written over, what is in memory is kept, and the log says what is lost."""
    with closing(sqlite3.connect(path)) as other, other:
        other.executemany(
            "INSERT INTO setting VALUES (?, 'x')", [(f"{number:0900}",) for number in range(9000)]
        )
    store.set("length", 45)
    assert store.tidy()
    store._connection.execute("PRAGMA shrink_memory")  # noqa: SLF001  -- SQLite reads the file again
    _write_over(path)
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    assert "Past pauses can't be written anew" in caplog.text
    again = opening()
    assert again.notice is None
    assert again.store.standing() == pause
    assert again.store.settings().number("length") == 45
