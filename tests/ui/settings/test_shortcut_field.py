"""The field that records a shortcut, and the text if no shortcut is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from safepause.core.shortcut.binding_lines import ShortcutView, ready_lines
from safepause.core.shortcut.keys import POSITIONS, parse_keys
from safepause.ui.settings.pages import Tab
from safepause.ui.settings.shortcut_field import ShortcutField
from safepause.ui.settings.window import SettingsWindow
from tests.ui.samples import NAMELESS, record, settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot) -> SettingsWindow:
    """Return the visible window with the page of the shortcut."""
    made = SettingsWindow(NAMELESS)
    qtbot.addWidget(made)
    made.open(Tab.COMPUTER)
    made.bring_up()
    return made


@pytest.fixture
def heard(window: SettingsWindow) -> list[tuple[object, ...]]:
    """Return what the window requests."""
    return record(window.set_requested)


def keys(window: SettingsWindow, key: str = "shortcut") -> ShortcutField:
    """Return the field of a shortcut."""
    found = window.fields[key].field
    assert isinstance(found, ShortcutField)
    return found


def test_keys_are_recorded(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """After a click, the next keys are requested. The field shows them once they are set."""
    field = keys(window)
    assert field.text() == "Ctrl+Alt+P"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.text() == "Press keys, Esc for none"
    QTest.keyClick(field, Qt.Key.Key_F9, CONTROL | SHIFT)
    assert heard == [("shortcut", "Ctrl+Shift+F9")]
    assert not field.recording
    window.use(settings(shortcut="Ctrl+Shift+F9"))
    assert field.text() == "Ctrl+Shift+F9"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_no_keys(window: SettingsWindow, heard: list[tuple[object, ...]], key: Qt.Key) -> None:
    """Esc, Backspace and Delete request no keys, and don't close the window."""
    keys(window).click()
    QTest.keyClick(keys(window), key)
    assert heard == [("shortcut", "")]
    assert window.isVisible()
    window.use(settings(shortcut=""))
    assert keys(window).text() == "No keys"


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Qt.Key.Key_P, NONE, "'P' needs Ctrl, Alt or Meta as well."),
        (Qt.Key.Key_P, SHIFT, "'Shift+P' is for typing. Please add Ctrl, Alt or Meta."),
        (Qt.Key.Key_C, CONTROL, "Other programs need 'Ctrl+C'. Please choose other keys."),
        (Qt.Key.Key_VolumeUp, CONTROL, "are no keys that work here"),
        (Qt.Key.Key_Tab, NONE, "'Tab' needs Ctrl, Alt or Meta as well."),
    ],
)
def test_impossible_keys_are_said_at_once(
    window: SettingsWindow,
    heard: list[tuple[object, ...]],
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    said: str,
) -> None:
    """Keys that can't be a shortcut are not requested. The field says why."""
    keys(window).click()
    QTest.keyClick(keys(window), key, held)
    assert heard == []
    assert said in window.fields["shortcut"].note
    assert keys(window).text() == "Ctrl+Alt+P"


def test_modifiers_alone(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """Modifiers without a key are not requested. The field says what is missing."""
    field = keys(window)
    field.click()
    QTest.keyPress(field, Qt.Key.Key_Control)
    assert field.recording
    QTest.keyPress(field, Qt.Key.Key_Alt, CONTROL)
    QTest.keyRelease(field, Qt.Key.Key_Alt, CONTROL)
    assert heard == []
    assert window.fields["shortcut"].note == "'Ctrl+Alt' needs one more key, such as a letter."


def test_a_foreign_layout(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """A key without a Latin letter is named by its place on the keyboard."""
    keys(window).click()
    code = POSITIONS["O"] + 8
    pressed = QKeyEvent(QEvent.Type.KeyPress, 0x0429, ALT, code, 0, 0, "\u0449")
    QCoreApplication.sendEvent(keys(window), pressed)
    assert heard == [("shortcut", "Alt+O")]


def test_a_held_key_is_one(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """Repeats of a key that was held before the recording are ignored."""
    keys(window).click()
    key, held = Qt.Key.Key_Return, NONE
    QCoreApplication.sendEvent(
        keys(window), QKeyEvent(QEvent.Type.KeyPress, key, held, "\r", autorep=True)
    )
    assert keys(window).recording
    assert heard == []


def test_enter_begins(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """Enter starts a recording; leaving the field ends it. Otherwise, keys act as usual."""
    field = keys(window)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A)
    assert heard == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.recording
    field.clearFocus()
    assert field.text() == "Ctrl+Alt+P"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_keys_that_came_through_the_desktop(
    window: SettingsWindow, heard: list[tuple[object, ...]]
) -> None:
    """Only a field that waits for keys records the keys of the shortcut."""
    assert not window.take_keys("Ctrl+Alt+P")
    keys(window, "shortcut1").click()
    assert window.take_keys("Ctrl+Alt+P")
    assert heard == [("shortcut1", "Ctrl+Alt+P")]
    window.refuse("shortcut1", "'Ctrl+Alt+P' calls a pause already. Please choose other keys.")
    assert keys(window, "shortcut1").text() == "No keys"
    assert "already" in window.fields["shortcut1"].note


def test_how_it_stands(window: SettingsWindow) -> None:
    """The field shows what the setting led to, until all is well."""
    window.show_shortcuts(ShortcutView(notes={"shortcut": "Another program has these keys."}))
    assert window.fields["shortcut"].note == "Another program has these keys."
    window.show_shortcuts(ShortcutView())
    assert window.fields["shortcut"].note == ""


def test_where_no_keys_can_be_had(window: SettingsWindow) -> None:
    """If no shortcut is possible, the page says why, and offers lines to copy."""
    lines = ready_lines(parse_keys("Ctrl+Alt+P"), "sway")
    for _again in range(2):
        window.show_shortcuts(ShortcutView(possible=False, why="No portal.", lines=lines))
    assert not keys(window).isVisible()
    said = [each.accessibleName() for each in window.findChildren(QLabel) if each.isVisible()]
    assert "No portal." in said
    assert said.index("sway") < said.index("GNOME")
    copy = next(
        each
        for each in window.findChildren(QPushButton)
        if each.accessibleName() == "Copy for sway"
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == "bindsym Ctrl+Mod1+p exec safepause pause"
    window.show_shortcuts(ShortcutView())
    assert keys(window).isVisible()
    assert not copy.isVisible()
