"""Traces that another program keeps are deleted later, and doctor says the truth meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from safepause.app.updates import Change
from safepause.store import files, open_store, read_store
from safepause.store.sqlite_store import SqliteStore
from safepause.ui.windows.history import HistoryWindow
from tests.couple import Couple
from tests.store.samples import files_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.app.running import Program
    from tests.fakes import FakeClock

NAME = "Alexandra-called-this"


@contextmanager
def read_by_another(folder: Path) -> Iterator[None]:
    """Read the data for a while, as a backup does."""
    with closing(sqlite3.connect(folder / files.NAME, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM setting").fetchall()
        yield


def data_of(program: Program) -> str:
    """Return what doctor says of the data."""
    said = program.run("doctor")[1].splitlines()
    return next(line for line in said if line.startswith("Saved data"))


@pytest.mark.usefixtures("caplog")
def test_a_trace_is_deleted_once_nobody_reads(program: Program, tmp_path: Path) -> None:
    """After an undo beside a reader the program tries again. Then nothing wakes up any more."""
    Couple(program.app.service).call(by=NAME)
    with read_by_another(tmp_path):
        assert program.run("undo")[1].startswith("Undone. Another program is reading")
        program.wait(minutes=5)
        assert files_with(tmp_path, NAME)
        assert "A trace is left" in data_of(program)
    program.wait(minutes=1)
    assert files_with(tmp_path, NAME) == []
    assert "traces" not in program.scheduler.calls
    assert "A trace is left" not in data_of(program)


@pytest.mark.usefixtures("caplog")
def test_a_trace_of_a_setting_is_deleted_once_nobody_reads(
    program: Program, tmp_path: Path
) -> None:
    """A name that is taken out of the settings beside a reader is deleted later."""
    program.run("settings", "set", "name1", NAME)
    with read_by_another(tmp_path):
        program.run("settings", "set", "name1", "")
        assert files_with(tmp_path, NAME)
    program.wait(seconds=1)
    assert files_with(tmp_path, NAME) == []


@pytest.mark.usefixtures("caplog")
def test_a_trace_of_an_earlier_run_is_deleted(start: Callable[[], Program], tmp_path: Path) -> None:
    """A program that ends beside a reader leaves a trace. The next one deletes it."""
    program = start()
    Couple(program.app.service).call(by=NAME)
    with read_by_another(tmp_path):
        program.run("undo")
        program.stop()
        program = start()
        assert files_with(tmp_path, NAME)
    program.wait(seconds=1)
    assert files_with(tmp_path, NAME) == []


@pytest.mark.usefixtures("caplog")
def test_the_tries_become_rarer(program: Program, tmp_path: Path) -> None:
    """The waits double, up to a minute. A locked screen does not stop the tries."""
    Couple(program.app.service).call(by=NAME)
    waits = []
    with read_by_another(tmp_path):
        program.run("undo")
        program.app.reminders.agenda.hold()
        for _ in range(9):
            when = program.scheduler.calls["traces"][0]
            waits.append((when - program.clock.now()) / timedelta(seconds=1))
            program.scheduler.run_until(when)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    program.app.reminders.agenda.release()
    program.wait(minutes=1)
    assert files_with(tmp_path, NAME) == []


@pytest.mark.usefixtures("caplog")
def test_a_pause_is_kept_although_its_file_was_deleted(
    start: Callable[[], Program], tmp_path: Path
) -> None:
    """A pause that stands as the program ends is found by the next one, whatever was deleted."""
    program = start()
    Couple(program.app.service).call()
    pause = program.app.service.pause
    (tmp_path / files.NAME).unlink()
    program.stop()
    assert start().app.service.pause == pause


@pytest.mark.usefixtures("caplog")
def test_doctor_knows_whether_data_is_kept(program: Program, tmp_path: Path) -> None:
    """A deleted file is there again. If it can't be, doctor says that nothing can be saved."""
    (tmp_path / files.NAME).unlink()
    assert "Kept in" in data_of(program)
    assert (tmp_path / files.NAME).exists()
    shutil.rmtree(tmp_path)
    tmp_path.touch()
    assert "can't be saved" in data_of(program)
    tmp_path.unlink()


@pytest.mark.usefixtures("caplog")
def test_a_pause_that_is_not_kept_is_said(program: Program, tmp_path: Path) -> None:
    """With the folder gone for good, a call works, and the answer says that it can't be saved."""
    shutil.rmtree(tmp_path)
    tmp_path.touch()
    code, said, _ = program.run("pause")
    assert (code, "can't be saved" in said) == (0, True)
    tmp_path.unlink()
    assert "can't be saved" not in program.run("extend", "--minutes", "10")[1]
    assert (tmp_path / files.NAME).exists()


@pytest.mark.usefixtures("caplog")
def test_doctor_counts_what_cannot_be_read(program: Program, tmp_path: Path) -> None:
    """Past pauses that can't be read are counted by doctor, the command line and the window."""
    Couple(program.app.service).call()
    Couple(program.app.service).come_back()
    with closing(sqlite3.connect(tmp_path / files.NAME)) as other, other:
        other.execute("UPDATE outcome SET ended_at = 253402300799999999")
    assert "1 past pause can't be read." in data_of(program)
    assert "1 past pause can't be read." in program.run("history")[1]
    program.app.windows.show_history()
    history = program.shown(HistoryWindow)
    assert history is not None
    said = [each.text() for each in history.findChildren(QLabel) if each.isVisible()]
    assert "1 past pause can't be read." in said


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    """Hold the data alone for a while, as a program that repairs it does."""
    with closing(sqlite3.connect(folder / files.NAME, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture
def saved(start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Program]:
    """Save a pause, and return a function that starts a program without patience."""
    monkeypatch.setattr("safepause.store.database.BUSY_SECONDS", 0.0)
    monkeypatch.setattr(open_store, "__defaults__", (0.0,))
    first = start()
    first.run("pause")
    first.stop()
    return start


@pytest.mark.usefixtures("caplog")
def test_data_that_is_in_use_at_the_start_is_taken_up(
    saved: Callable[[], Program], tmp_path: Path
) -> None:
    """Nothing untrue is said meanwhile. Once the data is free, the program starts again."""
    with held_by_another(tmp_path):
        program = saved()
        for argv in (["status"], ["return"], ["history"], ["settings"]):
            code, out, err = program.run(*argv)
            assert (code, out) == (3, "")
            assert "Another program is using your saved data." in err
        program.wait(minutes=1)
        assert not program.left
        assert program.run("doctor")[0] == 0
    program.wait(seconds=5)
    assert program.app.ending.again
    assert program.app.ending.hidden
    program.settle()
    program.stop()
    assert saved().status()["state"] == "paused"


@pytest.mark.usefixtures("caplog")
def test_data_that_is_free_waits_for_a_window_that_is_in_use(
    saved: Callable[[], Program], tmp_path: Path
) -> None:
    """A person who types or breathes loses nothing: the new start waits for the closed window."""
    with held_by_another(tmp_path):
        program = saved()
        program.app.windows.settings.show_settings()
        program.run("breathe")
    program.wait(seconds=30)
    assert not program.app.ending.again
    assert program.app.flow.window is not None
    program.app.flow.window.close()
    program.wait(seconds=30)
    assert not program.app.ending.again
    assert program.app.windows.settings.window is not None
    program.app.windows.settings.window.close()
    program.wait(seconds=30)
    assert program.app.ending.again


@pytest.mark.usefixtures("caplog")
def test_a_pause_that_is_called_meanwhile_goes_on(
    saved: Callable[[], Program], tmp_path: Path
) -> None:
    """The program does not start again in a pause that is not saved. The status tells of it."""
    with held_by_another(tmp_path):
        program = saved()
        assert program.run("pause")[0] == 0
    program.wait(minutes=1)
    assert not program.app.ending.again
    assert "data in use" not in program.scheduler.calls  # nothing can be done in a pause
    assert program.status()["state"] == "paused"
    program.run("return")
    program.wait(seconds=5)
    assert not program.app.ending.again  # a person may type into the last page
    assert program.app.flow.window is not None
    program.app.flow.window.close()
    program.wait(seconds=5)
    assert program.app.ending.again


@pytest.mark.usefixtures("caplog")
def test_data_that_is_forgotten_meanwhile_is_not_waited_for(
    saved: Callable[[], Program], tmp_path: Path
) -> None:
    """After everything was deleted, no pause stands, which is said. Nothing wakes up."""
    with held_by_another(tmp_path):
        program = saved()
        assert program.run("forget", "--all", "--yes")[0] == 0
        (tmp_path / files.NAME).unlink()
        program.wait(seconds=5)
        assert program.status()["state"] == "idle"
    assert "data in use" not in program.scheduler.calls
    assert not program.app.ending.again


@pytest.mark.usefixtures("caplog")
@pytest.mark.parametrize("change", Change)
def test_a_program_whose_files_are_gone_does_not_start_again(
    saved: Callable[[], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    """It says that the data can't be read until it can start again: after an update it can."""
    with held_by_another(tmp_path):
        program = saved()
    monkeypatch.setattr(program.app.windows.updates, "change", lambda: change)
    program.wait(minutes=1)
    assert program.app.ending.again is (change is Change.REPLACED)
    assert program.run("status")[0] == 3


def beside_data_of_a_newer_version(start: Callable[[], Program], folder: Path) -> Program:
    """Return a program whose data a newer version has written."""
    start().stop()
    with closing(sqlite3.connect(folder / files.NAME)) as other:
        other.execute("PRAGMA user_version = 90")
    return start()


def test_data_of_a_newer_version_is_not_waited_for(
    start: Callable[[], Program], tmp_path: Path
) -> None:
    """The app says so at its start. Its status is that of its own pauses, and nothing wakes up."""
    program = beside_data_of_a_newer_version(start, tmp_path)
    assert "newer SafePause" in program.app.data.notice
    assert program.status()["state"] == "idle"
    assert "data in use" not in program.scheduler.calls


def test_past_pauses_of_a_newer_version_are_not_said_to_be_none(
    start: Callable[[], Program], tmp_path: Path
) -> None:
    """History and export refuse, and the window says why. No export looks like a whole one."""
    program = beside_data_of_a_newer_version(start, tmp_path)
    why = "Your saved data is from a newer SafePause. Please update SafePause."
    for argv in (["history"], ["export", "-"], ["export", str(tmp_path / "export.json")]):
        assert program.run(*argv) == (3, "", f"{why}\n")
    assert not (tmp_path / "export.json").exists()
    program.app.windows.show_history()
    history = program.shown(HistoryWindow)
    assert history is not None
    said = [each.text() for each in history.findChildren(QLabel) if each.isVisible()]
    assert why in said
    assert "No pauses here yet." not in said


@contextmanager
def written_by_another(folder: Path) -> Iterator[None]:
    """Write to the data for a while, as a program that repairs it does."""
    with closing(sqlite3.connect(folder / files.NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.usefixtures("caplog")
@pytest.mark.parametrize("argv", [["pause"], ["return"]])
def test_what_could_not_be_saved_is_saved_soon(
    start: Callable[[], Program], tmp_path: Path, argv: list[str]
) -> None:
    """A call or a return beside a program that writes is in the file once that has ended."""
    program = start()
    if argv == ["return"]:
        program.run("pause")
    with written_by_another(tmp_path):
        assert "can't be saved" in program.run(*argv)[1]
        program.wait(seconds=10)
        assert "can't be saved" in data_of(program)
    program.wait(minutes=1)
    assert "Kept in" in data_of(program)
    assert "traces" not in program.scheduler.calls
    with closing(read(tmp_path, program.clock)) as store:
        assert store.standing() == program.app.service.pause
        assert len(list(store.outcomes())) == (argv == ["return"])


@pytest.mark.usefixtures("caplog")
def test_what_could_not_be_saved_is_saved_at_the_end(
    start: Callable[[], Program], tmp_path: Path
) -> None:
    """A logout right after a busy moment loses no pause."""
    program = start()
    with written_by_another(tmp_path):
        program.run("pause")
    pause = program.app.service.pause
    program.stop()
    assert start().app.service.pause == pause


def test_a_full_disk_after_a_return_is_told_as_it_is(program: Program, tmp_path: Path) -> None:
    """Where no pause stands, doctor speaks of none."""
    with written_by_another(tmp_path):
        program.run("pause")
        program.run("return")
        assert "The pause runs" not in data_of(program)
        assert "can't be saved" in data_of(program)


def read(folder: Path, clock: FakeClock) -> SqliteStore:
    """Return what another program reads now."""
    opened = read_store(folder, clock)
    assert opened is not None
    assert isinstance(opened.store, SqliteStore)
    return opened.store
