"""The log's end is read, and the log is cleared, without the app that writes it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import LogTail
from safepause.core.ports import NotKept
from safepause.system.log import tail

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the log."""
    return tmp_path / "safepause.log"


def test_clearing_needs_no_log(path: Path) -> None:
    """Clearing a log that doesn't exist makes no file."""
    tail.clear(str(path))
    assert not path.exists()


def test_a_log_that_cannot_be_emptied_is_an_error(tmp_path: Path) -> None:
    """A log that the system can't reach is an error with the system's reason."""
    (tmp_path / "file").touch()
    with pytest.raises(NotKept, match="Not a directory"):
        tail.clear(str(tmp_path / "file" / "safepause.log"))


@pytest.mark.parametrize("name", ["safepause.log", "safepause.log.1"])
@pytest.mark.parametrize("kind", ["link", "second name", "folder", "pipe"])
def test_clearing_empties_no_other_file(tmp_path: Path, path: Path, name: str, kind: str) -> None:
    """A file that the log's name is linked to keeps its content. So does a folder of that name."""
    other, log = tmp_path / "diary", tmp_path / name
    other.write_text("mine")
    if kind == "folder":
        log.mkdir()
    elif kind == "pipe":
        os.mkfifo(log)
    else:
        (log.symlink_to if kind == "link" else log.hardlink_to)(other)
    tail.clear(str(path))
    assert other.read_text() == "mine"
    assert os.path.lexists(log) is (kind != "second name")


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_no_other_file_is_shown_as_the_log(tmp_path: Path, path: Path, kind: str) -> None:
    """Neither a link nor a pipe is read, and doctor says that no log can be written there."""
    (tmp_path / "diary").write_text("mine")
    path.symlink_to(tmp_path / "diary") if kind == "link" else os.mkfifo(path)
    assert tail.tail(str(path)).lines == ()
    assert not tail.capability(str(path)).available


def test_the_last_lines_are_returned(path: Path) -> None:
    """`tail` returns the last lines of a long log, and none if there is no log."""
    assert tail.tail(str(path)) == LogTail(str(path), ())
    path.write_text("".join(f"line {number}\n" for number in range(5000)))
    assert tail.tail(str(path), 2).lines == ("line 4998", "line 4999")


def test_the_capability_is_known_without_writing(tmp_path: Path, path: Path) -> None:
    """The folder's permissions answer, and no file is made."""
    assert tail.capability(str(path)).available
    assert str(path) in tail.capability(str(path)).why
    assert not tail.capability(str(tmp_path / "nowhere" / "file")).available
    assert not path.exists()
