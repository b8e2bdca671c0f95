"""Imports of code that the tray icon does not wait for. The app imports its windows only here.

So nothing slow is imported before the tray icon is shown. A window is imported with its first use.
The warm-up after the start imports the pause window, if nobody has used it before (see `warm_up`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from safepause.app.practice import Practice
    from safepause.app.sound_controller import Sounds
    from safepause.core.capability import Capability
    from safepause.core.clock import Clock
    from safepause.core.pause import Extend, Pause, Start
    from safepause.core.requests import When
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import SettingError
    from safepause.system.hooks.process import Process
    from safepause.ui.agreement.window import AgreementWindow
    from safepause.ui.pause.other_screens import OtherScreens
    from safepause.ui.pause.window import PauseWindow
    from safepause.ui.settings.window import SettingsWindow
    from safepause.ui.widgets.banner import Answer
    from safepause.ui.windows.first_run import FirstRunWindow
    from safepause.ui.windows.history import HistoryWindow
    from safepause.ui.windows.home import HomeWindow
    from safepause.ui.windows.raising import WindowManager
    from safepause.ui.windows.support import SupportWindow
    from safepause.ui.windows.update import UpdateWindow


def start_request(settings: Settings, clock: Clock, when: When | None, by: str | None) -> Start:
    """Return a call for a pause, see `core.requests.start`. Its import takes 4 ms."""
    from safepause.core import requests

    return requests.start(settings, clock, when, by=by)


def extend_request(pause: Pause | None, clock: Clock, when: When) -> Extend:
    """Return a request for more time, see `core.requests.extend`."""
    from safepause.core import requests

    return requests.extend(pause, clock, when)


def full_screen(platform: str) -> bool:
    """Return whether a program or the bare desktop fills a screen, see `system.x11.full_screen`."""
    from safepause.system.x11 import full_screen

    return full_screen.full_screen(platform)


def window_manager() -> WindowManager | None:
    """Return what can be asked of X11's window manager. Other systems have nothing like that."""
    from safepause.system.x11.window_manager import X11WindowManager

    return X11WindowManager() if QGuiApplication.platformName() == "xcb" else None


def prepare_x11() -> None:
    """Import the code that looks for full-screen programs, and that asks the window manager."""
    from safepause.system.x11 import (  # noqa: F401  -- the import itself is the purpose
        full_screen,
        window_manager,
    )


def sweep_demo_folders() -> None:
    """Delete what demos that were killed have left, see `system.demo_folder`."""
    from safepause.system import demo_folder

    demo_folder.sweep()


def sounds() -> Sounds:
    """Return what plays the tones. The import of its device follows in the sound's own thread."""
    from safepause.system.sound import sounds

    return sounds


def media() -> ModuleType:
    """Return what pauses the players of the desktop."""
    from safepause.system import media

    return media


def pause_window() -> type[PauseWindow]:
    """Return the class of the pause window."""
    from safepause.ui.pause.window import PauseWindow

    return PauseWindow


def read_window_icon() -> None:
    """Read the files of the window icon. Otherwise Qt reads them with the first window."""
    from safepause.ui.pause import first_paint

    first_paint.read_window_icon()


def other_screens() -> type[OtherScreens]:
    """Return the class of the cards on the other screens."""
    from safepause.ui.pause.other_screens import OtherScreens

    return OtherScreens


def home_window() -> type[HomeWindow]:
    """Return the class of the window that has every action."""
    from safepause.ui.windows.home import HomeWindow

    return HomeWindow


def agreement_window() -> type[AgreementWindow]:
    """Return the class of the window with the agreement."""
    from safepause.ui.agreement.window import AgreementWindow

    return AgreementWindow


def save_file(path: Path, content: bytes) -> str:
    """Write a file that a person has chosen. Return a sentence that says what became of it."""
    from safepause.i18n import data_words
    from safepause.system.atomic_file import OWNER_READS, write_through_link

    try:
        write_through_link(path.expanduser(), content, OWNER_READS)
    except (OSError, RuntimeError, ValueError) as error:  # no such home, a null character
        return data_words.file_not_written(getattr(error, "strerror", None) or str(error), path)
    return data_words.file_written(path)


def export(service: PauseService, path: Path, version: str) -> str:
    """Write everything that is kept to a file. Return a sentence that says what became of it."""
    from safepause.commands.csv_output import export_for

    return save_file(path, export_for(path.name, service, version).encode())


def settings_window() -> type[SettingsWindow]:
    """Return the class of the window with the agreement and the settings."""
    from safepause.ui.settings.window import SettingsWindow

    return SettingsWindow


def history_window() -> type[HistoryWindow]:
    """Return the class of the window with past pauses."""
    from safepause.ui.windows.history import HistoryWindow

    return HistoryWindow


def support_window() -> type[SupportWindow]:
    """Return the class of the window with helplines."""
    from safepause.ui.windows.support import SupportWindow

    return SupportWindow


def first_run_window() -> type[FirstRunWindow]:
    """Return the class of the page that says what SafePause is."""
    from safepause.ui.windows.first_run import FirstRunWindow

    return FirstRunWindow


def practice() -> type[Practice]:
    """Return the class of a practice. Few runs have one."""
    from safepause.app.practice import Practice

    return Practice


def answer(words: str, act: Callable[[], object]) -> Answer:
    """Return what a person can do about a sentence."""
    from safepause.ui.widgets.banner import Answer

    return Answer(words, act)


def leave_at_once() -> None:
    """Hide every window of the program, see `ui.windows.quick_exit`."""
    from safepause.ui.windows.quick_exit import leave_at_once

    leave_at_once()


def give_up_words() -> None:
    """Give up the words that a person has marked or copied, see `ui.widgets.selection`."""
    from safepause.ui.widgets.selection import give_up_copied, give_up_selection

    give_up_selection()
    give_up_copied()


def menu_installer() -> Callable[[], object]:
    """Return the function that puts SafePause into the desktop's menu. It may raise OSError."""
    from safepause.system.desktop import install, launch_command

    return lambda: install.install(install.data_folder(), launch_command.command())


def update_window() -> type[UpdateWindow]:
    """Return the class of the window that says that the program's files were changed."""
    from safepause.ui.windows.update import UpdateWindow

    return UpdateWindow


def front_capability() -> Capability:
    """Return whether the pause window stays in front of other windows here."""
    from safepause.ui.windows import raising

    return raising.front_capability()


def fonts_capability(text: str) -> Capability:
    """Return whether all letters of a text can be shown, see `ui.theme.fonts`."""
    from safepause.ui.theme import fonts

    return fonts.fonts_capability(text)


def hook_process() -> type[Process]:
    """Return what runs a person's own command. Without a command, nobody needs this code."""
    from safepause.system.hooks.process import Process

    return Process


def prepare_fonts() -> None:
    """Import the code that looks for fonts."""
    from safepause.ui.theme import fonts  # noqa: F401  -- the import itself is the purpose


def wrong_setting(error: SettingError) -> str:
    """Return the sentence for a wrong value, see `i18n.setting_words`. Its import takes 2 ms."""
    from safepause.i18n import setting_words

    return setting_words.wrong_setting(error)
