"""The home where there is no tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from safepause.ui.tray.actions import Actions
from safepause.ui.windows.home import HomeWindow
from tests.fakes import FakeClock
from tests.ui.samples import NAMELESS, pause, record, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    """Actions of an idle program."""
    del qtbot
    made = Actions(FakeClock())
    yield made
    made.minute.follow(None)


@pytest.fixture
def home(qtbot: QtBot, actions: Actions) -> HomeWindow:
    """The window, on screen."""
    window = HomeWindow(actions, NAMELESS)
    qtbot.addWidget(window)
    window.bring_up()
    return window


def buttons(home: HomeWindow) -> list[str]:
    """Return what the visible buttons say, without direction marks."""
    return [
        button.text().replace("\u2068", "").replace("\u2069", "")
        for button in home.findChildren(QPushButton)
        if button.isVisible()
    ]


def press(home: HomeWindow, text: str) -> None:
    """Click the visible button that says `text`."""
    [found] = [
        button
        for button in home.findChildren(QPushButton)
        if button.text() == text and button.isVisible()
    ]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_idle_home_offers_the_menu(home: HomeWindow, actions: Actions) -> None:
    """Everything of the idle menu is a button, names included."""
    actions.update(None, settings(name1="Alex", name2="Sam"))
    assert set(buttons(home)) == {
        "Pause now",
        "I need a pause - Alex",
        "I need a pause - Sam",
        "Pause for\u2026",
        "Just breathe",
        "Our agreement",
        "Our pauses",
        "Settings",
        "More support",
        "Quit",
    }


def test_paused_home_offers_the_menu(home: HomeWindow, actions: Actions) -> None:
    """While a pause stands it offers what the paused menu does; used up, a line that says so."""
    actions.update(pause(), NAMELESS)
    assert set(buttons(home)) == {
        "Show",
        "We're both here",
        "We need more time",
        "Our agreement",
        "Settings",
        "More support",
        "Quit",
    }
    actions.update(pause(extensions=2), NAMELESS)
    assert "We need more time" not in buttons(home)
    assert "Extra time is used up for now" in buttons(home)


def test_buttons_request(home: HomeWindow, actions: Actions) -> None:
    """A click requests the same as the menu's line."""
    asked, breathe = record(actions.pause_requested), record(actions.breathe_requested)
    press(home, "Pause now")
    press(home, "Just breathe")
    assert (asked, breathe) == ([(None,)], [()])


def test_enter_presses_the_focused_button(home: HomeWindow, actions: Actions) -> None:
    """Enter does what Space does: presses the button that has the focus."""
    quit_asked = record(actions.quit_requested)
    next(button for button in home.findChildren(QPushButton) if button.text() == "Quit").setFocus()
    QTest.keyClick(home, Qt.Key.Key_Return)
    assert quit_asked == [()]


def test_no_tray_is_said_once(home: HomeWindow) -> None:
    """That there is no tray is said once, and not again after it was read."""
    assert "All right" not in buttons(home)
    home.say_no_tray()
    assert "All right" in buttons(home)
    press(home, "All right")
    home.say_no_tray()
    assert "All right" not in buttons(home)


def test_esc_hides(home: HomeWindow) -> None:
    """Esc takes the window away; it can be brought up again."""
    QTest.keyClick(home, Qt.Key.Key_Escape)
    assert not home.isVisible()
    home.bring_up()
    assert home.isVisible()


def test_building_it_flashes_nothing(qtbot: QtBot, actions: Actions) -> None:
    """No part of the window stands on screen by itself while it is being built."""
    window = HomeWindow(actions, NAMELESS)
    qtbot.addWidget(window)
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_shortcut_is_no_part_of_a_button(home: HomeWindow, actions: Actions) -> None:
    """Keys that stand beside the menu's line don't stand on the button."""
    actions.set_shortcut_text("Super+P")
    assert "Pause now" in buttons(home)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_long_names_fit(home: HomeWindow, actions: Actions, theme: str) -> None:
    """Two names of 60 wide letters leave the window its width, in either theme."""
    width = home.width()
    long = settings(name1="W" * 60, name2="& _" * 20, theme=theme)
    home.use(long)
    actions.update(None, long)
    QApplication.processEvents()
    viewport = home.area.viewport().width()
    assert home.width() == width
    assert home.column.geometry().width() <= viewport


def test_home_stands_by_where_no_one_asked(qtbot: QtBot, actions: Actions) -> None:
    """Standing by is to be minimised, without the keyboard; asked for, the window comes up."""
    window = HomeWindow(actions, NAMELESS)
    qtbot.addWidget(window)
    window.stand_by()
    assert window.isMinimized()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.bring_up()
    assert window.isVisible()
    assert not window.isMinimized()
    window.stand_by()
    assert not window.isMinimized()
