"""The windows of the whole program: which is shown when, and what it says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel, QPushButton

from safepause.app import doors
from safepause.core.ports import NotKept
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.home import HomeWindow
from tests.app import scenes
from tests.fakes import at
from tests.ui.pause.scene import ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from safepause.core.pause import Pause
    from safepause.core.settings.catalogue import Settings
    from tests.app.running import Program


def fill_the_disk(program: Program) -> None:
    """Make every commit fail from now on."""

    def full(*_step: object) -> None:
        raise NotKept("disk is full")

    program.opened.store.commit = full  # type: ignore[assignment,method-assign]


def texts(widget: QWidget) -> list[str]:
    """Return the texts of the visible labels in a window."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def page_of(program: Program) -> type[object]:
    """Return the class of the page in the pause window."""
    stage = program.app.flow.window
    assert stage is not None
    return type(stage.page)


def test_a_reminder_takes_no_choice_of_a_time_away(program: Program) -> None:
    """A repeat does not replace the page on which a new time is being chosen."""
    program.run("pause")
    program.wait(minutes=30)
    stage = program.app.flow.window
    assert stage is not None
    program.press("Not ready yet")
    said = len(program.notices)
    program.wait(minutes=2)
    assert len(program.notices) > said
    assert isinstance(stage.page, ExtendPage)
    stage.hide()
    program.wait(minutes=3)
    assert stage.isVisible()
    assert not isinstance(stage.page, ExtendPage)


def test_an_extension_that_cannot_be_saved_is_said(program: Program) -> None:
    """On a full disk the window says that the new time is not saved."""
    program.run("pause")
    fill_the_disk(program)
    program.run("extend", "--minutes", "20")
    stage = program.app.flow.window
    assert stage is not None
    assert any("can't be saved" in text for text in texts(stage))


def test_a_return_that_cannot_be_saved_is_said(program: Program) -> None:
    """On a full disk the window says that the pause may show once more."""
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
    """Without a tray the home window is shown after the pause window is hidden."""
    windows = program.app.windows
    program.run("pause")
    stage = program.app.flow.window
    assert stage is not None
    monkeypatch.setattr(program.app.tray.tray, "available", lambda: False)
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
    """If no later time is allowed, the page of new times offers other ways."""
    program.run("pause", "--minutes", "1440")
    program.wait(hours=24, minutes=1)
    program.press("Not ready yet")
    stage = program.app.flow.window
    assert stage is not None
    shown = [each.text() for each in stage.findChildren(QPushButton) if each.isVisible()]
    assert {"Let it rest today", "Ten small minutes", "Someone you both trust"} <= set(shown)
    assert any("a day at most" in text for text in texts(stage))


def test_the_heads_up_says_when_not_how_long(program: Program) -> None:
    """The heads-up has the time of the return, and no number of minutes."""
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
    """If the clock is set back before the return, its page and its notification go.

    This is a computer that can't measure by how much the clock was set back.
    """
    taken: list[bool] = []
    program.clock.has_steady = False
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
    assert ticks(stage)
    program.wait(minutes=11)
    assert page_of(program) is ReturnPage


def test_past_the_day_the_command_line_names_other_ways(program: Program) -> None:
    """On the command line a late extension is refused with other ways."""
    program.run("pause", "--minutes", "1440")
    program.wait(hours=24, minutes=1)
    code, _out, err = program.run("extend", "--minutes", "20")
    assert code == 1
    assert "let it rest" in err


def test_the_return_leaves_the_keyboard_where_it_is(program: Program) -> None:
    """A window that was used before comes back at the return without the keyboard.

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


def test_past_pauses_are_listed(program: Program) -> None:
    """The list has a row for each past pause, one that has ended since it was opened included."""
    for rows in (1, 2):
        program.run("pause")
        program.run("return")
        program.app.windows.show_history()
        history = program.shown(HistoryWindow)
        assert history is not None
        assert history.model.rowCount() == rows


def test_the_home_window_stands_by_minimised(program: Program) -> None:
    """The home window can be shown minimised."""
    program.app.windows.stand_by()
    home = program.shown(HomeWindow)
    assert home is not None
    assert home.isMinimized()


def test_what_is_shown_without_a_pause_comes_up_again(program: Program) -> None:
    """A minimised pause window without a pause is the one that `show` brings up."""
    program.run("breathe")
    program.window.showMinimized()
    program.app.show()
    assert not program.window.isMinimized()
    assert program.shown(HomeWindow) is None


def test_the_end_removes_every_window(program: Program) -> None:
    """The end of the program removes all windows, shown and hidden ones."""
    scenes.paused(program)
    scenes.windows(program)
    mine = [program.window, *program.app.windows._all()]  # noqa: SLF001
    assert len(mine) == 5
    program.stop()
    assert not any(each.isVisible() for each in mine)
    program.settle()
    assert not any(map(shiboken6.isValid, mine))


def test_a_new_return_time_is_shown(program: Program) -> None:
    """The open pause window shows a new time that was set elsewhere."""
    program.run("pause")
    program.run("extend", "--minutes", "20")
    page = program.page
    assert isinstance(page, BreathingPage)
    assert at(50) in page.promise.text()


def test_the_offer_of_autostart_needs_no_scrolling(program: Program) -> None:
    """The window grows for the offer of the autostart."""
    program.run("pause")
    program.run("return")
    page = program.page
    assert page is not None
    program.settle()
    assert page.area.verticalScrollBar().maximum() == 0
    assert page.height() >= page.wanted(page.width()).height()


class Cards:
    """A fake of the cards on other screens. It records what they get."""

    made: Cards

    def __init__(self, *_values: object) -> None:
        """Start without records."""
        self.followed: list[tuple[bool, str]] = []
        Cards.made = self

    def follow(self, pause: Pause | None, settings: Settings) -> None:
        """Record whether a pause stands, and the setting."""
        self.followed.append((pause is not None, settings.text("screens")))


def test_the_other_screens_follow(
    start: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cards on other screens get each change of pause and setting, also after a restart."""
    monkeypatch.setattr(doors, "other_screens", lambda: Cards)
    first = start()
    scenes.ended(first)
    first.run("pause")
    first.run("settings", "set", "screens", "all")
    cards = Cards.made
    assert cards.followed == [(True, "all")]
    first.run("return")
    assert cards.followed[1:] == [(False, "all")]
    first.run("settings", "set", "screens", "pointer")
    assert cards.followed[2:] == [(False, "pointer")]
    first.run("settings", "set", "screens", "all")
    first.run("pause")
    assert cards.followed[-1] == (True, "all")
    first.stop()
    start().app.show()
    assert Cards.made is not cards
    assert Cards.made.followed == [(True, "all")]
