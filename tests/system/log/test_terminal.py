"""What is said on standard error: for whoever looks on, and no more than the log for a desktop."""

from __future__ import annotations

import io
import logging
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.log.handler import logging_to

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("safepause.test")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log is to be."""
    return tmp_path / "safepause.log"


def lines(path: Path) -> list[str]:
    """Return what was logged, without times."""
    said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition(" ")[2] for line in said]


def test_warnings_are_on_standard_error_too(
    path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever starts it in a terminal sees what is a warning or worse."""
    del caplog  # which says that a warning is no mistake here
    with logging_to(str(path)):
        log.info("quiet")
        log.warning("loud")
    assert capsys.readouterr().err == "loud\n"


def test_standard_error_is_held_back_like_the_file(
    path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A desktop may keep what is said there: nothing of an undone pause is, either."""
    del caplog
    with logging_to(str(path)) as file:
        file.begin()
        file.hold()
        log.warning("its command failed")
        file.drop()
        file.hold()
        log.warning("later")
        assert capsys.readouterr().err == ""
        file.keep()
    assert capsys.readouterr().err == "later\n"


@pytest.mark.parametrize("looking", [True, False])
def test_who_looks_on_sees_the_whole_exception(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    *,
    looking: bool,
) -> None:
    """Messages, which may quote a person, are for a terminal, not for what a desktop keeps."""
    del caplog
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: looking)
    monkeypatch.setattr(sys, "stderr", terminal)
    with logging_to(str(path)):
        try:
            int("Alex said so")
        except ValueError:
            log.exception("it broke")
    assert ("Alex" in terminal.getvalue()) is looking
    assert "ValueError" in terminal.getvalue()


def test_no_standard_error_is_no_obstacle(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A windowed program on Windows logs to the file alone."""
    del caplog
    monkeypatch.setattr(sys, "stderr", None)
    with logging_to(str(path)):
        log.warning("loud")
    assert lines(path) == ["WARNING test_terminal: loud"]


def test_what_ends_the_program_is_logged(
    path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """An exception that ends the program is in the log, and goes on its way to Python."""
    del caplog
    with pytest.raises(ZeroDivisionError), logging_to(str(path)):
        raise ZeroDivisionError
    assert capsys.readouterr().err == ""
    assert lines(path)[0] == "CRITICAL handler: can't go on"
    assert path.read_text().endswith("  ZeroDivisionError\n")
