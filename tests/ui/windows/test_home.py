"""The home window, for desktops without a tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from safepause.ui.tray.actions import Actions
from safepause.ui.windows.home import HomeWindow
from tests.fakes import FakeClock
from tests.ui.samples import NAMELESS, pause, record, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    """Return actions without a pause."""
    del qtbot
    made = Actions(FakeClock())
    yield made
    made.minute.follow(None)


@pytest.fixture
def home(qtbot: QtBot, actions: Actions) -> HomeWindow:
    """Return the visible window."""
    window = HomeWindow(actions, NAMELESS)
    qtbot.addWidget(window)
    window.bring_up()
    return window


def buttons(home: HomeWindow) -> list[str]:
    """Return the texts of the visible buttons, without direction marks."""
    return [
        button.text().replace("\u2068", "").replace("\u2069", "")
        for button in home.findChildren(QPushButton)
        if button.isVisible()
    ]


def labels(home: HomeWindow) -> list[str]:
    """Return the visible texts that are no buttons."""
    return [each.text() for each in home.findChildren(QLabel) if each.isVisible()]


def press(home: HomeWindow, text: str) -> None:
    """Click the visible button that says `text`."""
    [found] = [
        button
        for button in home.findChildren(QPushButton)
        if button.text() == text and button.isVisible()
    ]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_home_says_what_clicks_on_the_icon_do(qtbot: QtBot) -> None:
    """Where a click opens the menu, the window says so, as long as there is a tray."""
    home = HomeWindow(Actions(FakeClock(), menu_at_click=True), NAMELESS)
    qtbot.addWidget(home)
    home.bring_up()
    said = "The icon: one click opens its menu, two clicks call a pause."
    assert said in labels(home)
    assert "Pause now" in buttons(home)
    home.say_no_tray()
    assert said not in labels(home)
    home.take_back_no_tray()
    assert said in labels(home)


def test_home_says_nothing_of_clicks_where_one_click_calls(home: HomeWindow) -> None:
    """Where one click calls a pause, the window does not speak of clicks."""
    assert not [text for text in labels(home) if "click" in text]


def test_idle_home_offers_the_menu(home: HomeWindow, actions: Actions) -> None:
    """Each action of the menu has a button, names included."""
    actions.update(None, settings(name1="Alex", name2="Sam"))
    assert set(buttons(home)) == {
        "Pause now",
        "I need a pause - Alex",
        "I need a pause - Sam",
        "Pause for\u2026",
        "Just breathe",
        "Practise",
        "Our agreement",
        "Our pauses",
        "Settings",
        "How it works",
        "More support",
        "Quit",
        "Quick exit",
    }


def test_paused_home_offers_the_menu(home: HomeWindow, actions: Actions) -> None:
    """During a pause, each action of the menu has a button."""
    actions.update(pause(), NAMELESS)
    assert set(buttons(home)) == {
        "Show",
        "We're both here\u2026",
        "We need more time",
        "Our agreement",
        "Settings",
        "More support",
        "Quit",
        "Quick exit",
    }
    actions.update(pause(extensions=2), NAMELESS)
    assert "We need more time" not in buttons(home)
    assert "Extra time is used up for now" in buttons(home)


def test_buttons_request(home: HomeWindow, actions: Actions) -> None:
    """A click on a button emits the request of its action."""
    asked, breathe = record(actions.pause_requested), record(actions.breathe_requested)
    press(home, "Pause now")
    press(home, "Just breathe")
    assert (asked, breathe) == ([(None,)], [()])


def test_enter_presses_the_focused_button(home: HomeWindow, actions: Actions) -> None:
    """Enter presses the focused button."""
    quit_asked = record(actions.quit_requested)
    next(button for button in home.findChildren(QPushButton) if button.text() == "Quit").setFocus()
    QTest.keyClick(home, Qt.Key.Key_Return)
    assert quit_asked == [()]


def test_no_tray_is_said_once(home: HomeWindow) -> None:
    """The sentence that there is no tray is shown once, until "All right"."""
    assert "All right" not in buttons(home)
    home.say_no_tray()
    assert "All right" in buttons(home)
    press(home, "All right")
    home.say_no_tray()
    assert "All right" not in buttons(home)


def test_a_tray_that_comes_takes_the_sentence_away(home: HomeWindow) -> None:
    """When a tray comes, the sentence that there is none is hidden."""
    home.say_no_tray()
    home.take_back_no_tray()
    assert "All right" not in buttons(home)


def test_a_sentence_is_shown_and_hidden(home: HomeWindow) -> None:
    """A sentence stays at the top until the next one. An empty one hides it."""
    for sentence in ("Saved nowhere.", "The disk is full.", ""):
        home.tell(sentence)
        shown = [each.accessibleName() for each in home.findChildren(QLabel) if each.isVisible()]
        told = {"Saved nowhere.", "The disk is full."} & set(shown)
        assert told == ({sentence} if sentence else set())


def test_esc_hides(home: HomeWindow) -> None:
    """Esc hides the window. It can be shown again."""
    QTest.keyClick(home, Qt.Key.Key_Escape)
    assert not home.isVisible()
    home.bring_up()
    assert home.isVisible()


def test_building_it_flashes_nothing(qtbot: QtBot, actions: Actions) -> None:
    """A window that is built and not shown has no visible part."""
    window = HomeWindow(actions, NAMELESS)
    qtbot.addWidget(window)
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_shortcut_is_no_part_of_a_button(home: HomeWindow, actions: Actions) -> None:
    """A button doesn't show the keys of the shortcut."""
    actions.set_shortcut_text("Super+P")
    assert "Pause now" in buttons(home)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_long_names_fit(home: HomeWindow, actions: Actions, theme: str) -> None:
    """Two names of 60 characters don't widen the window, with either theme."""
    width = home.width()
    long = settings(name1="W" * 60, name2="& _" * 20, theme=theme)
    home.use(long)
    actions.update(None, long)
    QApplication.processEvents()
    viewport = home.area.viewport().width()
    assert home.width() == width
    assert home.column.geometry().width() <= viewport


def test_home_stands_by_where_no_one_asked(qtbot: QtBot, actions: Actions) -> None:
    """The window is shown minimised, without the keyboard. A request of a person shows it."""
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
