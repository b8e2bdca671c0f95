"""The program's files are changed while it runs."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

import safepause
from safepause.app import doors
from safepause.app.updates import Change, Updates
from safepause.core.capability import CapabilityKey
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.support import SupportWindow
from safepause.ui.windows.update import UpdateWindow
from tests.app import effects, scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program

HISTORY = "safepause.ui.windows.history"
UPDATED = "SafePause was updated. Start it again?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of a version."""
    made = tmp_path / "__init__.py"
    made.write_text('__version__ = "1.0.0"\n')
    return made


def missing(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Take modules out of memory. They come back after the test."""
    for name in names:
        importlib.import_module(name)
        monkeypatch.delitem(sys.modules, name)
        parent, _dot, last = name.rpartition(".")
        monkeypatch.delattr(sys.modules[parent], last)


def test_an_update_is_noticed(file: Path) -> None:
    """Another content is a change, and so is the same content that was written anew."""
    updates = Updates(str(file))
    assert updates.change() is None
    before = file.stat()
    file.write_text('__version__ = "1.0.1"\n')
    assert updates.change() is Change.REPLACED
    updates = Updates(str(file))
    file.touch()
    assert file.stat().st_mtime_ns != before.st_mtime_ns
    assert updates.change() is Change.REPLACED


def test_an_update_without_a_new_version_is_noticed(file: Path) -> None:
    """A clone gets new modules, and the file of the version stays as it is."""
    module = file.parent / "room" / "module.py"
    module.parent.mkdir()
    (module.parent / "__init__.py").write_text('"""A room."""\n')
    module.write_text("OLD = 1\n")
    updates = Updates(str(file))
    (module.parent / "__pycache__").mkdir()
    (module.parent / "__pycache__" / "module.cpython-311.pyc").write_bytes(b"")
    assert updates.change() is None
    module.write_text("NEW = 22\n")
    assert updates.change() is Change.REPLACED
    updates = Updates(str(file))
    (file.parent / "new.py").write_text("NEWER = 1\n")
    assert updates.change() is Change.REPLACED


def test_a_removal_is_noticed_and_an_install_after_it(file: Path) -> None:
    """Between its removal and its new install, the program's files are gone."""
    updates = Updates(str(file))
    file.unlink()
    assert updates.change() is Change.GONE
    file.write_text('__version__ = "2.0.0"\n')
    assert updates.change() is Change.REPLACED


def test_two_versions_are_not_mixed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change no code of the program is imported, though its files would be there."""
    missing(monkeypatch, HISTORY)
    told: list[bool] = []
    updates = Updates(str(file))
    updates.missing = lambda: told.append(True)
    file.write_text("")
    assert updates.use(doors.history_window) is None
    assert told == [True]
    assert HISTORY not in sys.modules


def test_code_in_memory_is_used_after_a_change(file: Path) -> None:
    """A window whose code is in memory opens after a change, too. Others' modules are imported."""
    updates = Updates(str(file))
    file.unlink()
    assert updates.use(doors.support_window) is SupportWindow
    assert updates.use(lambda: __import__("no_module_at_all")) is None
    sys.modules.pop("colorsys", None)
    assert updates.use(lambda: __import__("colorsys")) is not None


def test_without_a_change_everything_is_imported(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same door works while the files are as they were."""
    missing(monkeypatch, HISTORY)
    assert Updates(str(file)).use(doors.history_window) is not None


def window_of(program: Program) -> UpdateWindow | None:
    """Return the window that asks, or None if nothing was said yet."""
    assert program.app.notice is not None
    return program.app.notice._window  # noqa: SLF001


def shown(program: Program, text: str) -> bool:
    """Return whether a window of the program says this."""
    return program.says(text)


def test_a_change_is_said_once_when_a_person_opens_a_window(wired: Program) -> None:
    """The question comes with the first window, not with the next one, and not by itself."""
    scenes.replaced(wired)
    wired.wait(hours=2)
    assert not shown(wired, UPDATED)
    scenes.home(wired)
    assert shown(wired, UPDATED)
    window = window_of(wired)
    assert window is not None
    window.close()
    wired.app.windows.show_support()
    assert not window.isVisible()


def test_in_a_pause_a_change_is_not_said(wired: Program) -> None:
    """Neither a command nor a window says it while a pause stands. After the pause they do."""
    scenes.replaced(wired)
    assert wired.run("pause")[2] == ""
    scenes.home(wired)
    assert not shown(wired, UPDATED)
    assert wired.run("status")[2] == ""
    assert wired.run("return")[2].startswith(UPDATED)
    scenes.home(wired)
    assert shown(wired, UPDATED)


@pytest.mark.parametrize("command", ["status", "history", "settings", "doctor"])
def test_a_command_says_a_change_to_a_person_and_not_to_a_script(
    wired: Program, command: str
) -> None:
    """The line is on the error output, with the exit code as before. JSON gets no line."""
    before = wired.run(command)
    scenes.replaced(wired)
    after = wired.run(command)
    assert after[0] == before[0]
    assert after[2] == f"{UPDATED} Run safepause quit, then safepause.\n"
    assert wired.run(command, "--json")[2] == ""
    assert wired.run("quit")[2] == ""


def test_doctor_says_a_change(wired: Program) -> None:
    """The part "SafePause itself" says what has happened, and what helps."""
    scenes.replaced(wired)
    (itself,) = [one for one in wired.app.capabilities() if one.key is CapabilityKey.PROGRAM]
    assert not itself.available
    assert itself.why == UPDATED


@pytest.mark.parametrize(
    ("module", "opens"),
    [
        ("safepause.ui.windows.home", lambda app: app.windows.show_home()),
        ("safepause.ui.windows.history", lambda app: app.windows.show_history()),
        ("safepause.ui.settings.window", lambda app: app.windows.settings.show_settings()),
        ("safepause.ui.settings.window", lambda app: app.windows.settings.show_agreement()),
        ("safepause.ui.windows.support", lambda app: app.windows.show_support()),
    ],
)
def test_a_window_whose_code_is_missing_says_why(
    wired: Program, monkeypatch: pytest.MonkeyPatch, module: str, opens: Callable[[object], None]
) -> None:
    """Each window that isn't in memory leads to the question, each time. Nothing breaks."""
    missing(monkeypatch, module)
    scenes.replaced(wired)
    for _time in range(2):
        opens(wired.app)
        window = window_of(wired)
        assert window is not None
        assert window.isVisible()
        window.close()
    assert not wired.app.faults.parts()


def test_in_a_pause_a_window_whose_code_is_missing_opens_later(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pause's own window says so, and no restart is offered."""
    missing(monkeypatch, HISTORY)
    scenes.paused(wired)
    scenes.replaced(wired)
    wired.app.windows.show_history()
    assert shown(wired, "This opens after the pause.")
    assert window_of(wired) is None


def test_cards_that_are_missing_say_nothing_in_a_pause(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cards on other screens come with a call, and not because somebody asks for them."""
    wired.run("settings", "set", "screens", "all")
    missing(monkeypatch, "safepause.ui.pause.other_screens")
    wired.app.flow._other_screens = None  # noqa: SLF001
    scenes.replaced(wired)
    assert wired.run("pause")[0] == 0
    assert wired.app.flow.visible
    assert not shown(wired, "updated")
    assert not wired.app.faults.parts()


def test_a_call_whose_window_is_missing_starts_the_program_again(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Before the warm-up, an update may take the pause's window away. The new start shows it."""
    missing(monkeypatch, "safepause.ui.pause.window")
    wired.app.flow.stop()
    scenes.replaced(wired)
    assert wired.run("pause")[0] == 0
    assert wired.app.again
    assert "NoWindow" in caplog.text
    assert wired.status()["state"] == "paused"


def test_a_pause_whose_window_is_gone_is_shown_in_the_plainest_window(
    wired: Program,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """Without the program's files from the start on, the person is told of call and return."""

    def box() -> QMessageBox | None:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
        return next((one for one in shown if one.isVisible()), None)

    def says(text: str) -> None:
        qtbot.waitUntil(lambda: text in (box() or QMessageBox()).text())

    missing(monkeypatch, "safepause.ui.pause.window")
    updates = wired.app.windows.updates
    file, updates._file = updates._file, tmp_path / "nothing"  # noqa: SLF001
    wired.app.flow.stop()
    code, _out, err = wired.run("pause")
    assert (code, "files are gone" in err) == (0, True)
    says("Back at 20:40")
    says("install SafePause again")
    (box() or QMessageBox()).close()
    assert wired.run("show")[0] == 0
    says("Back at 20:40")
    (box() or QMessageBox()).close()
    wired.wait(minutes=30)
    says("Time to come back")
    updates._file = file  # noqa: SLF001
    qtbot.waitUntil(lambda: wired.app.flow.visible)
    assert box() is None
    updates._file = tmp_path / "nothing"  # noqa: SLF001
    missing(monkeypatch, "safepause.ui.pause.window")
    wired.app.flow.stop()
    wired.run("show")
    says("Time to come back")
    wired.run("return")
    assert box() is None
    assert "NoWindow" in caplog.text


def test_files_that_are_gone_offer_no_restart(wired: Program, tmp_path: Path) -> None:
    """Without files a new start would not come up. The window says what helps instead."""
    scenes.update_asked(wired)
    window = window_of(wired)
    assert isinstance(window, UpdateWindow)
    wired.app.windows.updates._file = tmp_path / "nothing"  # noqa: SLF001
    window.restart_requested.emit()
    assert not wired.app.again
    assert shown(wired, "install SafePause again")
    offered = [one for one in window.findChildren(QPushButton) if not one.isHidden()]
    assert [one.text() for one in offered] == ["Later"]


def test_the_warm_up_loads_what_must_work_without_files(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The windows for faults, for support and for this question are in memory after the warm-up."""
    names = ("home", "support", "update")
    missing(monkeypatch, "safepause.ui.pause.other_screens", "safepause.ui.theme.fonts")
    missing(monkeypatch, *(f"safepause.ui.windows.{name}" for name in names))
    wired.app.windows.prepare()
    assert all(f"safepause.ui.windows.{name}" in sys.modules for name in names)
    assert "safepause.ui.pause.other_screens" in sys.modules
    assert "safepause.ui.theme.fonts" in sys.modules


def test_the_log_does_not_tell_which_window_was_wanted(
    wired: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody who opens "More support" leaves no trace of that, after an update, either."""
    missing(monkeypatch, "safepause.ui.windows.support")
    scenes.replaced(wired)
    with caplog.at_level("DEBUG"):
        wired.app.windows.show_support()
    assert "code is missing" in caplog.text
    assert "support" not in caplog.text


def test_past_pauses_open_without_a_change(wired: Program) -> None:
    """Without a change nothing is said."""
    wired.app.windows.show_history()
    assert effects.opened(HistoryWindow)(wired)
    assert not shown(wired, UPDATED)


def test_the_program_s_own_files_are_whole() -> None:
    """The check takes the program as it is for whole."""
    updates = Updates()
    updates._before = None  # noqa: SLF001
    assert updates.change() is Change.REPLACED


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a copy of the program's package."""
    copy = tmp_path / "safepause"
    shutil.copytree(Path(safepause.__file__).parent, copy)
    return copy


@pytest.mark.parametrize(
    "part",
    ["core/pause.py", "ui/windows/base.py", "app/doors.py", "ui/__init__.py", "__main__.py"],
)
def test_an_update_is_one_when_it_is_whole(program: Path, part: str) -> None:
    """A module that is missing, empty, or not written to its end, is still to come."""
    updates = Updates(str(program / "__init__.py"))
    whole = (program / part).read_bytes()
    (program / "__init__.py").touch()
    assert updates.change() is Change.REPLACED
    for state in (None, b"", whole[: len(whole) // 2], whole[:-1]):
        (program / "__init__.py").touch()
        if state is None:
            (program / part).unlink()
        else:
            (program / part).write_bytes(state)
        if part != "__main__.py" or state is None:  # nothing is imported from it
            assert updates.change() is Change.UNFINISHED, state
    (program / part).write_bytes(whole)
    assert updates.change() is Change.REPLACED


def test_a_module_of_the_old_version_is_still_to_be_replaced(program: Path) -> None:
    """A name that the new version imports must be there."""
    updates = Updates(str(program / "__init__.py"))
    with (program / "cli.py").open("a") as file:
        file.write(
            "from safepause.core.clock import (  # news\n    Clock as Old,\n    NewClock,\n)\n"
        )
    (program / "__init__.py").touch()
    assert updates.change() is Change.UNFINISHED
    with (program / "core" / "clock.py").open("a") as file:
        file.write("class NewClock: ...\n")
    assert updates.change() is Change.REPLACED


def test_an_update_needs_the_command_that_starts_it(program: Path, tmp_path: Path) -> None:
    """An installer writes the command last. Without it there is no new start."""
    script = tmp_path / "bin" / "safepause"
    script.parent.mkdir()
    script.touch()
    updates = Updates(str(program / "__init__.py"), ["python", str(script), "x" * 5000])
    (program / "__init__.py").touch()
    script.unlink()
    assert updates.change() is Change.UNFINISHED
    script.touch()
    assert updates.change() is Change.REPLACED


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
    wired: Program, program: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Copy]:
    """Return the running program with its copy."""
    assert wired.app.notice is not None
    wired.app.notice._still.setInterval(20)  # noqa: SLF001
    yield Copy(wired, program, qtbot)
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
    assert shown(copy.program, UPDATED)
    assert copy.program.run("pause")[0] == 0
    assert not shown(copy.program, UPDATED)
    copy.replace("3")
    assert copy.at_rest
    copy.program.run("return")
    scenes.home(copy.program)
    assert shown(copy.program, UPDATED)


def test_later_counts_for_one_update_in_all_pauses(copy: Copy) -> None:
    """A person who has said "Later" is not asked about the same update after a pause."""
    copy.replace("2")
    scenes.home(copy.program)
    later(copy.program)
    copy.program.run("pause")
    copy.program.run("return")
    scenes.home(copy.program)
    assert not shown(copy.program, UPDATED)


def test_a_second_update_is_asked_about(copy: Copy) -> None:
    """After "Later" the next update is another question."""
    for version in ("2", "3", "4"):
        copy.replace(version)
        scenes.home(copy.program)
        assert shown(copy.program, UPDATED)
        later(copy.program)
        scenes.home(copy.program)
        assert not shown(copy.program, UPDATED)


def test_an_update_that_is_undone_takes_the_question_away(copy: Copy) -> None:
    """The window follows the files while it stands: gone, back, and as they were."""
    copy.replace("2")
    scenes.home(copy.program)
    assert shown(copy.program, UPDATED)
    copy.file.unlink()
    copy.wait_said("files are gone")
    copy.replace("3")
    copy.wait_said(UPDATED)
    copy.put_back()
    copy.wait_said(UPDATED, said=False)
    window = window_of(copy.program)
    assert window is not None
    assert not window.isVisible()


def test_an_update_in_the_middle_is_said_when_it_is_whole(copy: Copy) -> None:
    """The files are deleted, then written one by one. Only at the end a window asks."""
    part = copy.package / "core" / "pause.py"
    text = part.read_text()
    shutil.rmtree(copy.package)
    scenes.home(copy.program)  # and the installer goes on at once
    assert not shown(copy.program, "files are gone")
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
    assert shown(copy.program, UPDATED)


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
    assert shown(copy.program, "new files are not all here")
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
    assert not copy.program.app.again
    assert shown(copy.program, "new files are not all here")


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
    missing(monkeypatch, "safepause.ui.pause.window")
    copy.program.app.flow.stop()
    part = copy.package / "core" / "pause.py"
    text = part.read_text()
    part.write_text("")
    copy.replace("2")
    assert copy.program.run("pause")[0] == 0
    assert not copy.program.app.again
    part.write_text(text)
    copy.qtbot.waitUntil(lambda: copy.program.app.again)
    assert "NoWindow" in caplog.text
