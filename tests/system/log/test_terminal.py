"""Standard error: a person at a terminal gets everything, a desktop's log as little as our log."""

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
    """Return the path of the log."""
    return tmp_path / "safepause.log"


def lines(path: Path) -> list[str]:
    """Return the lines of the log, without times."""
    said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition(" ")[2] for line in said]


def test_warnings_are_on_standard_error_too(
    path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A warning is on standard error. A line of a lower level is not."""
    del caplog  # requested, so that the warning does not fail the test
    with logging_to(str(path)):
        log.info("quiet")
        log.warning("loud")
    assert capsys.readouterr().err == "loud\n"


def test_standard_error_is_held_back_like_the_file(
    path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Standard error gets a held warning at `keep`, and never after `drop`."""
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
def test_only_a_terminal_gets_the_message_of_an_exception(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    *,
    looking: bool,
) -> None:
    """A message, which may quote a person, is written to a terminal but not to a desktop's log."""
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


def test_the_log_works_without_standard_error(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Safepausew on Windows has no standard error: warnings are in the file."""
    del caplog
    monkeypatch.setattr(sys, "stderr", None)
    with logging_to(str(path)):
        log.warning("loud")
    assert lines(path) == ["WARNING test_terminal: loud"]


def test_an_exception_that_ends_the_program_is_logged(
    path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The exception is in the log, is not on standard error, and is raised further."""
    del caplog
    with pytest.raises(ZeroDivisionError), logging_to(str(path)):
        raise ZeroDivisionError
    assert capsys.readouterr().err == ""
    assert lines(path)[0] == "CRITICAL handler: can't go on"
    assert path.read_text().endswith("  ZeroDivisionError\n")
