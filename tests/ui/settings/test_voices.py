"""The voices of the tones in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QRadioButton

from safepause.ui.settings.pages import Tab
from tests.ui.samples import record, settings
from tests.ui.settings.forms import texts

if TYPE_CHECKING:
    from safepause.ui.settings.window import SettingsWindow


def named(window: SettingsWindow, name: str) -> QPushButton:
    """Return the visible button that a screen reader calls `name`."""
    found = [each for each in window.findChildren(QPushButton) if each.accessibleName() == name]
    return next(each for each in found if each.isVisibleTo(window))


def radio(window: SettingsWindow, name: str) -> QRadioButton:
    """Return the round button of a voice."""
    found = window.findChildren(QRadioButton)
    return next(each for each in found if each.accessibleName() == name)


def test_a_voice_is_chosen_and_heard(window: SettingsWindow) -> None:
    """Each voice can be chosen, and heard without being chosen."""
    window.open(Tab.SOUND)
    asked, heard = record(window.set_requested), record(window.listen_requested)
    assert radio(window, "Warm").isChecked()
    named(window, "Listen to Deep").click()
    assert (asked, heard) == ([], [("deep",)])
    radio(window, "Clear").click()
    assert asked == [("voice", "clear")]
    window.use(settings(voice="deep"))
    assert radio(window, "Deep").isChecked()


def test_why_nothing_is_heard_is_said(window: SettingsWindow) -> None:
    """A sentence below the voices says why nothing is heard, until something is."""
    window.open(Tab.SOUND)
    window.tell_heard("The sound of this computer does not answer.")
    assert "The sound of this computer does not answer." in texts(window)
    window.tell_heard("")
    assert "The sound of this computer does not answer." not in texts(window)
    window.refuse("voice", "The disk is full.")
    assert "The disk is full." in texts(window)
    assert radio(window, "Warm").isChecked()


def test_another_page_ends_the_sample(window: SettingsWindow) -> None:
    """The sample ends with its page, and so does the sentence."""
    window.open(Tab.SOUND)
    window.tell_heard("The sound of this computer does not answer.")
    heard = record(window.listen_requested)
    window.open(Tab.LOOK)
    assert heard == [("",)]
    window.open(Tab.SOUND)
    assert "The sound of this computer does not answer." not in texts(window)
