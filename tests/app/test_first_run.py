"""The first page comes once and never before a call, and it says what is true on this desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.core.origin import Origin
from safepause.core.ports import NotKept
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.windows.first_run import FirstRunWindow
from safepause.ui.windows.home import HomeWindow
from tests.app.quiet_bus import QuietBus
from tests.app.running import Program
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from safepause.app.first_run import FirstRun


@pytest.fixture
def begin(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Program]]:
    """Return a function that starts programs on one folder, on which nobody was welcomed yet."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    monkeypatch.setattr("safepause.app.application.TRAY_PATIENCE_MS", 3_600_000)
    clock, programs = FakeClock(), list[Program]()

    def begin(*, hidden: bool = False, welcomed: bool = False) -> Program:
        bus = QuietBus()
        programs.append(Program(tmp_path, qapp, clock, bus, hidden=hidden, welcomed=welcomed))
        return programs[-1]

    yield begin
    for program in reversed(programs):
        program.close()


def first_run(program: Program) -> FirstRun:
    """Return the first run, which must be built."""
    assert program.app.first_run is not None
    return program.app.first_run


def page(program: Program) -> FirstRunWindow:
    """Return the first page, which must be open."""
    found = program.shown(FirstRunWindow)
    assert found is not None
    return found


def test_the_first_start_shows_the_page_instead_of_home(begin: Callable[..., Program]) -> None:
    """The first start that a person sees shows the page, and not the home window."""
    program = begin()
    assert program.shown(FirstRunWindow) is not None
    assert program.shown(HomeWindow) is None
    assert program.app.service.settings.flag("welcomed")


def test_a_start_at_a_login_shows_nothing(begin: Callable[..., Program]) -> None:
    """A hidden start shows no page. The first time that a person opens SafePause does."""
    program = begin(hidden=True)
    assert program.shown(FirstRunWindow) is None
    program.app.show()
    assert program.shown(FirstRunWindow) is not None


def test_the_second_time_shows_home(begin: Callable[..., Program]) -> None:
    """Whoever opens SafePause again gets the home window, in this run and in the next one."""
    program = begin()
    page(program).close()
    program.app.show()
    assert program.shown(HomeWindow) is not None
    program.close()
    again = begin()
    assert again.shown(FirstRunWindow) is None
    assert again.shown(HomeWindow) is not None


def test_it_comes_after_the_first_pause(begin: Callable[..., Program]) -> None:
    """A pause that came first is not disturbed. The page comes when its talk has left."""
    program = begin(hidden=True)
    program.run("pause")
    assert program.shown(FirstRunWindow) is None
    program.run("return")
    assert isinstance(program.page, RestartPage)
    assert program.shown(FirstRunWindow) is None
    program.window.hide_for_person()
    assert program.shown(FirstRunWindow) is not None


def test_it_comes_after_a_first_pause_that_was_let_go(begin: Callable[..., Program]) -> None:
    """A first pause that ends without a talk is followed by the page, too."""
    program = begin(hidden=True)
    program.run("pause")
    program.run("let-go")
    assert program.shown(FirstRunWindow) is not None


def test_a_slip_brings_no_page(begin: Callable[..., Program]) -> None:
    """A call that was undone is no first pause."""
    program = begin(hidden=True)
    program.run("pause")
    program.run("undo")
    assert program.shown(FirstRunWindow) is None


def test_an_end_that_is_undone_closes_it(begin: Callable[..., Program]) -> None:
    """A pause that stands again has the screen for itself."""
    program = begin(hidden=True)
    program.run("pause")
    program.run("let-go")
    assert program.shown(FirstRunWindow) is not None
    program.run("undo")
    assert program.shown(FirstRunWindow) is None


def test_a_call_closes_it(begin: Callable[..., Program]) -> None:
    """The page does not stand in the way of a call."""
    program = begin()
    program.run("pause")
    assert program.shown(FirstRunWindow) is None
    assert program.app.flow.visible


def test_to_forget_everything_makes_it_due_again(begin: Callable[..., Program]) -> None:
    """After everything was deleted, the program knows nobody."""
    program = begin()
    program.app.service.forget_all(program.clock.now(), Origin.WINDOW)
    assert first_run(program).due


def test_a_name_is_kept(begin: Callable[..., Program]) -> None:
    """A name that is typed is kept. A name that can't be is answered with a sentence."""
    program = begin()
    page(program).set_requested.emit("name1", "Alex")
    assert program.app.service.settings.text("name1") == "Alex"
    page(program).set_requested.emit("name2", "S\x07m")
    assert program.says("control characters")
    assert not program.app.service.settings.text("name2")


def test_a_full_disk_is_told(begin: Callable[..., Program]) -> None:
    """A name that could not be written is told of. The page opens on a full disk, too."""
    program = begin(hidden=True)

    def refuse(*_given: object) -> None:
        raise NotKept("the disk is full")

    program.patch.setattr(program.opened.store, "set", refuse)
    program.app.show()
    page(program).set_requested.emit("name1", "Alex")
    assert program.says("the disk is full")


def test_it_shows_the_keys_that_work(begin: Callable[..., Program]) -> None:
    """The page shows the keys that the desktop has given, and no others."""
    program = begin()
    caps = [cap.text() for cap in page(program).caps]
    assert "+".join(caps) == first_run(program).keys_shown


def test_without_a_tray_it_says_what_to_do(begin: Callable[..., Program]) -> None:
    """The page names no icon that is not there, and home is shown once it is closed."""
    program = begin()
    program.patch.setattr(program.app.tray.tray, "available", lambda: False)
    program.app.tray.fallback._look()  # noqa: SLF001
    assert program.shown(HomeWindow) is None
    assert program.says("This desktop has no tray.")
    page(program).close()
    assert program.shown(HomeWindow) is not None


def test_a_tray_that_comes_late_is_shown(begin: Callable[..., Program]) -> None:
    """Where the icon stands in a tray, the page says so."""
    program = begin()
    program.patch.setattr(program.app.tray.tray, "available", lambda: True)
    program.app.windows.take_back_no_tray()
    assert program.says("click on this sign in your panel.")
    assert not program.says("This desktop has no tray.")
