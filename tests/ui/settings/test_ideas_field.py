"""The editor of the couple's own ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from safepause.core.settings.catalogue import declared
from safepause.core.settings.ideas import MOST_IDEAS
from safepause.i18n.rest_words import own_ideas
from safepause.ui.settings.field import SettingField
from safepause.ui.settings.ideas_field import IdeasField
from tests.ui.samples import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

OWN = "\n".join(own_ideas())


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[SettingField]:
    """Return the field of the ideas, above a line that can have the keyboard."""
    form = QWidget()
    column = QVBoxLayout(form)
    made = SettingField(declared("ideas"), "")
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    yield made
    form.close()


def editor(field: SettingField) -> IdeasField:
    """Return the editor of a field."""
    assert isinstance(field.field, IdeasField)
    return field.field


def press(field: SettingField, name: str) -> None:
    """Press the button called `name`."""
    (found,) = [each for each in field.findChildren(QPushButton) if each.text() == name]
    found.click()


def test_shows_what_is_used(field: SettingField) -> None:
    """SafePause's ideas are shown until the couple has its own. Looking changes nothing."""
    heard = record(field.set_requested)
    edit = editor(field).edit
    assert edit.toPlainText() == OWN
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert not edit.hasFocus()
    assert edit.accessibleName() == "Ideas for a pause"
    press(field, "Keep these ideas")
    assert heard == []
    field.show_value("Tea\nThe balcony")
    assert edit.toPlainText() == "Tea\nThe balcony"


def test_kept_when_left(field: SettingField) -> None:
    """What was written is kept once, when the keyboard leaves or the button is pressed."""
    heard = record(field.set_requested)
    edit = editor(field).edit
    edit.setFocus()
    edit.setPlainText(" Tea\n\nThe balcony")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    press(field, "Keep these ideas")
    assert heard == [("ideas", "Tea\nThe balcony")]


def test_back_to_safepauses_own(field: SettingField) -> None:
    """A button brings SafePause's ideas back, in the language of the day."""
    field.show_value("Tea")
    heard = record(field.set_requested)
    press(field, "Use SafePause's ideas")
    assert heard == [("ideas", "")]
    assert editor(field).edit.toPlainText() == OWN


def test_an_empty_list_is_safepauses_own(field: SettingField) -> None:
    """Without any line, SafePause's ideas are used, and shown."""
    field.show_value("Tea")
    heard = record(field.set_requested)
    editor(field).edit.setPlainText("")
    press(field, "Keep these ideas")
    assert heard == [("ideas", "")]
    assert editor(field).edit.toPlainText() == OWN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 81, "An idea has 80 letters at most."),
        ("\n".join(map(str, range(MOST_IDEAS + 1))), "The list has 20 ideas at most."),
        ("a" * 20_000, "An idea has 80 letters at most."),
    ],
)
def test_bad_input_is_a_sentence(field: SettingField, text: str, sentence: str) -> None:
    """A list that is refused is told why, and stays to be corrected."""
    heard = record(field.set_requested)
    edit = editor(field).edit
    edit.setPlainText(text)
    press(field, "Keep these ideas")
    assert heard == []
    assert field.note == sentence
    assert edit.toPlainText() == text
    edit.setPlainText("Tea")
    press(field, "Keep these ideas")
    assert heard == [("ideas", "Tea")]
    assert field.note == ""
