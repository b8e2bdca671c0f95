"""Imports of what the tray icon does not wait for. The windows are imported here and nowhere else.

The tray icon stands early, because nothing slow is imported before it. A window is imported with
its first use, or by the warm-up after the start (see `warm_up`), whichever comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.core.capability import Capability
    from safepause.core.clock import Clock
    from safepause.core.pause import Extend, Pause, Start
    from safepause.core.requests import When
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.other_screens import OtherScreens
    from safepause.ui.pause.window import PauseWindow
    from safepause.ui.settings.window import SettingsWindow
    from safepause.ui.windows.history import HistoryWindow
    from safepause.ui.windows.home import HomeWindow
    from safepause.ui.windows.support import SupportWindow


def start_request(settings: Settings, clock: Clock, when: When | None, by: str | None) -> Start:
    """Return a call for a pause, see `core.requests.start`; importing that takes 8 ms."""
    from safepause.core import requests

    return requests.start(settings, clock, when, by=by)


def extend_request(pause: Pause | None, clock: Clock, when: When) -> Extend:
    """Return a request for more time, see `core.requests.extend`."""
    from safepause.core import requests

    return requests.extend(pause, clock, when)


def full_screen(platform: str) -> bool:
    """Return whether a program fills a screen, see `system.x11.full_screen`."""
    from safepause.system.x11 import full_screen

    return full_screen.full_screen(platform)


def prepare_full_screen() -> None:
    """Import what asks for programs that fill a screen."""
    from safepause.system.x11 import full_screen  # noqa: F401  -- the import is what counts


def pause_window() -> type[PauseWindow]:
    """Return the window of a pause."""
    from safepause.ui.pause.window import PauseWindow

    return PauseWindow


def read_window_icon() -> None:
    """Read the window icon's files, which Qt reads only when a window needs them."""
    from safepause.ui.pause import first_paint

    first_paint.read_window_icon()


def other_screens() -> type[OtherScreens]:
    """Return the cards on the other screens."""
    from safepause.ui.pause.other_screens import OtherScreens

    return OtherScreens


def home_window() -> type[HomeWindow]:
    """Return the window that has every action."""
    from safepause.ui.windows.home import HomeWindow

    return HomeWindow


def settings_window() -> type[SettingsWindow]:
    """Return the window of the agreement and the settings."""
    from safepause.ui.settings.window import SettingsWindow

    return SettingsWindow


def history_window() -> type[HistoryWindow]:
    """Return the list of past pauses."""
    from safepause.ui.windows.history import HistoryWindow

    return HistoryWindow


def support_window() -> type[SupportWindow]:
    """Return the window with the helplines."""
    from safepause.ui.windows.support import SupportWindow

    return SupportWindow


def front_capability() -> Capability:
    """Return whether the window of a pause stays in front of other windows here."""
    from safepause.ui.windows import raising

    return raising.front_capability()
