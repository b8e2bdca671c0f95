"""The settings window of the running program, when it opens and while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

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
    """Each capability of `doctor` has a card."""
    program.app.windows.settings.show_settings()
    found = labels(program)
    assert "Tray icon: not here" in found
    assert "Reminders: works" in found


def test_it_shows_what_still_works_after_each_change(program: Program) -> None:
    """A card follows the command line, and hot keys that the desktop changes."""
    program.app.windows.settings.show_settings()
    program.run("settings", "set", "hook_paused", "/nonexistent/lights")
    assert any("/nonexistent/lights" in text for text in labels(program))
    program.keys.change(PAUSE, "Meta+F9")
    program.keys.changed.emit()
    assert "Keys that call a pause: Meta+F9. (by hand)" in labels(program)


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


def test_the_agreement_and_the_settings_are_one_window(program: Program) -> None:
    """One window shows either page."""
    controller = program.app.windows.settings
    controller.show_agreement()
    window = program.shown(SettingsWindow)
    assert window is not None
    assert window.windowTitle() == "Our agreement"
    controller.show_settings()
    assert program.shown(SettingsWindow) is window
    assert window.windowTitle() == "Settings"
    controller.show_agreement()
    assert window.windowTitle() == "Our agreement"
