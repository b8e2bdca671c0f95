"""The settings window of the running program, when it opens and while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from safepause.system.shortcut.base import PAUSE
from safepause.ui.settings.window import SettingsWindow
from tests.app import senders
from tests.app.effects import checked

if TYPE_CHECKING:
    from tests.app.running import Program


def labels(program: Program) -> list[str]:
    """Return the texts of the settings window."""
    window = program.shown(SettingsWindow)
    assert window is not None
    return [each.text() for each in window.findChildren(QLabel)]


def test_it_shows_what_works_on_this_computer(program: Program) -> None:
    """Each capability that is not here has a card, and no other."""
    program.app.windows.settings.show_settings()
    found = labels(program)
    assert "Tray icon: not here" in found
    assert not any("Reminders" in text for text in found)


def test_it_shows_what_still_works_after_each_change(program: Program) -> None:
    """A card comes and goes with what the command line sets."""
    program.app.windows.settings.show_settings()
    program.run("settings", "set", "hook_paused", "/nonexistent/lights")
    assert any("/nonexistent/lights" in text for text in labels(program))
    program.run("settings", "set", "hook_paused", "")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any("/nonexistent/lights" in text for text in labels(program))


def test_it_shows_how_the_shortcuts_stood_before_it_opened(program: Program) -> None:
    """The window shows hot keys that were bound before its first use."""
    program.keys.desktop_decides = True
    program.keys.change(PAUSE, "Meta+F9")
    program.keys.changed.emit()
    program.app.windows.settings.show_settings()
    assert senders.field(program, "shortcut").note == "The desktop has set: Meta+F9"


def test_it_shows_the_autostart_record_each_time_it_opens(program: Program) -> None:
    """The window shows a record that was changed before its first use, and after it."""
    controller = program.app.windows.settings
    for on in (True, False, True):
        program.record.on = on
        controller.show_settings()
        assert checked("autostart")(program) is on
        assert controller.window is not None
        controller.window.hide()
