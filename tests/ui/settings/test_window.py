"""The settings window: its pages, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.settings.catalogue import DECLARED
from safepause.core.settings.declaration import Group
from safepause.ui.settings.window import SettingsWindow, Tab
from tests.ui.samples import record, settings
from tests.ui.settings.forms import count, line, press, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_every_setting_has_a_field(window: SettingsWindow) -> None:
    """Each visible setting has a field. Numbers and choices are shown in words."""
    seen = {setting.key for setting in DECLARED if setting.group is not Group.UNSEEN}
    assert set(window.fields) == seen
    assert count(window, "length").text() == "30 minutes"
    assert count(window, "extensions").text() == "2 times"
    choice = window.fields["technique"].field
    assert isinstance(choice, QComboBox)
    assert choice.currentText() == "Soft long exhale"


def test_agreement_opens_with_what_it_is_for(window: SettingsWindow) -> None:
    """The agreement first says its purpose, and what SafePause is not for."""
    said = texts(window)
    purpose = said.index("Agree on this together, on a calm day.")
    limits = next(
        at for at, text in enumerate(said) if text.startswith("SafePause is for everyday")
    )
    assert max(purpose, limits) < said.index("First name")
    assert "First name" in said
    assert "Breathing" not in said


def test_pages(window: SettingsWindow) -> None:
    """Each page can be opened, and names the window."""
    window.open_settings()
    assert window.windowTitle() == "Settings"
    assert "First name" not in texts(window)
    assert "This computer" in texts(window)
    window.open_agreement()
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
    """The commands have a heading and a sentence. Each must be one that can run."""
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


def test_this_computer_is_listed(window: SettingsWindow) -> None:
    """The page lists what works here and what doesn't, with advice. A new list replaces it."""
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
    """The button "More support" requests the helplines."""
    asked = record(window.support_requested)
    press(window, "More support")
    assert asked == [()]


def test_starting_with_the_computer_shows_what_the_desktop_says(window: SettingsWindow) -> None:
    """The box shows the desktop's record, and a click requests a change."""
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
