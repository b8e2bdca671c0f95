"""The quick exit: its button, and Shift three times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget

from safepause.ui.pause.window import PauseWindow
from safepause.ui.windows.base import Window
from safepause.ui.windows.drop_down import DropDown
from safepause.ui.windows.quick_exit import leave_at_once
from tests.fakes import FakeClock
from tests.ui.samples import NAMELESS, record

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SHIFT, LETTER = Qt.Key.Key_Shift, Qt.Key.Key_A


def shown(qtbot: QtBot) -> Window:
    """Return a shown window."""
    window = Window(NAMELESS, QSize(400, 300))
    qtbot.addWidget(window)
    window.bring_up()
    return window


def test_the_button_hides_every_window(qtbot: QtBot) -> None:
    """One click hides this window, the others and a card without a frame."""
    window, other, card = shown(qtbot), shown(qtbot), QWidget(None, Qt.WindowType.ToolTip)
    qtbot.addWidget(card)
    card.show()
    [made] = [each for each in window.findChildren(QPushButton) if each.text() == "Quick exit"]
    made.click()
    assert not any(each.isVisible() for each in (window, other, card))


@pytest.mark.parametrize("made", [QWidget, QLineEdit, QSpinBox, QComboBox, QPushButton])
def test_shift_three_times_hides_every_window(qtbot: QtBot, made: type[QWidget]) -> None:
    """The keys work wherever the focus is."""
    window, other = shown(qtbot), shown(qtbot)
    focused = made()
    focused.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.column.addWidget(focused)
    focused.show()
    focused.setFocus()
    for _press in range(2):
        QTest.keyClick(focused, SHIFT)
    assert window.isVisible()
    QTest.keyClick(focused, SHIFT)
    assert not window.isVisible()
    assert not other.isVisible()


@pytest.mark.qt_log_ignore("not support grabbing the keyboard", extend=True)
def test_shift_three_times_leaves_from_an_open_list(qtbot: QtBot) -> None:
    """The keys work in a list of choices that is open, which is a window of its own."""
    window = shown(qtbot)
    choices = DropDown()
    choices.addItems(["One", "Two"])
    window.column.addWidget(choices)
    choices.show()
    for _time in range(2):  # the second time as the first
        window.show()
        choices.showPopup()
        opened = QApplication.activePopupWidget()
        assert isinstance(opened, QWidget)
        for _press in range(3):
            assert window.isVisible()
            QTest.keyClick(opened.windowHandle(), SHIFT)
        assert not window.isVisible()
        assert not opened.isVisible()


def test_shift_for_capitals_hides_nothing(qtbot: QtBot) -> None:
    """Other keys in between start the count again."""
    window = shown(qtbot)
    for key in (SHIFT, SHIFT, LETTER, SHIFT, SHIFT, LETTER):
        QTest.keyClick(window, key)
    assert window.isVisible()


def test_a_pause_is_hidden_and_nothing_comes_in_its_place(qtbot: QtBot) -> None:
    """The pause window goes without a word, as nobody has closed it in the usual way."""
    window = PauseWindow(FakeClock(), NAMELESS)
    qtbot.addWidget(window)
    hidden = record(window.hidden_by_person)
    window.show()
    for _press in range(3):
        QTest.keyClick(window, SHIFT)
    assert not window.isVisible()
    window.show()
    leave_at_once()
    assert not window.isVisible()
    assert hidden == []
