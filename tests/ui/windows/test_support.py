"""The window "More support"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from safepause.ui.windows.support import SupportWindow, directory, here
from tests.ui.samples import NAMELESS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> SupportWindow:
    """Return the visible window."""
    made = SupportWindow(NAMELESS)
    qtbot.addWidget(made)
    made.bring_up()
    return made


def test_it_says_what_matters_first(window: SupportWindow) -> None:
    """The limits of SafePause, the emergency number and the safer device come first."""
    said = [label.accessibleName() for label in window.findChildren(QLabel)]
    assert said[1].startswith("SafePause is for everyday arguments. If you feel afraid")
    assert said[2] == "In danger now? Call your local emergency number."
    assert "A safer device may be better." in said[3]


def test_every_entry_is_dated() -> None:
    """Each entry has a contact and the month of its last check."""
    assert len(directory()) == 6
    for entry in directory(here()):
        assert entry.contact
        assert re.fullmatch(r"20\d\d-\d\d", entry.checked)


def test_each_contact_can_be_copied(window: SupportWindow) -> None:
    """Each entry has a button that copies its contact and says so."""
    copies = [button for button in window.findChildren(QPushButton) if button.text() == "Copy"]
    assert len(copies) == len(directory())
    for button, entry in zip(copies, directory(here()), strict=True):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == entry.contact
        assert button.accessibleName() == f"Copy {entry.contact}"
        said = [label.accessibleName() for label in window.findChildren(QLabel)]
        assert f"Copied: {entry.contact}" in said


def test_contacts_can_be_selected(window: SupportWindow) -> None:
    """Each contact can be selected with the keyboard."""
    selectable = Qt.TextInteractionFlag.TextSelectableByKeyboard
    contacts = [
        label.accessibleName()
        for label in window.findChildren(QLabel)
        if label.textInteractionFlags() & selectable
    ]
    assert contacts == [entry.contact for entry in directory(here())]


@pytest.mark.parametrize(
    ("country", "first"),
    [("GB", "0808 2000 247"), ("DE", "116 016"), ("AU", "1800 737 732"), ("JP", "findahelpline")],
)
def test_the_own_country_comes_first(country: str, first: str) -> None:
    """The helplines of the person's country lead the list. Nothing is left out."""
    found = directory(country)
    assert found[0].contact.startswith(first)
    assert set(found) == set(directory())
    assert all(entry.checked for entry in found)
