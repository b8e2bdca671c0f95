"""Our agreement and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.settings.catalogue import DECLARED
from safepause.core.settings.declaration import Group
from safepause.ui.settings.field import CountBox
from safepause.ui.settings.window import SettingsWindow, Tab
from tests.ui.samples import NAMELESS, record, settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> SettingsWindow:
    """The window at its first page, on screen."""
    made = SettingsWindow(NAMELESS)
    qtbot.addWidget(made)
    made.bring_up()
    return made


def texts(window: SettingsWindow) -> list[str]:
    """Return what the visible labels say."""
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


def line(window: SettingsWindow, key: str) -> QLineEdit:
    """Return the line of a name."""
    found = window.fields[key].field
    assert isinstance(found, QLineEdit)
    return found


def count(window: SettingsWindow, key: str) -> CountBox:
    """Return the field of a number."""
    found = window.fields[key].field
    assert isinstance(found, CountBox)
    return found


def test_every_setting_has_a_field(window: SettingsWindow) -> None:
    """Each declaration is on one of the two pages, and shows its value."""
    seen = {setting.key for setting in DECLARED if setting.group is not Group.UNSEEN}
    assert set(window.fields) == seen
    assert count(window, "length").text() == "30 minutes"
    assert count(window, "extensions").text() == "2 times"
    choice = window.fields["technique"].field
    assert isinstance(choice, QComboBox)
    assert choice.currentText() == "Soft long exhale"


def test_agreement_opens_with_what_it_is_for(window: SettingsWindow) -> None:
    """The first page says first what it is for, and what SafePause is not for."""
    said = texts(window)
    purpose = said.index("Agree on this together, on a calm day.")
    limits = next(
        at for at, text in enumerate(said) if text.startswith("SafePause is for everyday")
    )
    assert max(purpose, limits) < said.index("First name")
    assert "First name" in said
    assert "Breathing" not in said


def test_pages(window: SettingsWindow) -> None:
    """Each page can be asked for, and names the window."""
    window.open(Tab.SETTINGS)
    assert window.windowTitle() == "Settings"
    assert "First name" not in texts(window)
    assert "This computer" in texts(window)
    window.open(Tab.AGREEMENT)
    assert window.windowTitle() == "Our agreement"


def test_tabs_open_their_pages(window: SettingsWindow) -> None:
    """A click on a tab shows its page, and names the window."""
    press(window, "Settings")
    assert window.windowTitle() == "Settings"
    assert "This computer" in texts(window)
    press(window, "Our agreement")
    assert window.windowTitle() == "Our agreement"
    assert "First name" in texts(window)


def test_own_commands_say_what_they_are_for(window: SettingsWindow) -> None:
    """They have a heading and a sentence of their own; what can't be run is said at once."""
    window.open(Tab.SETTINGS)
    said = texts(window)
    heading = said.index("Your own commands")
    assert said[heading + 1 : heading + 3] == [
        "For lights, music or a status in a chat.",
        "When a pause begins",
    ]
    heard = record(window.set_requested)
    line(window, "hook_paused").setText("lights 'off")
    line(window, "hook_paused").editingFinished.emit()
    assert window.fields["hook_paused"].note.startswith("This can't be run.")
    assert heard == []
    line(window, "hook_paused").setText(" lights 'so  soft' ")
    line(window, "hook_paused").editingFinished.emit()
    assert heard == [("hook_paused", "lights 'so  soft'")]


def test_name_is_requested_when_it_is_finished(window: SettingsWindow) -> None:
    """A typed name is passed on with its blanks folded; an unchanged one is not."""
    heard = record(window.set_requested)
    QTest.keyClicks(line(window, "name1"), "  Alex   M ")
    assert heard == []
    QTest.keyClick(line(window, "name1"), Qt.Key.Key_Return)
    assert heard == [("name1", "Alex M")]
    window.use(settings(name1="Alex M"))
    assert line(window, "name1").text() == "Alex M"
    QTest.keyClick(line(window, "name1"), Qt.Key.Key_Return)
    assert len(heard) == 1


def test_wrong_name_is_said_and_not_requested(window: SettingsWindow) -> None:
    """A name that is too long is told below its field, stays to be put right, and is not set."""
    heard = record(window.set_requested)
    line(window, "name1").setText("x" * 61)
    line(window, "name1").editingFinished.emit()
    assert heard == []
    assert window.fields["name1"].note == "A name has 60 characters at most."
    window.use(NAMELESS)
    assert line(window, "name1").text() == "x" * 61
    line(window, "name1").setText("Alex")
    line(window, "name1").editingFinished.emit()
    assert heard == [("name1", "Alex")]
    assert window.fields["name1"].note == ""


def test_leaving_keeps_what_was_typed(window: SettingsWindow) -> None:
    """A name typed last is passed on when the window is closed with Esc."""
    heard = record(window.set_requested)
    line(window, "name2").setFocus()
    QTest.keyClicks(line(window, "name2"), "Sam")
    QTest.keyClick(line(window, "name2"), Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert heard == [("name2", "Sam")]


def test_number_is_requested_by_key_and_by_button(window: SettingsWindow) -> None:
    """A number can be typed, or changed with the large buttons beside it."""
    heard = record(window.set_requested)
    box = count(window, "length")
    box.selectAll()
    QTest.keyClicks(box, "45")
    QTest.keyClick(box, Qt.Key.Key_Return)
    less, more = (
        button
        for button in window.fields["length"].findChildren(QPushButton)
        if button.accessibleName() in {"Less", "More"}
    )
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(less, Qt.MouseButton.LeftButton)
    assert heard == [("length", 45), ("length", 50), ("length", 45)]
    assert min(less.height(), more.width()) >= 44


def test_number_out_of_bounds_is_said(window: SettingsWindow) -> None:
    """Five minutes are not taken: the bounds are told in words, and nothing is requested."""
    heard = record(window.set_requested)
    box = count(window, "length")
    box.selectAll()
    QTest.keyClicks(box, "5")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert heard == []
    assert window.fields["length"].note == ("This goes from 20 minutes to 24 hours, so not '5'.")
    assert box.text() == "30 minutes"


def test_units_follow_the_number(window: SettingsWindow) -> None:
    """One is "1 time", two are "2 times"."""
    count(window, "extensions").setValue(1)
    assert count(window, "extensions").text() == "1 time"
    window.use(settings(extensions=3))
    assert count(window, "extensions").text() == "3 times"


def test_choice_and_check_are_requested(window: SettingsWindow) -> None:
    """A choice is passed on by its key, a check as yes or no."""
    heard = record(window.set_requested)
    theme, gentle = window.fields["theme"].field, window.fields["gentle_start"].field
    assert isinstance(theme, QComboBox)
    assert isinstance(gentle, QCheckBox)
    theme.setCurrentIndex(theme.findText("Dark"))
    gentle.click()
    assert heard == [("theme", "dark"), ("gentle_start", True)]


def test_showing_values_requests_nothing(window: SettingsWindow) -> None:
    """Following a change from elsewhere does not ask for that change again."""
    heard = record(window.set_requested)
    window.use(settings(name1="Alex", length=60, theme="dark", gentle_start=True, technique="box"))
    assert heard == []
    assert count(window, "length").text() == "60 minutes"


def test_holds_come_with_a_health_note(window: SettingsWindow) -> None:
    """Choosing a technique with holds says who should leave it; another one takes the note away."""
    window.use(settings(technique="box"))
    assert "pregnancy" in window.fields["technique"].note
    window.use(settings(technique="soft"))
    assert window.fields["technique"].note == ""


def test_refusal_is_said_at_the_field(window: SettingsWindow) -> None:
    """Where a value can't be kept, its field says so and shows the value that stands."""
    count(window, "length").setValue(60)
    window.refuse("length", "The disk is full.")
    assert window.fields["length"].note == "The disk is full."
    assert count(window, "length").value() == 30


def test_wheel_changes_nothing(window: SettingsWindow) -> None:
    """Scrolling over a number or a choice scrolls the page, and sets nothing."""
    heard = record(window.set_requested)
    for key in ("length", "theme"):
        field = window.fields[key].field
        wheel = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, 120),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003  -- Qt takes it by place only
        )
        QApplication.sendEvent(field, wheel)
    assert heard == []


def test_this_computer_is_listed(window: SettingsWindow) -> None:
    """What the desktop offers is said in words, with what helps where it doesn't; shown anew."""
    window.open(Tab.SETTINGS)
    window.show_capabilities([Capability(CapabilityKey.TRAY, available=True, why="It stands.")])
    window.show_capabilities(
        [
            Capability(
                CapabilityKey.NOTIFICATIONS,
                available=False,
                why="No service answers.",
                advice="Start one.",
            ),
            Capability(CapabilityKey.LOG, available=True, why="It works."),
        ]
    )
    QApplication.processEvents()
    said = texts(window)
    assert {"Notifications: not here", "No service answers.", "Start one."} <= set(said)
    assert "Log: works" in said
    window.show_capabilities([])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "Log: works" not in texts(window)


def test_a_sentence_can_be_put_away(window: SettingsWindow) -> None:
    """A sentence about the window stays until a person clicks "All right"."""
    window.tell("The disk is full.")
    assert "The disk is full." in texts(window)
    press(window, "All right")
    assert "The disk is full." not in texts(window)


def test_more_support_is_requested(window: SettingsWindow) -> None:
    """The button "More support" asks for the helplines."""
    asked = record(window.support_requested)
    press(window, "More support")
    assert asked == [()]


def test_starting_with_the_computer_shows_what_the_desktop_says(window: SettingsWindow) -> None:
    """The box follows the desktop's record, asks when clicked, and goes back if it can't be."""
    window.open(Tab.SETTINGS)
    asked = record(window.set_requested)
    (box,) = (each for each in window.findChildren(QCheckBox) if "computer" in each.text())
    assert box.isVisibleTo(window)
    assert not box.isChecked()
    window.show_autostart(on=True)
    assert box.isChecked()
    assert not asked
    box.click()
    assert asked == [("autostart", False)]
    window.show_autostart(on=True, sentence="That couldn't be saved.")
    assert box.isChecked()
    assert "That couldn't be saved." in texts(window)
    window.use(settings(theme="dark"))
    assert box.isChecked()


def test_coming_back_to_the_window_is_told(window: SettingsWindow, qtbot: QtBot) -> None:
    """What the desktop keeps may have been changed elsewhere, so it is looked at again."""
    told = record(window.came_back)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    told.clear()
    window.activateWindow()
    qtbot.waitUntil(lambda: len(told) == 1)
