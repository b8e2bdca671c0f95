"""The log's end is read, and the log is cleared, without the app that writes it."""

from __future__ import annotations

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


def test_a_log_that_cannot_be_emptied_is_an_error(path: Path) -> None:
    """A directory in the place of the log is an error with the system's reason."""
    path.mkdir()
    with pytest.raises(NotKept, match="directory"):
        tail.clear(str(path))


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
