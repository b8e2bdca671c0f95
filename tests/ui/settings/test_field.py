"""The field of a setting: what it requests, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton

from safepause.ui.settings.pattern_editor import SecondsBox
from tests.ui.samples import NAMELESS, record, settings
from tests.ui.settings.forms import count, line

if TYPE_CHECKING:
    from safepause.ui.settings.window import SettingsWindow


def test_name_is_requested_when_it_is_finished(window: SettingsWindow) -> None:
    """A typed name is requested without extra blanks. An unchanged one is not requested."""
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
    """A name that is too long is not requested. Its field says so, and keeps it."""
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
    """Esc requests the name that was typed last, and closes the window."""
    heard = record(window.set_requested)
    line(window, "name2").setFocus()
    QTest.keyClicks(line(window, "name2"), "Sam")
    QTest.keyClick(line(window, "name2"), Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert heard == [("name2", "Sam")]


def test_number_is_requested_by_key_and_by_button(window: SettingsWindow) -> None:
    """A person can type a number, or change it with large buttons."""
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
    """For a number out of bounds, the field says the bounds and requests nothing."""
    heard = record(window.set_requested)
    box = count(window, "length")
    box.selectAll()
    QTest.keyClicks(box, "5")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert heard == []
    assert window.fields["length"].note == ("This goes from 20 minutes to 24 hours, so not '5'.")
    assert box.text() == "30 minutes"


def test_units_follow_the_number(window: SettingsWindow) -> None:
    """The unit is singular or plural as the number needs."""
    count(window, "extensions").setValue(1)
    assert count(window, "extensions").text() == "1 time"
    window.use(settings(extensions=3))
    assert count(window, "extensions").text() == "3 times"


def test_choice_and_check_are_requested(window: SettingsWindow) -> None:
    """A choice requests its key, a check box True or False."""
    heard = record(window.set_requested)
    theme, gentle = window.fields["theme"].field, window.fields["gentle_start"].field
    assert isinstance(theme, QComboBox)
    assert isinstance(gentle, QCheckBox)
    theme.setCurrentIndex(theme.findText("Dark"))
    gentle.click()
    assert heard == [("theme", "dark"), ("gentle_start", True)]


def test_showing_values_requests_nothing(window: SettingsWindow) -> None:
    """Changed settings are shown without a request."""
    heard = record(window.set_requested)
    window.use(settings(name1="Alex", length=60, theme="dark", gentle_start=True, technique="box"))
    assert heard == []
    assert count(window, "length").text() == "60 minutes"


def test_refusal_is_said_at_the_field(window: SettingsWindow) -> None:
    """For a refused value, the field shows the reason and the current value."""
    count(window, "length").setValue(60)
    window.refuse("length", "The disk is full.")
    assert window.fields["length"].note == "The disk is full."
    assert count(window, "length").value() == 30


def test_wheel_changes_nothing(window: SettingsWindow) -> None:
    """The wheel over a number, a choice or a length changes nothing."""
    heard = record(window.set_requested)
    seconds = SecondsBox()
    window.column.addWidget(seconds)
    for field in (window.fields["length"].field, window.fields["theme"].field, seconds):
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
    assert seconds.value() == 0
