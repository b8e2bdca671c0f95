"""The warm-up runs once, after the start, in a quiet moment, and leaves nothing running."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QTimer

from safepause.app import warm_up
from safepause.app.warm_up import MOST_LOOKS, WarmUp, give_back_memory
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from tests.ui.samples import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


class Late:
    """Makes each wait late by given milliseconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *late: int) -> None:
        """Use the values of `late` in turn, and repeat the last one."""
        self._late = list(late)
        monkeypatch.setattr(warm_up, "AFTER_START_MS", 0)
        monkeypatch.setattr(warm_up, "AGAIN_MS", 0)
        monkeypatch.setattr(QElapsedTimer, "elapsed", self._elapsed)

    def _elapsed(self, *_: object) -> int:
        return self._late.pop(0) if len(self._late) > 1 else self._late[0]


def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets the waits of warm-ups, in milliseconds."""
    asked: list[int] = []
    start = QTimer.start

    def note(self: QTimer, *milliseconds: int) -> None:
        if isinstance(self.parent(), WarmUp):
            asked.extend(milliseconds)
        start(self, *milliseconds)

    monkeypatch.setattr(QTimer, "start", note)
    return asked


def warmed(*steps: Callable[[], object]) -> WarmUp:
    """Return a warm-up with these steps, all of them of the window."""
    return WarmUp([(CapabilityKey.WINDOW, step) for step in steps], Faults())


def test_steps_run_once_in_their_order(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step runs once, in order, and `finished` is emitted."""
    Late(monkeypatch, 0)
    ran: list[int] = []
    made = warmed(lambda: ran.append(1), lambda: ran.append(2))
    told = record(made.finished)
    with qtbot.waitSignal(made.finished):
        made.start()
    assert ran == [1, 2]
    assert told == [()]


def test_the_start_comes_first(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """No step runs before three seconds have passed."""
    del qtbot
    asked = waits(monkeypatch)
    ran: list[int] = []
    made = warmed(lambda: ran.append(1))
    made.start()
    QCoreApplication.processEvents()
    made.stop()
    assert asked == [3000]
    assert ran == []
    assert made._waited.isValid()  # noqa: SLF001  -- it measures how late the timer comes


def test_nothing_is_left_afterwards(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last step the object and its timer are deleted."""
    Late(monkeypatch, 0)
    made = warmed(lambda: None)
    [timer] = made.findChildren(QTimer)
    with qtbot.waitSignal(made.finished):
        made.start()
    assert not timer.isActive()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(made)


def test_a_call_gets_between_two_steps(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting events are handled after each step."""
    Late(monkeypatch, 0)
    ran: list[str] = []

    def first() -> None:
        ran.append("first")
        QTimer.singleShot(0, lambda: ran.append("call"))

    made = warmed(first, lambda: ran.append("second"), lambda: ran.append("third"))
    with qtbot.waitSignal(made.finished):
        made.start()
    assert ran.index("call") < ran.index("third")


def test_a_busy_moment_is_left_alone(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a late timer the steps wait for another check."""
    Late(monkeypatch, 51, 400, 50)
    asked = waits(monkeypatch)
    made = warmed(lambda: None)
    with qtbot.waitSignal(made.finished):
        made.start()
    looks = len(asked) - 1  # the last one is for the step
    assert looks == 3


def test_an_always_busy_computer_is_warmed_up_in_the_end(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the tenth check the steps run, even on a busy computer."""
    Late(monkeypatch, 10_000)
    asked = waits(monkeypatch)
    ran: list[int] = []
    made = warmed(lambda: ran.append(len(asked)))
    with qtbot.waitSignal(made.finished):
        made.start()
    assert ran == [MOST_LOOKS + 1]


def test_a_failed_step_costs_only_itself(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A step that raises an error is logged once and counted for its part; the next one runs."""
    Late(monkeypatch, 0)
    ran: list[int] = []
    faults = Faults()

    def broken() -> None:
        raise OSError("no such file")

    steps = [(CapabilityKey.AUTOSTART, broken), (CapabilityKey.WINDOW, lambda: ran.append(2))]
    made = WarmUp(steps, faults)
    with qtbot.waitSignal(made.finished):
        made.start()
    assert ran == [2]
    assert faults.parts() == {CapabilityKey.AUTOSTART}
    [said] = caplog.records
    assert said.exc_info is not None
    assert said.exc_info[0] is OSError


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_program_that_ends_warms_up_no_more(monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """After `stop`, early or between two steps, no step runs and `finished` is not emitted."""
    Late(monkeypatch, 0)
    ran: list[int] = []

    def end_the_program() -> None:
        made.stop()

    made = warmed(lambda: ran.append(1), end_the_program, lambda: ran.append(2))
    told = record(made.finished)
    made.start()
    if when == "before":
        made.stop()
    for _turn in range(10):
        QCoreApplication.processEvents()
    assert ran == ([1] if when == "between" else [])
    assert told == []


def test_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources that were read and garbage are dropped. Then the C library gives back the rest."""
    told: list[object] = []

    class Library:
        def __init__(self, name: object) -> None:
            assert name is None

        def malloc_trim(self, kept: int) -> None:
            told.append(kept)

    monkeypatch.setattr("linecache.clearcache", lambda: told.append("sources"))
    monkeypatch.setattr("gc.collect", lambda: told.append("garbage"))
    monkeypatch.setattr("ctypes.CDLL", Library)
    monkeypatch.setattr("sys.platform", "linux")
    give_back_memory()
    assert told == ["sources", "garbage", 0]


def test_the_program_gives_memory_back_when_it_is_ready(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The warm-up of the program gives memory back once, after the pause window is built."""
    built: list[bool] = []
    program: Program
    monkeypatch.setattr(warm_up, "AFTER_START_MS", 0)
    monkeypatch.setattr(
        warm_up, "give_back_memory", lambda: built.append(program.app.flow.window is not None)
    )
    program = start()
    qtbot.waitUntil(lambda: program.app.warm_up is None)
    assert built == [True]


def test_memory_can_be_given_back_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `malloc_trim`, and on other systems, there is no error."""
    give_back_memory()
    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    give_back_memory()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", None)
    give_back_memory()
