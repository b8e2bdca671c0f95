"""The windows of calm days: home, settings, past pauses, support. Each is built with its first use.

The window of a pause is another subject: see `pause_flow`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.app.settings_controller import SettingsController
from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.core.ports import NotKept
from safepause.i18n import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.autostart_controller import AutostartController
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.tray.actions import Actions
    from safepause.ui.windows.base import Window
    from safepause.ui.windows.history import HistoryWindow
    from safepause.ui.windows.home import HomeWindow
    from safepause.ui.windows.support import SupportWindow


class Windows:
    """The windows of calm days."""

    def __init__(
        self,
        service: PauseService,
        actions: Actions,
        autostart: AutostartController,
        capabilities: Callable[[], list[Capability]],
    ) -> None:
        """Follow the settings. `capabilities` returns what works on this computer."""
        self._service = service
        self._actions = actions
        self.home: HomeWindow | None = None
        """The home window, once it was needed."""
        self.settings = SettingsController(service, autostart, capabilities, self.show_support)
        self._history: HistoryWindow | None = None
        self._support: SupportWindow | None = None
        service.on_settings(CapabilityKey.WINDOW, self._use, Order.SHOW)
        service.on_forget(CapabilityKey.WINDOW, self._list_outcomes)

    def start(self) -> None:
        """Do nothing: each window comes when it is needed."""

    def stop(self) -> None:
        """Remove every window."""
        for window in self._all():
            window.close()
            window.deleteLater()

    def capabilities(self) -> list[Capability]:
        """Return nothing: the windows need nothing that a desktop could lack."""
        return []

    def show_home(self) -> None:
        """Show the window that has every action."""
        self._home().bring_up()

    def show_history(self) -> None:
        """List how past pauses ended."""
        if self._history is None:
            self._history = doors.history_window()(self._service.clock, self._service.settings)
            self._history.forget_requested.connect(self.forget)
        self._list_outcomes()
        self._history.bring_up()

    def show_support(self) -> None:
        """Show whom a person can turn to. Nothing logs this."""
        if self._support is None:
            self._support = doors.support_window()(self._service.settings)
        self._support.bring_up()

    def say_no_tray(self) -> None:
        """Say in the home window, once, that the desktop has no tray."""
        self._home().say_no_tray()

    def take_back_no_tray(self) -> None:
        """Say no longer that the desktop has no tray."""
        if self.home is not None:
            self.home.take_back_no_tray()

    def stand_by(self) -> None:
        """Show the home window minimised: it takes nothing from a person at work."""
        self._home().stand_by()

    def say(self, sentence: str) -> None:
        """Show the home window with a sentence."""
        self._home().tell(sentence)
        self.show_home()

    def forget(self) -> None:
        """Delete everything that is kept, and show that nothing is left, or say what can't go."""
        try:
            self._service.forget_all(self._service.clock.now(), Origin.WINDOW)
        except NotKept as error:
            self.say(words.not_forgotten(error))
        else:
            self.show_history()

    def _list_outcomes(self) -> None:
        """List in the window of past pauses what is kept now."""
        if self._history is not None:
            self._history.show_outcomes(self._service.outcomes())

    def _home(self) -> HomeWindow:
        if self.home is None:
            self.home = doors.home_window()(self._actions, self._service.settings)
        return self.home

    def _use(self, settings: Settings) -> None:
        """Take up changed settings."""
        for window in self._all():
            window.use(settings)

    def _all(self) -> list[Window]:
        windows = (self.home, self.settings.window, self._history, self._support)
        return [window for window in windows if window is not None]
