"""The windows mind their manners: nothing is taken from under a person's hands, nothing unsaid."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QSystemTrayIcon

from safepause.core.ports import NotKept
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.return_page import ReturnPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.app.running import Program


def fill_the_disk(program: Program) -> None:
    """Let nothing be written from now on."""

    def full(_step: object) -> None:
        raise NotKept("disk is full")

    program.opened.store.commit = full  # type: ignore[assignment,method-assign]


def texts(widget: QWidget) -> list[str]:
    """Return what the visible labels in a window say."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def page_of(program: Program) -> type[object]:
    """Return which kind of page the pause's window shows."""
    stage = program.app.flow.window
    assert stage is not None
    return type(stage.page)


def test_a_reminder_takes_no_choice_of_a_time_away(program: Program) -> None:
    """A repeat that comes while a new time is being chosen leaves that page as it is."""
    program.run("pause")
    program.wait(minutes=30)
    stage = program.app.flow.window
    assert stage is not None
    program.press("We need more time...")
    said = len(program.notices)
    program.wait(minutes=2)
    assert len(program.notices) > said
    assert isinstance(stage.page, ExtendPage)
    stage.hide()
    program.wait(minutes=3)
    assert stage.isVisible()
    assert not isinstance(stage.page, ExtendPage)


def test_an_extension_that_cannot_be_saved_is_said(program: Program) -> None:
    """Where the disk is full, the window says that the new time won't survive."""
    program.run("pause")
    fill_the_disk(program)
    program.run("extend", "--minutes", "20")
    stage = program.app.flow.window
    assert stage is not None
    assert any("can't be saved" in text for text in texts(stage))


def test_a_return_that_cannot_be_saved_is_said(program: Program) -> None:
    """Where the disk is full, the window says that the pause may show once more."""
    program.run("pause")
    fill_the_disk(program)
    program.run("return")
    stage = program.app.flow.window
    assert stage is not None
    assert any("may show once more" in text for text in texts(stage))


@pytest.mark.parametrize("way", ["hide", "undo"])
def test_the_home_waits_for_the_pause_to_leave_the_screen(
    program: Program, way: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Without a tray the home window comes, but not over a pause that a person looks at."""
    windows = program.app.windows
    program.run("pause")
    stage = program.app.flow.window
    assert stage is not None
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    program.app.tray.fallback.wait(0, hidden=False)
    qtbot.waitUntil(lambda: windows.home is not None)
    home = windows.home
    assert home is not None
    assert not home.isVisible()
    if way == "hide":
        stage.hide_for_person()
    else:
        program.run("undo")
    assert home.isVisible()
    assert any("no tray" in text for text in texts(home))


def test_past_the_day_other_ways_are_offered(program: Program) -> None:
    """Once no later time is allowed, asking for more time says what else one can do."""
    program.run("pause", "--minutes", "1440")
    program.wait(hours=24, minutes=1)
    program.press("We need more time...")
    stage = program.app.flow.window
    assert stage is not None
    shown = [each.text() for each in stage.findChildren(QPushButton) if each.isVisible()]
    assert "Let it rest together" in shown
    assert any("a day at most" in text for text in texts(stage))


def test_the_heads_up_says_when_not_how_long(program: Program) -> None:
    """The heads-up names the clock time, which stays true while the notification stands."""
    program.run("pause")
    program.wait(minutes=28)
    pause = program.app.service.pause
    assert pause is not None
    assert program.clock.now() == pause.return_at - timedelta(minutes=2)
    assert program.notices[-1].body.startswith("We come back ")
    assert "min" not in program.notices[-1].body


def test_a_clock_set_back_takes_the_return_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the clock says that it isn't time after all, window and notification say so too."""
    taken: list[bool] = []
    program.run("pause")
    program.wait(minutes=30)
    stage = program.app.flow.window
    assert stage is not None
    assert page_of(program) is ReturnPage
    monkeypatch.setattr(program.app.delivery.notifications, "withdraw", lambda: taken.append(True))
    program.clock.instant -= timedelta(seconds=30)
    program.app.events.watch.jumped.emit()
    assert page_of(program) is ReturnPage
    assert not taken
    program.clock.instant -= timedelta(minutes=10)
    program.app.events.watch.jumped.emit()
    assert page_of(program) is not ReturnPage
    assert taken
    assert stage.ticking
    program.wait(minutes=11)
    assert page_of(program) is ReturnPage


def test_past_the_day_the_command_line_names_other_ways(program: Program) -> None:
    """An extension that comes too late is refused with what else one can do."""
    program.run("pause", "--minutes", "1440")
    program.wait(hours=24, minutes=1)
    code, _out, err = program.run("extend", "--minutes", "20")
    assert code == 1
    assert "let it rest together" in err


def test_the_return_leaves_the_keyboard_where_it_is(program: Program) -> None:
    """A window that was in use before comes back at the return without asking for the keys.

    Qt tells the window manager so by this property, which it sets for new windows only.
    """
    program.run("pause")
    stage = program.app.flow.window
    assert stage is not None
    stage.hide_for_person()
    program.wait(minutes=30)
    assert stage.isVisible()
    assert stage.windowHandle().property("_q_showWithoutActivating") is True
    program.run("show")
    assert stage.windowHandle().property("_q_showWithoutActivating") is False
