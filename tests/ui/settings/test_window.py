"""The settings window: its pages, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.settings.catalogue import DECLARED
from safepause.core.settings.declaration import Group
from safepause.ui.settings.extra import Extra
from safepause.ui.settings.extras import EXTRAS
from safepause.ui.settings.pages import GROUPS, Tab, heading
from safepause.ui.settings.window import SettingsWindow
from tests.ui.samples import record, settings
from tests.ui.settings.forms import count, line, press, texts, turn

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_every_setting_has_a_field(window: SettingsWindow) -> None:
    """Each visible setting has a field, or a widget of its own. Values are shown in words."""
    seen = {setting.key for setting in DECLARED if setting.group is not Group.UNSEEN}
    own = {key for extra in window.extras for key in extra.keys}
    assert own == {"technique", "patterns", "voice"}
    assert set(window.fields) == seen - own
    assert count(window, "length").text() == "30 minutes"
    assert count(window, "extensions").text() == "2 times"
    choice = window.fields["theme"].field
    assert isinstance(choice, QComboBox)
    assert choice.currentText() == "As the system says"


def test_each_tab_opens_its_page(window: SettingsWindow) -> None:
    """A click on a tab shows the settings of its page, and no others."""
    assert "Length of a pause" in texts(window)
    turn(window, "This computer")
    assert window.tab is Tab.COMPUTER
    assert {"Shortcut", "Your own commands"} <= set(texts(window))
    assert "Length of a pause" not in texts(window)
    turn(window, "You two")
    assert "Length of a pause" in texts(window)
    assert window.windowTitle() == "Settings"


def test_every_group_is_on_one_page() -> None:
    """Each group of settings that a person sees is on exactly one page, and has a heading."""
    shown = [group for groups in GROUPS.values() for group in groups]
    assert sorted(shown, key=str) == sorted(set(Group) - {Group.UNSEEN}, key=str)
    assert all(heading(group) for group in shown)
    assert len(GROUPS) == 5


def search(window: SettingsWindow, words: str) -> None:
    """Type into the search."""
    field = window.findChild(QLineEdit, "search")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def test_a_search_looks_through_all_pages(window: SettingsWindow) -> None:
    """A search shows each setting with the words in its label or its choices, on any page."""
    search(window, "KEYS")
    assert [text for text in texts(window) if "Keys" in text] == [
        "Keys that call a pause",
        "Keys for one of you",
        "Keys for the other one",
    ]
    assert "Length of a pause" not in texts(window)
    search(window, "cyclic")
    (shown,) = [each for each in window.extras if each.isVisibleTo(window)]
    assert "technique" in shown.keys
    search(window, "high contrast")
    assert window.fields["theme"].isVisibleTo(window)
    search(window, "xyzzy")
    assert "Nothing here by that word." in texts(window)


def test_a_search_finds_what_a_person_sees(window: SettingsWindow) -> None:
    """The name of a person finds the keys of this person, also once the name has changed."""
    window.use(settings(name1="Maxi & Co", name2="Sam"))
    search(window, "maxi & co's")
    assert window.fields["shortcut1"].isVisible()
    window.use(settings(name1="Alex", name2="Sam"))
    search(window, "alex's")
    assert window.fields["shortcut1"].isVisible()
    assert not window.fields["shortcut2"].isVisible()


@pytest.mark.parametrize("name", ["Rock & Roll", "\u05d0\u05d1\u05e8\u05d4\u05dd 5%", "<b>Al</b>"])
def test_a_name_is_shown_as_it_is(window: SettingsWindow, name: str) -> None:
    """A caption underlines no letter of a name, and its sentence keeps its writing direction."""
    window.use(settings(name1=name, name2="Sam"))
    field = window.fields["shortcut1"]
    caption = next(each for each in field.findChildren(QLabel) if each.buddy() is field.field)
    assert caption.text().replace("&&", "&") == f"\u2068{name}\u2069's keys"
    assert ("&&" in caption.text()) == ("&" in name)
    assert caption.accessibleName() == field.field.accessibleName() == f"{name}'s keys"


def test_a_search_ends(window: SettingsWindow) -> None:
    """Esc ends a search and leaves the window open. A tab ends a search, too."""
    search(window, "xyzzy")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert "Length of a pause" in texts(window)
    search(window, "xyzzy")
    turn(window, "Look")
    assert "Nothing here by that word." not in texts(window)
    assert window.fields["theme"].isVisibleTo(window)


def test_keys_and_choices_bear_the_names(window: SettingsWindow) -> None:
    """What is about one of the two people says the name, as soon as there is one."""
    window.open(Tab.COMPUTER)
    window.use(settings(name1="Alex", name2="Sam"))
    assert {"Alex's keys", "Sam's keys"} <= set(texts(window))
    choice = window.fields["this_computer"].field
    assert isinstance(choice, QComboBox)
    assert [choice.itemText(index) for index in range(3)] == ["Both of us", "Alex", "Sam"]


def test_own_commands_say_what_they_are_for(window: SettingsWindow) -> None:
    """The commands have a heading and a sentence. Each must be one that can run."""
    window.open(Tab.COMPUTER)
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


def test_only_what_does_not_work_is_told(window: SettingsWindow) -> None:
    """The page says what doesn't work here, with advice. A new list replaces it."""
    window.open(Tab.COMPUTER)
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
    assert "It works." not in said
    window.show_capabilities([Capability(CapabilityKey.TRAY, available=True, why="It stands.")])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert "No service answers." not in texts(window)
    assert "SafePause can do all it needs here." in texts(window)


def test_a_sentence_can_be_put_away(window: SettingsWindow) -> None:
    """A sentence about the window stays until a person clicks "All right"."""
    window.tell("The disk is full.")
    assert "The disk is full." in texts(window)
    press(window, "All right")
    assert "The disk is full." not in texts(window)


def test_starting_with_the_computer_shows_what_the_desktop_says(window: SettingsWindow) -> None:
    """The box shows the desktop's record, and a click requests a change."""
    window.open(Tab.COMPUTER)
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
    """The window tells when it gets the keyboard again."""
    told = record(window.came_back)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    told.clear()
    window.activateWindow()
    qtbot.waitUntil(lambda: len(told) == 1)


class Editor(Extra):
    """A widget that shows one setting."""

    keys = ("technique",)

    @property
    def words(self) -> str:
        """The words by which a search finds the widget."""
        return "Own rhythm"

    def refuse(self, key: str, sentence: str) -> None:
        """Keep what was said."""
        self.setProperty("said", f"{key}: {sentence}")


def test_a_group_has_further_widgets(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group's own widget stands for the fields of its settings, and a search finds it."""
    monkeypatch.setitem(EXTRAS, Group.BREATHING, (Editor,))
    window = SettingsWindow(settings())
    qtbot.addWidget(window)
    window.bring_up()
    heard = record(window.set_requested)
    [editor] = [each for each in window.extras if isinstance(each, Editor)]
    assert "technique" not in window.fields
    editor.set_requested.emit("technique", "even")
    assert heard == [("technique", "even")]
    search(window, "rhythm")
    assert editor.isVisibleTo(window)
    window.use(settings(technique="even"))
    assert editor.settings.text("technique") == "even"
    window.refuse("technique", "No.")
    assert editor.property("said") == "technique: No."
