"""Whatever lies at our path, there is a store and a notice, and nothing is overwritten."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core.ports import NotKept, Part, Remembered, Trouble
from safepause.core.service import Accepted, PauseService
from safepause.core.settings.catalogue import DEFAULTS
from safepause.i18n import data_words
from safepause.store import Opened, files, open_store
from safepause.store.null_store import UnopenedStore
from tests.couple import Couple
from tests.store import samples
from tests.store.samples import given_to_nobody, read_only, told

PARTS = (Part.PAUSE, Part.SETTINGS)

if TYPE_CHECKING:
    from safepause.store.sqlite_store import SqliteStore
    from tests.fakes import FakeClock
    from tests.store.conftest import Open


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def _lets_pause(opened: Opened, clock: FakeClock) -> None:
    """Check that a pause can be called and ended, and is not kept."""
    service = PauseService(clock, opened.store)
    done = Couple(service).call(by="Alex")
    assert isinstance(done, Accepted)
    assert not done.kept
    clock.move(minutes=30)
    assert isinstance(Couple(service).come_back(), Accepted)
    assert service.trouble


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\0d", b"\0" * 5000, b"SQLite format 3\0" + b"\7" * 60]
)
def test_what_is_no_database_is_set_aside(
    folder: Path, path: Path, opening: Open, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that can't be read gets a name with the date and keeps its bytes; a new file is made.

    The log names the file, and not its folder: a folder's name may hold a person's name.
    """
    folder.mkdir()
    path.write_bytes(content)
    with caplog.at_level("INFO"):
        opened = opening()
    assert path.name in caplog.text
    assert str(folder) not in caplog.text
    notice = told(opened)
    aside = folder / "safepause-unreadable-2026-03-10.sqlite3"
    assert notice.trouble is Trouble.UNREADABLE
    assert notice.moved_to == str(aside)
    assert str(aside) in data_words.store_notice(notice)
    assert aside.read_bytes() == content
    opened.store.commit(samples.called(samples.a_pause()))
    assert opening().notice is None


@pytest.mark.parametrize(
    "text", ["Dear diary,\n", "ä" * 80, "€" * 80, "a" + "€" * 80, "aa" + "€" * 80]
)
def test_a_text_is_not_ours(folder: Path, path: Path, opening: Open, text: str) -> None:
    """A text file at our path stays as it is, and the notice says that it is not ours."""
    folder.mkdir()
    path.write_text(text, encoding="utf-8")
    assert told(opening()).trouble is Trouble.FOREIGN
    assert path.read_text(encoding="utf-8") == text


def test_bytes_that_are_no_text_are_not_taken_for_one(path: Path, opening: Open) -> None:
    """A file that only begins as text counts as a damaged database."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"Dear \xff" + b"diary" * 40)
    assert told(opening()).trouble is Trouble.UNREADABLE


def test_files_set_aside_are_never_overwritten(folder: Path, path: Path, opening: Open) -> None:
    """Each unreadable file of one day gets a name of its own. A log alone makes a name taken."""
    folder.mkdir()
    names = []
    (folder / "safepause-unreadable-2026-03-10-2.sqlite3-wal").write_text("of another")
    for text in ("first", "second", "third"):
        path.write_bytes(b"\0" + text.encode())
        opened = opening()
        names.append(Path(told(opened).moved_to))
        opened.store.close()
    assert [name.read_bytes()[1:] for name in names] == [b"first", b"second", b"third"]
    assert [name.stem[-5:] for name in names] == ["03-10", "-10-3", "-10-4"]


def _damage(path: Path, how: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        if how == "page":
            root = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'pause'")
            page = root.fetchone()[0]
        else:
            other.execute(how)
            return
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = os.urandom(4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("how", "damaged"),
    [("page", [Part.PAUSE]), ("DROP TABLE setting", [Part.SETTINGS])],
)
def test_a_damaged_database_is_set_aside(
    store: SqliteStore, path: Path, opening: Open, how: str, damaged: list[Part]
) -> None:
    """A database with a damaged page or table is renamed. What can be read is in the new one."""
    outcome, pause = samples.an_outcome(), samples.a_pause()
    store.commit(samples.ended(outcome))
    store.commit(samples.called(pause))
    store.close()
    _damage(path, how)
    before = path.read_bytes()
    opened = opening()
    notice = told(opened)
    assert notice.trouble is Trouble.DAMAGED
    assert list(notice.damaged) == damaged
    assert Path(notice.moved_to).read_bytes()[8192:12288] == before[8192:12288]
    assert opened.store.standing() == (None if how == "page" else pause)
    assert list(opened.store.outcomes()) == [outcome]
    assert opening().notice is None


@pytest.mark.parametrize(
    ("how", "damaged"),
    [
        ("UPDATE pause SET started_at = 9223372036854775807", [Part.PAUSE]),
        ("UPDATE pause SET return_at = 'soon'", [Part.PAUSE]),
        ("UPDATE pause SET return_at = 253402300799999999", [Part.PAUSE]),
        ("UPDATE pause SET called_by = CAST(x'fffe' AS TEXT)", [Part.PAUSE]),
        ("UPDATE pause SET called_by = x'416c6578'", [Part.PAUSE]),
        ("UPDATE setting SET value = '9999'", [Part.SETTINGS]),
        ("UPDATE setting SET value = x'ff'", [Part.SETTINGS]),
        ("UPDATE setting SET key = x'ff'", [Part.SETTINGS]),
        ("UPDATE setting SET value = x'00'; UPDATE pause SET extensions = 5000", list(PARTS)),
    ],
)
def test_an_odd_row_is_set_right_alone(
    store: SqliteStore, path: Path, opening: Open, how: str, damaged: list[Part]
) -> None:
    """One odd value costs only its row. It is said once, the pause stands, and no file is moved."""
    outcome, pause = samples.an_outcome(), samples.a_pause()
    store.set("length", 45)
    store.commit(samples.ended(outcome))
    store.commit(samples.called(pause))
    store.close()
    for statement in how.split(";"):
        _damage(path, statement)
    opened = opening()
    notice = told(opened)
    assert (notice.trouble, list(notice.damaged)) == (Trouble.DAMAGED, damaged)
    assert notice.moved_to == ""
    standing = opened.store.standing()
    assert standing is not None
    assert standing.id == pause.id
    assert list(opened.store.outcomes()) == [outcome]
    assert opened.store.settings().number("length") == (30 if Part.SETTINGS in damaged else 45)
    opened.store.close()
    again = opening()
    assert again.notice is None
    assert again.store.standing() == standing


def test_whole_patterns_of_an_odd_row_are_kept(
    store: SqliteStore, path: Path, opening: Open
) -> None:
    """A damaged list of own patterns keeps its whole patterns. That is said once."""
    store.set("patterns", "Evening: 4/0/6/0\nWalk: 3/0/5/0")
    store.close()
    _damage(path, "UPDATE setting SET value = replace(value, '3/0', '3/x')")
    opened = opening()
    assert list(told(opened).damaged) == [Part.SETTINGS]
    assert opened.store.settings().text("patterns") == "Evening: 4/0/6/0"
    opened.store.close()
    opened = opening()
    assert opened.notice is None
    assert opened.store.settings().text("patterns") == "Evening: 4/0/6/0"


def test_an_odd_row_of_a_file_that_is_only_read_is_said(
    store: SqliteStore, folder: Path, path: Path, opening: Open, request: pytest.FixtureRequest
) -> None:
    """Where nothing can be written, what was read of the odd row is used, and both are said."""
    store.commit(samples.called(samples.a_pause()))
    store.close()
    _damage(path, "UPDATE pause SET called_by = x'00'")
    given_to_nobody(folder)
    read_only(folder)
    request.getfixturevalue("_nobody")
    opened = opening()
    assert told(opened).trouble is Trouble.READ_ONLY
    assert told(opened).damaged == (Part.PAUSE,)
    assert opened.store.standing() is not None


def test_a_folder_that_cannot_be_made_is_said(folder: Path, clock: FakeClock) -> None:
    """Where an ordinary user may make no folder, the notice has the system's message."""
    folder.mkdir()
    folder.chmod(0o500)
    user = os.geteuid()
    if user == 0:
        os.chown(folder, samples.NOBODY, samples.NOBODY)
        os.seteuid(samples.NOBODY)
    opened = open_store(folder / "data", clock)
    os.seteuid(user)
    notice = told(opened)
    assert (notice.trouble, notice.detail) == (Trouble.NOT_OPENED, "Permission denied")


def test_a_name_that_cannot_be_deleted_is_said(
    store: SqliteStore, path: Path, opening: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """If the file that was set aside can't be changed, the notice says that it may have a name."""
    store.commit(samples.called(samples.a_pause()))
    store.close()
    _damage(path, "DROP TABLE setting")
    with pytest.MonkeyPatch.context() as patch:

        def refuse(_path: Path, *, known: bool) -> bool:
            assert known
            raise PermissionError(13, "Permission denied")

        patch.setattr("safepause.store.aside._strip", refuse)
        notice = told(opening())
    assert notice.may_name
    assert "may still name" in data_words.store_notice(notice)
    assert "can't be deleted" in caplog.text


@pytest.mark.parametrize("name", [files.NAME, f"{files.NAME}-wal", f"{files.NAME}-shm"])
@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_link_is_not_followed(
    folder: Path, opening: Open, clock: FakeClock, name: str, kind: str
) -> None:
    """Neither the database nor a side file is a link or a folder. What is there stays as it is."""
    folder.mkdir()
    other = folder.parent / "diary"
    other.write_text("mine")
    other.chmod(0o644)
    (folder / name).mkdir() if kind == "folder" else (folder / name).symlink_to(other)
    opened = opening()
    notice = told(opened)
    assert (notice.trouble, notice.path) == (Trouble.IN_THE_WAY, str(folder / name))
    _lets_pause(opened, clock)
    opened.store.forget_all()
    assert other.read_text() == "mine"
    assert other.stat().st_mode & 0o777 == 0o644


def test_a_second_name_keeps_what_it_has(
    store: SqliteStore, path: Path, opening: Open, folder: Path
) -> None:
    """A file that a backup program has linked is replaced by a copy. The link stays as it is."""
    pause = samples.a_pause()
    store.commit(samples.called(pause))
    store.close()
    backup = folder.parent / "linked"
    backup.hardlink_to(path)
    before = backup.read_bytes()
    opened = opening()
    assert opened.notice is None
    assert opened.store.standing() == pause
    opened.store.commit(samples.undone())
    opened.store.forget_all()
    assert backup.read_bytes() == before
    assert backup.stat().st_nlink == 1


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o775])
def test_a_shared_folder_is_refused(
    folder: Path, opening: Open, clock: FakeClock, mode: int
) -> None:
    """In a folder that others can write to, no file is made, and a sentence says what to do."""
    folder.mkdir()
    folder.chmod(mode)
    opened = opening()
    notice = told(opened)
    assert (notice.trouble, notice.path) == (Trouble.SHARED, str(folder))
    assert "SAFEPAUSE_HOME" in data_words.store_notice(notice)
    _lets_pause(opened, clock)
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o7777 == mode


def test_data_in_a_folder_of_others_is_hidden(folder: Path, opening: Open) -> None:
    """Data that is there and is not read may have a pause. In an empty folder there is none."""
    folder.mkdir()
    folder.chmod(0o775)
    assert not opening().hides
    folder.chmod(0o700)
    opening().store.close()
    folder.chmod(0o775)
    opened = opening()
    assert (told(opened).trouble, opened.hides) == (Trouble.SHARED, True)


def test_the_persons_home_is_refused(
    folder: Path, opening: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The home folder keeps its mode and gets no file."""
    folder.mkdir()
    folder.chmod(0o755)
    monkeypatch.setenv("HOME", str(folder))
    assert told(opening()).trouble is Trouble.SHARED
    assert folder.stat().st_mode & 0o777 == 0o755
    assert list(folder.iterdir()) == []


def test_the_log_is_set_aside_with_the_file(folder: Path, path: Path, opening: Open) -> None:
    """The log gets the new name of its database."""
    folder.mkdir()
    path.write_bytes(b"\0damaged")
    files.side_file(path, "-wal").write_text("commits")
    moved_to = Path(told(opening()).moved_to)
    assert files.side_file(moved_to, "-wal").read_text() == "commits"


def test_another_programs_database_is_left_alone(
    folder: Path, path: Path, opening: Open, clock: FakeClock
) -> None:
    """A SQLite file without our mark keeps its bytes and its mode. A pause still works."""
    folder.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE photos (name TEXT)")
    path.chmod(0o640)
    before = _contents(folder)
    opened = opening()
    assert told(opened).trouble is Trouble.FOREIGN
    _lets_pause(opened, clock)
    assert _contents(folder) == before
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_newer_version_is_left_alone(
    store: SqliteStore, folder: Path, path: Path, opening: Open, clock: FakeClock
) -> None:
    """A database of a newer SafePause keeps its bytes. A pause still works."""
    store.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    before = _contents(folder)
    opened = opening()
    assert told(opened).trouble is Trouble.NEWER
    _lets_pause(opened, clock)
    assert _contents(folder) == before


def test_a_folder_in_its_place_is_left_alone(path: Path, opening: Open, clock: FakeClock) -> None:
    """A folder at the path of the file keeps its files. A pause still works."""
    path.mkdir(parents=True)
    (path / "inside.txt").write_text("mine")
    opened = opening()
    assert told(opened).trouble is Trouble.IN_THE_WAY
    _lets_pause(opened, clock)
    assert (path / "inside.txt").read_text() == "mine"


def test_a_pipe_in_its_place_is_not_opened(folder: Path, path: Path, opening: Open) -> None:
    """A pipe is not opened, since opening a pipe can wait for ever."""
    folder.mkdir()
    os.mkfifo(path)
    assert told(opening()).trouble is Trouble.IN_THE_WAY


def test_an_empty_file_is_a_new_one(folder: Path, path: Path, opening: Open) -> None:
    """An empty file becomes the database without a notice."""
    folder.mkdir()
    path.touch()
    assert opening().notice is None


def test_a_file_where_the_folder_should_be_is_said(
    folder: Path, opening: Open, clock: FakeClock
) -> None:
    """If the folder can't be made, a pause works in memory."""
    folder.write_text("in the way")
    opened = opening()
    notice = told(opened)
    assert notice.trouble is Trouble.NOT_OPENED
    assert notice.detail == "File exists"
    _lets_pause(opened, clock)
    assert folder.read_text() == "in the way"
    folder.unlink()


def test_nothing_is_faked_where_nothing_is_kept(folder: Path, opening: Open) -> None:
    """The null store is empty, has the default settings, and refuses every write with a reason."""
    folder.write_text("in the way")
    store = opening().store
    with pytest.raises(NotKept, match="Not a directory"):
        store.forget_all()
    folder.unlink()
    assert isinstance(store, UnopenedStore)
    assert store.standing() is None
    assert list(store.outcomes()) == []
    assert store.settings() == DEFAULTS
    with pytest.raises(NotKept, match=store.reason):
        store.commit(samples.undone())
    with pytest.raises(NotKept, match=store.reason):
        store.set("length", 45)
    with pytest.raises(NotKept, match=store.reason):
        store.keep()
    with pytest.raises(NotKept, match=store.reason):
        store.remember(Remembered(b"key", b"answer"))
    assert store.unreadable_outcomes() == 0
    assert store.clean
    assert store.tidy()


def test_a_file_that_another_program_holds_is_not_set_aside(
    store: SqliteStore, path: Path, opening: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy database stays where it is, and opens once it is free."""
    store.close()
    monkeypatch.setattr("safepause.store.database.BUSY_SECONDS", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        notice = told(opening())
    assert notice.trouble is Trouble.IN_USE
    assert notice.detail == "database is locked"
    assert path.exists()
    assert opening().notice is None


def test_the_date_in_the_name_is_the_wall_clocks(
    folder: Path, path: Path, opening: Open, clock: FakeClock
) -> None:
    """The date in the name is the wall clock's."""
    folder.mkdir()
    path.write_bytes(b"\0damaged")
    clock.move(days=1)
    assert "2026-03-11" in Path(told(opening()).moved_to).name


def test_odd_characters_in_the_folders_name_are_no_obstacle(folder: Path, clock: FakeClock) -> None:
    """The path may hold spaces, question marks, per cent signs and letters of any script."""
    odd = folder / "a b?c#d%20é"
    opened = open_store(odd, clock)
    assert opened.notice is None
    opened.store.close()
    assert (odd / files.NAME).exists()


def test_opening_a_store_imports_no_windows() -> None:
    """The command line uses the store. Importing it loads no Qt and no other large module."""
    code = "import sys, safepause.store; print(*sys.modules)"
    ran = subprocess.run(  # noqa: S603  -- our own program
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    assert not {"PySide6", "apscheduler", "plyer", "json"} & set(ran.stdout.split())
