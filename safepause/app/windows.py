"""The windows outside a pause: home, settings, past pauses and support.

Each window is built with its first use. `pause_flow` has the pause window.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safepause import __version__
from safepause.app import doors
from safepause.app.agreement_controller import AgreementController
from safepause.app.bus_return import STANDS_BY
from safepause.app.settings_controller import SettingsController
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.listeners import Listeners, Order
from safepause.core.origin import Origin
from safepause.core.ports import NotKept
from safepause.i18n import data_words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.autostart_controller import AutostartController
    from safepause.app.updates import Updates
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.tray.actions import Actions
    from safepause.ui.widgets.banner import Answer
    from safepause.ui.windows.base import Window
    from safepause.ui.windows.first_run import FirstRunWindow
    from safepause.ui.windows.history import HistoryWindow
    from safepause.ui.windows.home import HomeWindow
    from safepause.ui.windows.support import SupportWindow


class Windows:
    """Builds and shows the windows outside a pause."""

    def __init__(
        self,
        service: PauseService,
        actions: Actions,
        autostart: AutostartController,
        capabilities: Callable[[], list[Capability]],
        updates: Updates,
    ) -> None:
        """Follow the settings. `capabilities` returns what works on this computer.

        `updates` knows whether the code of a window can still be imported.
        """
        self.unread: Callable[[], str] = str
        """Says why past pauses can't be read; nothing if they can, or there are none."""
        self.updates = updates
        self._service = service
        self._actions = actions
        self.home: HomeWindow | None = None
        """The home window; None before its first use."""
        self.first_run: FirstRunWindow | None = None
        """The page of the first run, which `first_run` builds with its first use."""
        self.no_tray = False
        """Whether the desktop has no tray, as was said in the home window."""
        self.tray_told: Callable[[], object] = bool
        """Called when that was said, or taken back."""
        self.opened = False
        """Whether a person has opened one of these windows in this run."""
        self._opened: Listeners[None] = Listeners(service.faults)
        self.settings = SettingsController(service, autostart, capabilities, self)
        self.agreement = AgreementController(service, self)
        self._history: HistoryWindow | None = None
        self._support: SupportWindow | None = None
        service.on_settings(CapabilityKey.WINDOWS, self._use, Order.SHOW)
        service.on_forget(CapabilityKey.WINDOWS, self._forget_shown)

    @property
    def in_use(self) -> bool:
        """Whether another window than the home window is open. A person may have typed there."""
        return any(window.isVisible() for window in self._all() if window is not self.home)

    def prepare(self) -> None:
        """Load what must work without the program's files, beside the pause itself."""
        doors.home_window()
        doors.support_window()
        doors.update_window()
        doors.other_screens()
        doors.prepare_fonts()

    def start(self) -> None:
        """Do nothing. Each window is built with its first use."""

    def stop(self) -> None:
        """Remove every window."""
        for window in self._all():
            window.close()
            window.deleteLater()

    def capabilities(self) -> list[Capability]:
        """Say which windows there are, and whether the computer has fonts for their words."""
        why = _("Settings, past pauses and support can be shown.")
        shown = Capability(CapabilityKey.WINDOWS, available=True, why=why)
        names = [self._service.settings.text(key) for key in ("name1", "name2")]
        return [shown, doors.fonts_capability(" ".join((why, *names)))]

    def on_opened(self, part: CapabilityKey, listener: Callable[[], object]) -> None:
        """Tell `listener`, which belongs to `part`, when a person has opened a window."""
        self._opened.add(part, lambda _nothing: listener())

    def show_home(self) -> None:
        """Show the window that has every action."""
        home = self._home()
        if home is not None:
            home.bring_up(doors.window_manager())
            self.tell_opened()

    def show_history(self) -> None:
        """List how past pauses ended."""
        if self._history is None and (made := self.updates.use(doors.history_window)):
            self._history = made(self._service.clock, self._service.settings)
            self._history.forget_requested.connect(self.forget)
            self._history.save_requested.connect(self.export)
        if self._history is not None:
            self._list_outcomes()
            self._history.bring_up(doors.window_manager())
            self.tell_opened()

    def show_support(self) -> None:
        """Show the helplines. Nothing logs this."""
        if self._support is None and (made := self.updates.use(doors.support_window)):
            self._support = made(self._service.settings)
        if self._support is not None:
            self._support.bring_up(doors.window_manager())
            self.tell_opened()

    def quick_exit(self) -> None:
        """Hide every window of the program at once. Nothing is opened, asked or logged."""
        doors.leave_at_once()

    def say_no_tray(self) -> None:
        """Say in the home window that the desktop has no tray."""
        self.no_tray = True
        home = self._home()
        if home is not None:
            home.say_no_tray()
        self.tray_told()

    def take_back_no_tray(self) -> None:
        """Remove the sentence that the desktop has no tray."""
        self.no_tray = False
        if self.home is not None:
            self.home.take_back_no_tray()
        self.tray_told()

    @property
    def greets(self) -> bool:
        """Whether the page of the first run is open."""
        return self.first_run is not None and self.first_run.isVisible()

    def stand_by(self) -> None:
        """Show the home window minimised, so that it does not disturb a person at work."""
        home = self._home()
        if home is not None:
            home.stand_by()

    def say(self, sentence: str, answer: Answer | None = None) -> None:
        """Show the home window with a sentence, and what a person can do about it."""
        home = self._home()
        if home is not None:
            home.tell(sentence, answer)
            home.bring_up(doors.window_manager())

    def forget(self) -> None:
        """Delete all data and show the empty list of past pauses, or say what can't be deleted."""
        try:
            self._service.forget_all(self._service.clock.now(), Origin.WINDOW)
        except NotKept as error:
            again = doors.answer(_("Try again"), self.forget)
            self.say(data_words.not_forgotten(error), again)
        else:
            if self.home is not None:
                self.home.tell("")
            self.show_history()

    def export(self, path: str) -> None:
        """Write everything that is kept to a file, or say why it can't be written."""
        if self._history is not None:
            told = doors.export(self._service, Path(path), __version__)
            self._history.save_row.tell(told)

    def tell_opened(self) -> None:
        """Tell the listeners that a person has opened a window."""
        self.opened = True
        self._opened.tell(None)

    def _forget_shown(self) -> None:
        """Forget what windows show, and what another program could paste, such as a name."""
        self._list_outcomes()
        doors.give_up_words()

    def _list_outcomes(self) -> None:
        """Show the present list in the window of past pauses."""
        if self._history is not None:
            unreadable = self._service.unreadable_outcomes()
            self._history.show_outcomes(self._service.outcomes(), unreadable, self.unread())

    def _home(self) -> HomeWindow | None:
        """Return the window; None, after the person was told, if its code is missing."""
        if self.home is None and (made := self.updates.use(doors.home_window)):
            self.home = made(self._actions, self._service.settings)
            self.home.setProperty(STANDS_BY, "yes")
        return self.home

    def _use(self, settings: Settings) -> None:
        """Use changed settings in every window."""
        for window in self._all():
            window.use(settings)

    def _all(self) -> list[Window]:
        windows = (
            self.home,
            self.settings.window,
            self.agreement.window,
            self._history,
            self._support,
            self.first_run,
        )
        return [window for window in windows if window is not None]
