"""The objects that emit signals in the running program, for the table of signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QGuiApplication

from safepause.ui.agreement.window import AgreementWindow
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.sleep_button import SleepButton
from safepause.ui.settings.extra import Extra
from safepause.ui.settings.field import SettingField
from safepause.ui.settings.ideas_field import IdeasField
from safepause.ui.settings.shortcut_field import OfferButton
from safepause.ui.settings.techniques import Techniques
from safepause.ui.settings.voices import Voices
from safepause.ui.settings.window import SettingsWindow
from safepause.ui.windows.history import HistoryWindow
from safepause.ui.windows.placed import Screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QSystemTrayIcon

    from tests.app.running import Program

E = TypeVar("E", bound=Extra)


def icon_of(program: Program) -> QSystemTrayIcon:
    """Return Qt's own tray icon."""
    return program.app.tray.tray._icon  # noqa: SLF001


def tray(program: Program) -> QObject:
    """Return the tray icon."""
    return program.app.tray.tray


def actions(program: Program) -> QObject:
    """Return the actions of menu and home window."""
    return program.app.tray.actions


def minute(program: Program) -> QObject:
    """Return the timer of the minutes left."""
    return program.app.tray.actions.minute


def window(program: Program) -> QObject:
    """Return the pause window."""
    return program.window


def screens(program: Program) -> QObject:
    """Return what tells the pause window of screens."""
    (found,) = [each for each in program.window.children() if isinstance(each, Screens)]
    return found


def calm_check(program: Program) -> CalmCheckPage:
    """Return the calm check."""
    assert isinstance(program.page, CalmCheckPage)
    return program.page


def sleep(program: Program) -> QObject:
    """Return the button of the page that is shown, with which the two sleep on it."""
    assert program.page is not None
    return program.page.findChildren(SleepButton)[0]


def pulse(program: Program) -> QObject:
    """Return the panel that counts the pulse."""
    return calm_check(program).pulse


def rating(program: Program) -> QObject:
    """Return a row of numbers of the calm check."""
    return calm_check(program).now


def page(program: Program) -> QObject | None:
    """Return the page that is shown."""
    return program.page


def still(program: Program) -> QObject:
    """Return the view of the still seconds."""
    assert isinstance(program.page, BreathingPage)
    return program.page.still


def orb(program: Program) -> QObject:
    """Return the orb of the breathing page."""
    assert isinstance(program.page, BreathingPage)
    return program.page.orb


def update(program: Program) -> QObject | None:
    """Return the window that asks whether the updated program starts again."""
    assert program.app.notice is not None
    return program.app.notice._window  # noqa: SLF001


def first_page(program: Program) -> QObject | None:
    """Return the page of the first run."""
    return program.app.windows.first_run


def offer(program: Program) -> QObject:
    """Return the button of the settings window for keys that don't work."""
    found = program.app.windows.settings.window
    assert found is not None
    return found.findChildren(OfferButton)[0]


def forms(program: Program) -> QObject | None:
    """Return the settings window."""
    return program.shown(SettingsWindow)


def agreement(program: Program) -> QObject | None:
    """Return the window of the agreement."""
    return program.shown(AgreementWindow)


def _agreement(program: Program) -> AgreementWindow:
    found = program.shown(AgreementWindow)
    assert found is not None
    return found


def line(program: Program) -> QObject:
    """Return the third line of the agreement."""
    return _agreement(program).lines[2]


def save_row(program: Program) -> QObject:
    """Return the row that asks where the printed page goes."""
    return _agreement(program).save_row


def history(program: Program) -> QObject | None:
    """Return the list of past pauses."""
    return program.shown(HistoryWindow)


def ideas(program: Program) -> IdeasField:
    """Return the editor of the ideas, with its buttons."""
    found = field(program, "ideas").field
    assert isinstance(found, IdeasField)
    return found


def ideas_edit(program: Program) -> QObject:
    """Return the editor of the ideas."""
    return ideas(program).edit


def techniques(program: Program) -> Techniques:
    """Return the techniques in the settings window."""
    return _extra(program, Techniques)


def pattern_editor(program: Program) -> QObject:
    """Return the editor of an own pattern."""
    return techniques(program).editor


def voices(program: Program) -> Voices:
    """Return the voices in the settings window."""
    return _extra(program, Voices)


def _extra(program: Program, kind: type[E]) -> E:
    found = program.shown(SettingsWindow)
    assert found is not None
    return next(each for each in found.extras if isinstance(each, kind))


def field(program: Program, key: str) -> SettingField:
    """Return the row of a setting in the settings window."""
    found = program.shown(SettingsWindow)
    assert found is not None
    return next(each for each in found.findChildren(SettingField) if each.setting.key == key)


def row(key: str) -> Callable[[Program], QObject]:
    """Return a function that finds the row of a setting."""
    return lambda program: field(program, key)


def box(key: str) -> Callable[[Program], QObject]:
    """Return a function that finds the field of a setting."""
    return lambda program: field(program, key).field


def notifications(program: Program) -> QObject:
    """Return the notifications."""
    return program.app.delivery.notifications


def keys(program: Program) -> QObject:
    """Return the global shortcuts."""
    return program.keys


def icon(program: Program) -> QObject:
    """Return Qt's own tray icon."""
    return icon_of(program)


def style_hints(_program: Program) -> QObject:
    """Return Qt's style hints."""
    return QGuiApplication.styleHints()


def lock(program: Program) -> QObject:
    """Return the screen lock."""
    return program.app.events.lock


def watch(program: Program) -> QObject:
    """Return the clock watch."""
    return program.app.events.watch


def watcher(program: Program) -> QObject | None:
    """Return the tray watcher."""
    return program.app.events._watcher  # noqa: SLF001


def warm_up(program: Program) -> QObject | None:
    """Return the warm-up."""
    return program.app.warm_up


def who_step(program: Program) -> QObject | None:
    """Return the step "Who starts?" of the talk."""
    page = program.page
    return page.who if isinstance(page, RestartPage) else None


def close_step(program: Program) -> QObject | None:
    """Return the last step of the talk."""
    page = program.page
    return page.close_step if isinstance(page, RestartPage) else None
