"""The techniques of breathing in the settings, and the own patterns of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QWidget

from safepause.core.breathing import BOX, SOFT, TECHNIQUES, Session
from safepause.core.settings.patterns import MOST_PATTERNS, own_pattern
from safepause.ui.settings.pages import Tab
from safepause.ui.settings.pattern_editor import SecondsBox
from safepause.ui.settings.techniques import Techniques
from safepause.ui.theme.style_sheet import TARGET
from tests.ui.samples import record, settings
from tests.ui.settings.forms import press, texts

if TYPE_CHECKING:
    from safepause.core.settings.declaration import Value
    from safepause.ui.settings.window import SettingsWindow

EVENING = own_pattern("Evening", (4, 0, 6, 0))
WALK = own_pattern("Walk", (3.5, 1, 5, 0.5))
BOTH = f"{EVENING}\n{WALK}"


class Kept:
    """Keeps what the window asks for, as the program does."""

    def __init__(self, window: SettingsWindow, **values: Value) -> None:
        self.window, self.full = window, False
        self.values = {**settings().values, **values}
        window.set_requested.connect(self.set)
        window.use(settings(**self.values))
        window.open(Tab.BREATHING)

    def set(self, key: str, value: Value) -> None:
        """Keep a value, unless the disk is full."""
        if self.full:
            self.window.refuse(key, "The disk is full.")
            return
        settings(**self.values).check(key, value)
        self.values[key] = value
        self.window.use(settings(**self.values))

    @property
    def now(self) -> tuple[Value, Value]:
        """The technique, and the own patterns."""
        return self.values["technique"], self.values["patterns"]


def extra(window: SettingsWindow) -> Techniques:
    """Return the techniques of the window."""
    (found,) = [each for each in window.extras if isinstance(each, Techniques)]
    return found


def named(window: SettingsWindow, name: str) -> QPushButton:
    """Return the visible button that a screen reader calls `name`."""
    (found,) = [
        each
        for each in window.findChildren(QPushButton)
        if each.accessibleName() == name and each.isVisibleTo(window)
    ]
    return found


def radio(window: SettingsWindow, name: str) -> QRadioButton:
    """Return the round button of a technique."""
    found = [each for each in window.findChildren(QRadioButton) if each.accessibleName() == name]
    return next(each for each in found if each.isVisibleTo(window))


def typed(window: SettingsWindow, name: str, *lengths: str) -> None:
    """Type a pattern into the editor."""
    editor = extra(window).editor
    editor.name.selectAll()
    QTest.keyClicks(editor.name, name)
    for box, length in zip(editor.lengths, lengths, strict=True):
        box.selectAll()
        QTest.keyClicks(box, length)


def test_each_technique_has_a_line_and_can_be_tried(window: SettingsWindow) -> None:
    """Each technique has its name, a line and "Try", which asks for it in the set length."""
    Kept(window, breathing_minutes=3)
    tried = record(window.try_requested)
    said = texts(window)
    assert {"Soft long exhale", "4 in, 6 out. Slow and soft. May help you settle."} <= set(said)
    assert sum(each.text() == "Try" for each in window.findChildren(QPushButton)) == len(TECHNIQUES)
    named(window, "Try Box, with holds").click()
    assert tried == [(Session(BOX, 3),)]
    assert not [each for each in said if "proven" in each]


def test_holds_come_with_a_health_note(window: SettingsWindow) -> None:
    """Each technique with holds says for whom it is not, own ones as well, and no other does."""
    Kept(window, patterns=BOTH)
    noted = [each for each in texts(window) if "pregnancy" in each]
    assert len(noted) == 3
    assert noted[-1].startswith("3.5 in, 1 hold, 5 out, 0.5 rest. 6 breaths a minute. Not in")


def test_a_click_on_the_row_chooses_it(window: SettingsWindow) -> None:
    """A click on the words of a technique, or on its button, chooses it. Trying chooses nothing."""
    kept = Kept(window, patterns=BOTH)
    row = radio(window, "Even").parentWidget()
    assert isinstance(row, QWidget)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, 10))
    assert kept.now[0] == "even"
    named(window, "Try Box, with holds").click()
    assert kept.now[0] == "even"
    radio(window, "Walk").click()
    assert kept.now[0] == "own:Walk"
    assert radio(window, "Walk").isChecked()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, 10))
    assert not radio(window, "Walk").isChecked()


def test_the_arrow_keys_choose(window: SettingsWindow) -> None:
    """The arrow keys move from technique to technique, the own ones included."""
    kept = Kept(window, technique="notice", patterns=BOTH)
    radio(window, "Just notice").setFocus()
    QTest.keyClick(radio(window, "Just notice"), Qt.Key.Key_Down)
    assert kept.now[0] == "own:Evening"
    assert radio(window, "Evening").hasFocus()


def test_everything_can_be_hit(window: SettingsWindow) -> None:
    """Round buttons and buttons are large enough for shaking hands."""
    Kept(window, patterns=BOTH)
    extra(window).add.click()
    QApplication.processEvents()
    for kind in (QPushButton, QRadioButton):
        for each in extra(window).findChildren(kind):
            assert each.height() >= TARGET
            assert each.accessibleName()


def test_a_pattern_is_added(window: SettingsWindow) -> None:
    """A person names a pattern and sets its lengths. It is in the list, and not chosen yet."""
    kept = Kept(window)
    press(window, "Add a pattern")
    assert extra(window).editor.name.hasFocus()
    typed(window, "Evening", "4", "1,5", "6.5", "0")
    assert "5 breaths a minute." in texts(window)
    press(window, "Keep this pattern")
    assert kept.now == ("soft", "Evening: 4/1.5/6.5/0")
    assert radio(window, "Evening").hasFocus()
    assert not extra(window).editor.isVisible()


@pytest.mark.parametrize(
    ("name", "lengths", "said"),
    [
        ("Mine", ("1", "0", "6", "0"), "In and out need 2 seconds at least."),
        ("Mine", ("4", "45", "6", "0"), "Each part has 15 seconds at most."),
        ("Mine", ("2", "0", "2", "0"), "That is too fast. A breath needs 5 seconds."),
        ("Mine", ("9", "0", "12", "0"), "That is too slow. A breath has 20 seconds at most."),
        (" ", ("4", "0", "6", "0"), "A pattern needs a name."),
        ("EVENING", ("4", "0", "6", "0"), "Another pattern has this name already."),
        ("a|b", ("4", "0", "6", "0"), "A pattern's name can't hold | or control characters."),
        ("x" * 31, ("4", "0", "6", "0"), "A pattern's name has 30 letters at most."),
    ],
)
def test_out_of_bounds_is_said_and_nothing_is_lost(
    window: SettingsWindow, name: str, lengths: tuple[str, ...], said: str
) -> None:
    """What is out of bounds is not kept. A sentence says why, and what was typed stays."""
    kept = Kept(window, patterns=str(EVENING))
    press(window, "Add a pattern")
    typed(window, name, *lengths)
    press(window, "Keep this pattern")
    assert said in texts(window)
    assert kept.now == ("soft", str(EVENING))
    editor = extra(window).editor
    assert editor.isVisible()
    assert editor.name.text() == name
    assert [f"{box.value():g}" for box in editor.lengths] == list(lengths)


def test_the_bounds_are_shown(window: SettingsWindow) -> None:
    """The page says what an own pattern can be."""
    Kept(window)
    (said,) = [each for each in texts(window) if "breaths a minute" in each]
    assert said.startswith("In and out: 2 to 15 seconds each. A hold or a rest: 0 to 15.")
    assert said.endswith("3 to 12 breaths a minute.")


def test_the_list_has_an_end(window: SettingsWindow) -> None:
    """One pattern more than the list can have is refused with a sentence."""
    many = "\n".join(f"{number}: 4/0/6/0" for number in range(MOST_PATTERNS))
    kept = Kept(window, patterns=many)
    press(window, "Add a pattern")
    typed(window, "One more", "4", "0", "6", "0")
    press(window, "Keep this pattern")
    assert "The list has 10 patterns at most." in texts(window)
    assert kept.now[1] == many


def test_a_pattern_is_changed_in_its_place(window: SettingsWindow) -> None:
    """A changed pattern keeps its place, and stays chosen under its new name."""
    kept = Kept(window, patterns=BOTH, technique="own:Evening")
    named(window, "Change Evening").click()
    typed(window, "Night", "5", "0", "7", "0")
    QTest.keyClick(extra(window).editor.name, Qt.Key.Key_Return)
    assert kept.now == ("own:Night", f"Night: 5/0/7/0\n{WALK}")
    named(window, "Change Night").click()
    typed(window, "Night", "5", "1", "7", "0")
    press(window, "Keep this pattern")
    assert kept.now == ("own:Night", f"Night: 5/1/7/0\n{WALK}")
    assert radio(window, "Night").isChecked()


def test_cancel_changes_nothing(window: SettingsWindow) -> None:
    """Cancel closes the editor, and the keyboard is where the editor was opened."""
    kept = Kept(window, patterns=BOTH)
    named(window, "Change Evening").click()
    typed(window, "Night", "5", "0", "7", "0")
    press(window, "Cancel")
    assert kept.now == ("soft", BOTH)
    assert extra(window).add.hasFocus()
    assert not extra(window).editor.isVisible()


def test_a_deleted_pattern_can_be_brought_back(window: SettingsWindow) -> None:
    """A deleted pattern leaves Undo in its place, which brings it back there."""
    kept = Kept(window, patterns=BOTH)
    QApplication.processEvents()
    below = radio(window, "Walk").mapTo(window, QPoint())
    named(window, "Delete Evening").click()
    QApplication.processEvents()
    assert kept.now == ("soft", str(WALK))
    assert "'Evening' is deleted." in texts(window)
    assert radio(window, "Walk").mapTo(window, QPoint()) == below
    undo = named(window, "Bring Evening back")
    assert undo.hasFocus()
    undo.click()
    assert kept.now == ("soft", BOTH)
    assert "'Evening' is deleted." not in texts(window)
    assert radio(window, "Evening").hasFocus()


def test_the_pattern_in_use_gives_way_to_the_default(window: SettingsWindow) -> None:
    """If the pattern in use is deleted, the default is used, and said. Undo brings both back."""
    kept = Kept(window, patterns=BOTH, technique=WALK.key)
    named(window, "Delete Walk").click()
    assert kept.now == (SOFT.key, str(EVENING))
    assert radio(window, "Soft long exhale").isChecked()
    said = "'Walk' is deleted. You breathe like this now: Soft long exhale."
    assert said in texts(window)
    named(window, "Bring Walk back").click()
    assert kept.now == (WALK.key, BOTH)
    assert radio(window, "Walk").isChecked()


def test_another_choice_stands_after_undo(window: SettingsWindow) -> None:
    """Undo doesn't change what the person has chosen since."""
    kept = Kept(window, patterns=BOTH, technique=WALK.key)
    named(window, "Delete Walk").click()
    radio(window, "Even").click()
    named(window, "Bring Walk back").click()
    assert kept.now == ("even", BOTH)


def test_undo_of_a_name_that_is_taken(window: SettingsWindow) -> None:
    """If another pattern has the name by now, Undo says so, and loses nothing."""
    kept = Kept(window, patterns=BOTH)
    named(window, "Delete Evening").click()
    press(window, "Add a pattern")
    typed(window, "evening", "5", "0", "5", "0")
    press(window, "Keep this pattern")
    named(window, "Bring Evening back").click()
    assert "Another pattern has this name already." in texts(window)
    assert kept.now[1] == f"{WALK}\nevening: 5/0/5/0"
    named(window, "Bring Evening back")


def test_undo_goes_with_the_page(window: SettingsWindow) -> None:
    """Another page ends the offer of Undo. What is deleted elsewhere has none."""
    kept = Kept(window, patterns=BOTH)
    named(window, "Delete Evening").click()
    window.open(Tab.LOOK)
    window.open(Tab.BREATHING)
    assert "'Evening' is deleted." not in texts(window)
    kept.set("patterns", "")
    assert "'Walk' is deleted." not in texts(window)
    assert "Walk" not in texts(window)


def test_a_refusal_is_said(window: SettingsWindow) -> None:
    """On a full disk nothing changes on the page. A sentence says why."""
    kept = Kept(window, patterns=BOTH, technique=WALK.key)
    kept.full = True
    radio(window, "Even").click()
    assert "The disk is full." in texts(window)
    assert radio(window, "Walk").isChecked()
    named(window, "Delete Evening").click()
    named(window, "Delete Walk").click()
    assert kept.now == (WALK.key, BOTH)
    assert not [each for each in texts(window) if "is deleted" in each]
    press(window, "Add a pattern")
    typed(window, "Night", "5", "0", "7", "0")
    press(window, "Keep this pattern")
    assert extra(window).editor.note.accessibleName() == "The disk is full."
    kept.full = False
    press(window, "Keep this pattern")
    assert kept.now[1] == f"{BOTH}\nNight: 5/0/7/0"


def test_the_search_finds_own_patterns(window: SettingsWindow) -> None:
    """A search finds an own pattern by its name."""
    Kept(window, patterns=BOTH)
    assert "Evening" in extra(window).words
    Kept(window, patterns=str(WALK))
    assert "Evening" not in extra(window).words


@pytest.mark.parametrize(
    ("keys", "value", "shown"),
    [
        ("5,5", 5.5, "5.5 seconds"),
        ("1", 1, "1 second"),
        ("12.34", 12.3, "12.3 seconds"),
        ("x7", 7, "7 seconds"),
        ("123", 12, "12 seconds"),
    ],
)
def test_a_length_is_typed(window: SettingsWindow, keys: str, value: float, shown: str) -> None:
    """A length takes a comma or a point and one more figure. The unit fits the number."""
    box = SecondsBox()
    window.column.addWidget(box)
    box.selectAll()
    QTest.keyClicks(box, keys)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == value
    assert box.text() == shown
