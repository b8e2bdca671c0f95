"""Room for texts: long names and long translations, in windows of any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QLineEdit

from safepause.i18n import setting_words
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.breathing_parts import Part
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.settings.pages import Tab
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.tray.actions import Actions
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.home import HomeWindow, NameButton
from safepause.ui.windows.support import SupportWindow
from tests.fakes import FakeClock
from tests.ui.samples import outcome, pause, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pause.scene import Scene

LONG = "Alexandra-Maximiliane von Hohenstein"


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    """Return actions for two people with long names."""
    del qtbot
    made = Actions(FakeClock())
    made.update(None, settings(name1=LONG, name2="M" * 60))
    yield made
    made.minute.follow(None)


def test_names_at_home_give_way(qtbot: QtBot, actions: Actions) -> None:
    """Names are shown in full at first. In a narrow window they end in an ellipsis."""
    window = HomeWindow(actions, settings())
    qtbot.addWidget(window)
    window.bring_up()
    names = window.findChildren(NameButton)
    assert [name.shown_text for name in names] == [name.text() for name in names]
    window.setMinimumSize(0, 0)  # as on a small screen
    window.resize(350, 500)
    qtbot.waitUntil(lambda: window.area.width() <= 350)
    assert window.area.horizontalScrollBar().maximum() == 0
    assert all("\u2026" in name.shown_text for name in names)
    before = [name.grab().toImage() for name in names]
    for name in names:
        name.setText(name.shown_text)
    assert [name.grab().toImage() for name in names] == before


def test_home_needs_no_sideways_scrolling_in_a_pause(qtbot: QtBot, actions: Actions) -> None:
    """At 200 % on a small screen, long words of the quiet buttons stand in two rows."""
    window = HomeWindow(actions, settings())
    qtbot.addWidget(window)
    actions.update(pause(), settings())
    for action in (actions.agreement, actions.settings, actions.support):
        action.setText("Unsere lange Absprache")
    window.bring_up()
    for width in (900, 496, 900, 496):
        window.resize(width, 336)
        QApplication.processEvents()
        assert window.area.horizontalScrollBar().maximum() == 0


def test_the_outcome_of_a_pause_is_whole_in_a_narrow_window(qtbot: QtBot) -> None:
    """Sentence and time are shown in full."""
    window = HistoryWindow(FakeClock(), settings())
    qtbot.addWidget(window)
    window.show_outcomes([outcome(number) for number in range(1, 20)])
    window.bring_up()
    window.resize(496, 336)
    QApplication.processEvents()
    shown = window.table
    assert shown.horizontalScrollBar().maximum() == 0
    letters = shown.fontMetrics()
    for row in range(19):
        for line in str(window.model.index(row, 0).data()).split("\n"):
            assert letters.horizontalAdvance(line) < shown.viewport().width() - 48


def test_windows_grow_with_large_letters(qtbot: QtBot, larger_letters: Callable[[], None]) -> None:
    """With large letters a window is wider, as far as the screen has room."""
    usual = SupportWindow(settings())
    qtbot.addWidget(usual)
    usual.bring_up()
    larger_letters()
    large = SupportWindow(settings())
    qtbot.addWidget(large)
    large.bring_up()
    assert usual.width() < large.width() <= large.screen().availableGeometry().width()


def test_settings_are_as_wide_as_their_words(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each choice is shown in full, on both pages, and a long name from its start."""
    monkeypatch.setattr(
        setting_words, "choice", lambda key, _names=None: f"{key}, with a great many words more"
    )
    window = SettingsWindow(settings(name1=LONG))
    qtbot.addWidget(window)
    window.bring_up()
    for tab in Tab:
        window.open(tab)
        QApplication.processEvents()
        shown = [box for box in window.findChildren(QComboBox) if box.isVisible()]
        assert all(box.width() >= box.sizeHint().width() for box in shown)
        assert window.area.horizontalScrollBar().maximum() == 0
    name = window.fields["name1"].field
    assert isinstance(name, QLineEdit)
    assert name.cursorPosition() == 0


def test_the_note_stands_in_the_orbs_place(scene: Scene) -> None:
    """The health note is where the orb will be, and is gone while breathing."""
    scene.window.use(settings(technique="box", theme="light"))
    scene.window.show_pause(pause(), fresh=True)
    scene.up()
    scene.wait(6)
    page = scene.window.page
    assert isinstance(page, BreathingPage)
    assert page.part is Part.NOTE
    scene.window.show_pause(pause(), fresh=False)
    assert (page.note.isVisible(), page.orb.isVisible()) == (True, False)
    middle = page.note.geometry().center()
    scene.click("Breathe with holds")
    assert (page.note.isVisible(), page.orb.isVisible()) == (False, True)
    scene.settle()
    assert page.orb.geometry().contains(middle)


def test_an_idea_is_as_high_as_its_words(qtbot: QtBot) -> None:
    """In a narrow window, no line of the idea is cut off."""
    page = RestPage(FakeClock())
    page.setStyleSheet('QLabel[role="say"] { font-size: 30px; }')
    qtbot.addWidget(page)
    page.resize(420, 400)
    page.show()
    cards = [frame for frame in page.findChildren(QFrame) if frame.property("role") == "card"]
    shown = [each for card in cards for each in card.findChildren(QLabel)]
    assert len(shown) == 2
    assert all(each.height() >= each.heightForWidth(each.width()) for each in shown)
