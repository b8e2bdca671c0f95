"""The program's files are changed while it runs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import PySide6
import pytest

from safepause.app import doors
from safepause.app.updates import Change, Updates
from safepause.ui.windows.support import SupportWindow
from tests.app.updated import HISTORY, copy_of_package, missing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of a version."""
    made = tmp_path / "__init__.py"
    made.write_text('__version__ = "1.0.0"\n')
    return made


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


def test_the_program_s_own_files_are_whole() -> None:
    """The check takes the program as it is for whole."""
    updates = Updates()
    updates._before = None  # noqa: SLF001
    assert updates.change() is Change.REPLACED


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a copy of the program's package."""
    return copy_of_package(tmp_path)


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


@pytest.mark.parametrize(
    ("owner", "name"), [(sys, "executable"), (os, "__file__"), (PySide6, "__file__")]
)
def test_a_new_start_needs_python_and_qt(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    """Without Python, its library or Qt there is no new start, though our files are as before."""
    needed = tmp_path / "elsewhere" / "needed"
    needed.parent.mkdir()
    needed.touch()
    monkeypatch.setattr(owner, name, str(needed))
    updates = Updates(str(file))
    could = [updates.can_start]
    needed.unlink()
    could.append(updates.can_start)
    assert updates.change() is None
    needed.touch()
    could.append(updates.can_start)
    assert could == [True, False, True]
