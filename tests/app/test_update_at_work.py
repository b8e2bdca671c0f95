"""An update is told while its files are written, undone, or followed by another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import safepause
from safepause.app import doors
from safepause.app.updates import Updates
from tests.app import scenes
from tests.app.updated import HISTORY, UPDATED, copy_of_package, missing, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


class Copy:
    """A running program with a copy of its files, which the test changes."""

    def __init__(self, program: Program, package: Path, qtbot: QtBot) -> None:
        self.program, self.package, self.qtbot = program, package, qtbot
        self.file = package / "__init__.py"
        self.text = self.file.read_text()
        self.stamp = self.file.stat()
        updates = Updates(str(self.file))
        assert program.app.notice is not None
        updates.missing = program.app.notice._missing  # noqa: SLF001
        program.app.notice._updates = program.app.windows.updates = updates  # noqa: SLF001

    @property
    def at_rest(self) -> bool:
        """Whether nothing looks at the files."""
        notice = self.program.app.notice
        assert notice is not None
        return notice._files is None and not notice._still.isActive()  # noqa: SLF001

    @property
    def settling(self) -> bool:
        """Whether a change of the files is still to be looked at."""
        notice = self.program.app.notice
        assert notice is not None
        return notice._still.isActive()  # noqa: SLF001

    def replace(self, version: str) -> None:
        """Write another version, as an installer does."""
        self.file.unlink(missing_ok=True)
        self.file.write_text(f"{self.text}# {version}\n")

    def put_back(self) -> None:
        """Undo the update."""
        self.file.unlink(missing_ok=True)
        self.file.write_text(self.text)
        os.utime(self.file, ns=(self.stamp.st_atime_ns, self.stamp.st_mtime_ns))

    def wait_said(self, text: str, *, said: bool = True) -> None:
        """Wait until a window says something, or says it no more."""
        self.qtbot.waitUntil(lambda: self.program.says(text) is said)


@pytest.fixture
def copy(
    wired: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Copy]:
    """Return the running program with its copy. Its windows are in memory, as after the warm-up."""
    assert wired.app.notice is not None
    wired.app.windows.prepare()
    doors.pause_window()
    wired.app.notice._still.setInterval(20)  # noqa: SLF001
    yield Copy(wired, copy_of_package(tmp_path), qtbot)
    wired.app.notice.stop()
    monkeypatch.undo()


def later(program: Program) -> None:
    """Choose "Later"."""
    window = window_of(program)
    assert window is not None
    window.close()


def test_a_pause_takes_the_question_away(copy: Copy) -> None:
    """Nothing but the pause is on the screen. After the pause the question comes again."""
    copy.replace("2")
    scenes.home(copy.program)
    assert copy.program.says(UPDATED)
    assert copy.program.run("pause")[0] == 0
    assert not copy.program.says(UPDATED)
    copy.replace("3")
    assert copy.at_rest
    copy.program.run("return")
    scenes.home(copy.program)
    assert copy.program.says(UPDATED)


def test_later_counts_for_one_update_in_all_pauses(copy: Copy) -> None:
    """A person who has said "Later" is not asked about the same update after a pause."""
    copy.replace("2")
    scenes.home(copy.program)
    later(copy.program)
    copy.program.run("pause")
    copy.program.run("return")
    scenes.home(copy.program)
    assert not copy.program.says(UPDATED)


def test_a_second_update_is_asked_about(copy: Copy) -> None:
    """After "Later" the next update is another question."""
    for version in ("2", "3", "4"):
        copy.replace(version)
        scenes.home(copy.program)
        assert copy.program.says(UPDATED)
        later(copy.program)
        scenes.home(copy.program)
        assert not copy.program.says(UPDATED)


def test_an_update_that_is_undone_takes_the_question_away(copy: Copy) -> None:
    """The window follows the files while it stands: gone, back, and as they were."""
    copy.replace("2")
    scenes.home(copy.program)
    assert copy.program.says(UPDATED)
    copy.file.unlink()
    copy.wait_said("files are gone")
    copy.replace("3")
    copy.wait_said(UPDATED)
    copy.put_back()
    copy.wait_said(UPDATED, said=False)
    window = window_of(copy.program)
    assert window is not None
    assert not window.isVisible()


def test_a_person_who_acts_after_an_undo_sees_no_question(copy: Copy) -> None:
    """It is not left until the files have been still for a moment."""
    copy.replace("2")
    scenes.home(copy.program)
    copy.put_back()
    scenes.home(copy.program)
    assert not copy.program.says(UPDATED)


def test_a_file_that_is_written_in_place_is_seen(copy: Copy) -> None:
    """Some tools write into the file that is there. Its folder tells nothing of that."""
    copy.replace("2")
    scenes.home(copy.program)
    assert copy.program.says(UPDATED)
    with copy.file.open("w"):
        copy.wait_said(UPDATED, said=False)


def test_an_update_in_a_new_folder_is_followed(copy: Copy) -> None:
    """The old folder is deleted, and a new one has its name. The next change there is seen, too."""
    copy.replace("2")
    scenes.home(copy.program)
    shutil.rmtree(copy.package)
    copy.wait_said("files are gone")
    shutil.copytree(Path(safepause.__file__).parent, copy.package)
    copy.replace("3")
    copy.wait_said(UPDATED)
    copy.qtbot.waitUntil(lambda: not copy.settling)
    copy.file.unlink()
    copy.wait_said("files are gone")


def test_an_update_in_the_middle_is_said_when_it_is_whole(copy: Copy) -> None:
    """The files are deleted, then written one by one. Only at the end a window asks."""
    part = copy.package / "core" / "pause.py"
    text = part.read_text()
    shutil.rmtree(copy.package)
    scenes.home(copy.program)  # and the installer goes on at once
    assert not copy.program.says("files are gone")
    copy.package.mkdir()
    copy.replace("2")
    shutil.copytree(Path(safepause.__file__).parent, copy.package, dirs_exist_ok=True)
    copy.replace("2")
    part.unlink()
    copy.qtbot.waitUntil(lambda: copy.at_rest)
    scenes.home(copy.program)
    assert window_of(copy.program) is None
    assert copy.program.run("status")[2].startswith("SafePause's new files are not all here")
    part.write_text(text)
    scenes.home(copy.program)
    assert copy.program.says(UPDATED)


def test_a_window_that_an_unfinished_update_has_taken_away(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person who wants it hears why at once, and is asked as soon as the update is whole."""
    missing(monkeypatch, HISTORY)
    part = copy.package / "core" / "pause.py"
    text = part.read_text()
    part.write_text("")
    copy.replace("2")
    copy.program.app.windows.show_history()
    assert copy.program.says("new files are not all here")
    with part.open("w") as file:
        file.write(text)
    copy.wait_said(UPDATED)


def test_files_that_stay_away_are_said(copy: Copy) -> None:
    """Without a new version the window says that the files are gone, after a moment."""
    shutil.rmtree(copy.package)
    scenes.home(copy.program)
    copy.wait_said("files are gone")


def test_no_new_start_from_half_of_an_update(copy: Copy) -> None:
    """The button starts nothing if the files were changed again meanwhile."""
    copy.replace("2")
    scenes.home(copy.program)
    window = window_of(copy.program)
    assert window is not None
    (copy.package / "cli.py").unlink()
    copy.replace("3")
    window.restart_requested.emit()
    assert not copy.program.app.ending.again
    assert copy.program.says("new files are not all here")


def test_a_closed_question_does_not_come_by_itself(copy: Copy) -> None:
    """After "Later" the files are changed again while nobody acts. Nothing is shown."""
    copy.replace("2")
    scenes.home(copy.program)
    later(copy.program)
    copy.replace("3")
    copy.qtbot.waitUntil(lambda: copy.at_rest)
    window = window_of(copy.program)
    assert window is not None
    assert not window.isVisible()


def test_a_call_whose_window_is_in_half_an_update_waits_for_the_rest(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the pause's window, the program starts again as soon as that can work."""
    assert copy.program.app.warm_up is not None
    copy.program.app.warm_up.stop()  # it looks for the window, too
    missing(monkeypatch, "safepause.ui.pause.window")
    copy.program.app.flow.stop()
    part = copy.package / "core" / "pause.py"
    text = part.read_text()
    part.write_text("")
    copy.replace("2")
    assert copy.program.run("pause")[0] == 0
    assert not copy.program.app.ending.again
    part.write_text(text)
    copy.qtbot.waitUntil(lambda: copy.program.app.ending.again)
    assert "NoWindow" in caplog.text


def test_the_warm_up_says_nothing_by_itself(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds that the pause's window is missing, and nobody has acted."""
    missing(monkeypatch, "safepause.ui.pause.window")
    copy.program.app.flow.stop()
    copy.replace("2")
    copy.program.app.flow.prepare()
    assert window_of(copy.program) is None
    assert not copy.program.app.faults.parts()
