"""The field that records keys, and what is shown where no keys can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from safepause.core.shortcut.binding_lines import ShortcutView, ready_lines
from safepause.core.shortcut.keys import POSITIONS, parse_keys
from safepause.ui.settings.shortcut_field import ShortcutField
from safepause.ui.settings.window import SettingsWindow, Tab
from tests.ui.samples import NAMELESS, record, settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot) -> SettingsWindow:
    """The settings at the page with the shortcut, on screen."""
    made = SettingsWindow(NAMELESS)
    qtbot.addWidget(made)
    made.open(Tab.SETTINGS)
    made.bring_up()
    return made


@pytest.fixture
def heard(window: SettingsWindow) -> list[tuple[object, ...]]:
    """What the window asks to be set."""
    return record(window.set_requested)


def keys(window: SettingsWindow, key: str = "shortcut") -> ShortcutField:
    """Return the field of a shortcut."""
    found = window.fields[key].field
    assert isinstance(found, ShortcutField)
    return found


def test_keys_are_recorded(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """A click begins, the next keys are the new ones; they show once they are set."""
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
    """Esc, Backspace or Delete stand for none, and the window stays."""
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
    """What can't call a pause is said below the field; the keys that stand are shown again."""
    keys(window).click()
    QTest.keyClick(keys(window), key, held)
    assert heard == []
    assert said in window.fields["shortcut"].note
    assert keys(window).text() == "Ctrl+Alt+P"


def test_modifiers_alone(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """Modifiers that are let go without a key are told to be too few."""
    field = keys(window)
    field.click()
    QTest.keyPress(field, Qt.Key.Key_Control)
    assert field.recording
    QTest.keyPress(field, Qt.Key.Key_Alt, CONTROL)
    QTest.keyRelease(field, Qt.Key.Key_Alt, CONTROL)
    assert heard == []
    assert window.fields["shortcut"].note == "'Ctrl+Alt' needs one more key, such as a letter."


def test_a_foreign_layout(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """A key that types no Latin letter is known by where it lies."""
    keys(window).click()
    code = POSITIONS["O"] + 8
    pressed = QKeyEvent(QEvent.Type.KeyPress, 0x0429, ALT, code, 0, 0, "\u0449")
    QCoreApplication.sendEvent(keys(window), pressed)
    assert heard == [("shortcut", "Alt+O")]


def test_a_held_key_is_one(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """The repeats of the key that was held when recording began are not taken."""
    keys(window).click()
    key, held = Qt.Key.Key_Return, NONE
    QCoreApplication.sendEvent(
        keys(window), QKeyEvent(QEvent.Type.KeyPress, key, held, "\r", autorep=True)
    )
    assert keys(window).recording
    assert heard == []


def test_enter_begins(window: SettingsWindow, heard: list[tuple[object, ...]]) -> None:
    """The keyboard alone will do; while nothing is recorded, keys do what they always do."""
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
    """Keys that call a pause are taken by the field that waits, and only by one that does."""
    assert not window.take_keys("Ctrl+Alt+P")
    keys(window, "shortcut1").click()
    assert window.take_keys("Ctrl+Alt+P")
    assert heard == [("shortcut1", "Ctrl+Alt+P")]
    window.refuse("shortcut1", "'Ctrl+Alt+P' calls a pause already. Please choose other keys.")
    assert keys(window, "shortcut1").text() == "No keys"
    assert "already" in window.fields["shortcut1"].note


def test_how_it_stands(window: SettingsWindow) -> None:
    """What became of the keys is said below them, and goes when all is well."""
    window.show_shortcuts(ShortcutView(notes={"shortcut": "Another program has these keys."}))
    assert window.fields["shortcut"].note == "Another program has these keys."
    window.show_shortcuts(ShortcutView())
    assert window.fields["shortcut"].note == ""


def test_where_no_keys_can_be_had(window: SettingsWindow) -> None:
    """The page says why, and has a line for each desktop that can be copied; no field pretends."""
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
