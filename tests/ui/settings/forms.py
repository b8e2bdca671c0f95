"""How the tests of the settings window find its labels, fields and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from safepause.ui.settings.boxes import CountBox
from safepause.ui.settings.tabs import Tabs

if TYPE_CHECKING:
    from safepause.ui.settings.window import SettingsWindow


def texts(window: SettingsWindow) -> list[str]:
    """Return the texts of the visible labels."""
    return [
        label.accessibleName() for label in window.findChildren(QLabel) if label.isVisibleTo(window)
    ]


def press(window: SettingsWindow, text: str) -> None:
    """Click the visible button that says `text`."""
    [found] = [
        each
        for each in window.findChildren(QPushButton)
        if each.text() == text and each.isVisible()
    ]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def turn(window: SettingsWindow, name: str) -> None:
    """Click the tab with this name."""
    tabs = window.findChild(Tabs)
    assert isinstance(tabs, Tabs)
    [index] = [each for each in range(tabs.count()) if tabs.tabText(each) == name]
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(tabs, left, pos=tabs.tabRect(index).center())


def line(window: SettingsWindow, key: str) -> QLineEdit:
    """Return the line of a setting that is a text."""
    found = window.fields[key].field
    assert isinstance(found, QLineEdit)
    return found


def count(window: SettingsWindow, key: str) -> CountBox:
    """Return the field of a setting that is a number."""
    found = window.fields[key].field
    assert isinstance(found, CountBox)
    return found
