"""A log that breaks takes nothing else away, and `doctor` says that there is no log."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from safepause.app.hooks_controller import HooksController
from safepause.core.capability import CapabilityKey as Key
from safepause.system.log.handler import LogFile
from tests.app.breakage import Breakage, broken_parts
from tests.app.test_faults import EVERYTHING, a_pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.app.running import Program

STEPS = ("emit", "flush", "_open", "_write")
SAID = ("Something went wrong here. (OSError)", "The log can't be written. (broken)")
"""What `doctor` says of the log."""


@pytest.fixture
def logged(
    start: Callable[[], Program],
    caplog: pytest.LogCaptureFixture,  # noqa: ARG001  -- so errors in the log are expected
) -> Iterator[Program]:
    """Return a program whose log takes the records of the whole process, as in a real run."""
    program = start()
    file = program.app.recorder._log_file  # noqa: SLF001
    file.begin()
    logging.getLogger().addHandler(file)
    yield program
    logging.getLogger().removeHandler(file)


def why_no_log(program: Program) -> str:
    """Return what `doctor` says of the log, which must not be available."""
    (log,) = [each for each in program.app.capabilities() if each.key is Key.LOG]
    assert not log.available
    return log.why


@pytest.mark.parametrize("step", STEPS)
def test_a_log_that_breaks_leaves_everything_else(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, step: str
) -> None:
    """If a step of the log raises an error, a person notices everything of a pause."""
    breakage = Breakage(monkeypatch, LogFile, step)
    program: Program = request.getfixturevalue("logged")
    breakage.broken = True
    assert a_pause(program) == EVERYTHING
    assert program.run("status")[0] == 0
    breakage.broken = False
    assert why_no_log(program) in SAID


def test_a_log_whose_code_is_gone_leaves_everything_else(
    monkeypatch: pytest.MonkeyPatch, start: Callable[[], Program]
) -> None:
    """An update can take the module away that writes the file, before the log needs it."""
    monkeypatch.setitem(sys.modules, "safepause.system.log.rotation", None)
    program = start()
    file = program.app.recorder._log_file  # noqa: SLF001
    logging.getLogger().addHandler(file)
    file.begin()
    assert a_pause(program) == EVERYTHING
    assert "rotation" in why_no_log(program)
    logging.getLogger().removeHandler(file)


def test_a_second_fault_beside_the_log_stays_alone(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A fault that can't be logged takes nothing away, and `doctor` shows it."""
    breakage = Breakage(monkeypatch, HooksController, "_changed")
    program: Program = request.getfixturevalue("logged")
    breakage.broken = True
    with monkeypatch.context() as patch:
        patch.setattr(logging.Logger, "error", _no_log)
        assert a_pause(program) == EVERYTHING
        assert set(broken_parts(program)) == {Key.HOOKS, Key.LOG}


def _no_log(*_given: object, **_named: object) -> None:
    raise RuntimeError("no log")
