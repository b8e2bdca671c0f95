"""After the loss of the session bus the program starts again, once nobody uses it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from safepause.app import bus_return, main
from safepause.app.bus_return import BusReturn
from safepause.app.updates import Change
from safepause.core.faults import Faults
from safepause.core.service import PauseService
from tests.app.quiet_bus import FakeSession
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.app.running import Program


class Desk:
    """A program on a bus that can be lost. It counts its restarts."""

    def __init__(self, qt: QApplication, *, lost: bool = False) -> None:
        """Follow a fake bus. `lost`: the bus hung at the start."""
        self.service = PauseService(FakeClock(), MemoryStore(), Faults())
        self.bus = FakeSession(None)
        self.restarts = 0
        self.whole = True
        self.feature = BusReturn(qt, self.service, self.bus, self._restart, lost=lost)  # type: ignore[arg-type]
        self.feature.start()

    def _restart(self) -> bool:
        self.restarts += self.whole
        return self.whole


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    """Return a program on a bus."""
    return Desk(qapp)


def test_a_bus_that_never_went_restarts_nothing(desk: Desk) -> None:
    """The first answer of the bus is no return."""
    desk.bus.came.emit()
    assert desk.restarts == 0


def test_a_bus_that_comes_back_restarts_once(desk: Desk) -> None:
    """The program starts again when the bus answers, not before, and once."""
    desk.bus.lost.emit()
    assert desk.restarts == 0
    desk.bus.came.emit()
    desk.bus.came.emit()
    assert desk.restarts == 1


def test_a_bus_that_hung_at_the_start(qapp: QApplication) -> None:
    """The first answer is the return of a bus that hung at the start."""
    desk = Desk(qapp, lost=True)
    desk.bus.came.emit()
    assert desk.restarts == 1


def test_a_program_whose_files_are_gone_goes_on(desk: Desk) -> None:
    """After an update, or without its files, the program can't start again. It stays."""
    desk.whole = False
    desk.bus.lost.emit()
    desk.bus.came.emit()
    assert desk.restarts == 0
    desk.whole = True
    Couple(desk.service).call()
    Couple(desk.service).come_back()
    assert desk.restarts == 1


def test_changed_files_start_nothing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the running program the return of a bus ends nothing while other files are installed."""
    monkeypatch.setattr(program.app.windows.updates, "change", lambda: Change.GONE)
    program.session.lost.emit()
    program.session.came.emit()
    program.settle()
    assert not program.left


def test_a_pause_is_not_disturbed(desk: Desk) -> None:
    """While a pause stands, the program waits for its end."""
    couple = Couple(desk.service)
    couple.call()
    desk.bus.lost.emit()
    desk.bus.came.emit()
    assert desk.restarts == 0
    couple.come_back()
    assert desk.restarts == 1


@pytest.mark.parametrize("told_by", ["focusWindowChanged", "lastWindowClosed"])
def test_a_window_is_not_taken_away(
    desk: Desk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, told_by: str
) -> None:
    """While a window is open, the program waits until Qt tells that it is gone."""
    open_now = [True]
    monkeypatch.setattr(bus_return, "_window_in_use", lambda: open_now[0])
    desk.bus.lost.emit()
    desk.bus.came.emit()
    assert desk.restarts == 0
    open_now[0] = False
    given = (None,) if told_by == "focusWindowChanged" else ()
    getattr(qapp, told_by).emit(*given)
    assert desk.restarts == 1


def test_the_end_waits_for_nothing(desk: Desk) -> None:
    """After the end of the program nothing is started."""
    desk.bus.lost.emit()
    desk.feature.stop()
    desk.bus.came.emit()
    assert desk.restarts == 0


def test_only_an_open_window_counts(program: Program) -> None:
    """An open window is in use. A hidden one, and the minimised home window, is not."""
    assert not bus_return._window_in_use()  # noqa: SLF001
    program.app.windows.show_home()
    assert bus_return._window_in_use()  # noqa: SLF001
    home = program.app.windows.home
    assert home is not None
    home.showMinimized()
    assert not bus_return._window_in_use()  # noqa: SLF001
    home.hide()
    assert not bus_return._window_in_use()  # noqa: SLF001


def test_a_minimised_page_counts(program: Program) -> None:
    """The page after a pause may hold a person's words, so it is in use while it is minimised."""
    program.run("pause")
    program.run("return")
    program.window.showMinimized()
    assert bus_return._window_in_use()  # noqa: SLF001
    program.window.hide()
    assert not bus_return._window_in_use()  # noqa: SLF001


def test_the_program_ends_to_start_again(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    """In the running program the return of a bus ends the event loop, with the wish to start."""
    caplog.set_level(logging.INFO)
    program.session.lost.emit()
    program.session.came.emit()
    program.settle()
    assert program.left
    assert program.app.ending.again
    assert program.app.ending.hidden
    assert program.app.ending.for_bus
    assert "the program starts again" in caplog.text


def test_the_new_process_is_hidden() -> None:
    """The new process gets the arguments of this one, with one `--hidden`."""
    told: list[tuple[str, list[str]]] = []
    for argv in (["python", "-m", "safepause", "--hidden"], ["python", "/bin/safepause"]):
        main.start_again("/py", argv, hidden=True, execute=lambda *call: told.append(call))
    assert told == [
        ("/py", ["/py", "-m", "safepause", "--hidden"]),
        ("/py", ["/py", "/bin/safepause", "--hidden"]),
    ]
