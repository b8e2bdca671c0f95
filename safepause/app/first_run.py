"""The first run: the page that says what SafePause is, and the practice that it offers.

The page is shown once: at the first start that a person sees, or after the first pause, if that
came first. It never comes before a call, and not at a login. Menu and home window open it again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.app.updates import NoWindow
from safepause.core.capability import CapabilityKey
from safepause.core.clock import DemoClock
from safepause.core.listeners import Order
from safepause.core.pause import Start
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import Settings, declared
from safepause.core.settings.declaration import SettingError
from safepause.i18n import data_words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.practice import Practice
    from safepause.app.shortcut_controller import ShortcutController
    from safepause.app.tray_controller import TrayController
    from safepause.app.windows import Windows
    from safepause.core.capability import Capability
    from safepause.core.clock import Clock
    from safepause.core.ports import Scheduler
    from safepause.core.service import Accepted, PauseService
    from safepause.core.settings.declaration import Value
    from safepause.system.notifications import Notifications
    from safepause.ui.windows.first_run import FirstRunWindow

WELCOMED = "welcomed"
"""The setting that remembers that the page was shown."""
PLAYERS = "pause_media"
"""The setting that the end of a practice asks about."""
ASKED_PLAYERS = "asked_players"
"""The setting that remembers that the end of a practice has asked."""

DOUBLE_CLICK = 1.0
"""Seconds in which the second click of a double click does not end what the first one began."""


class FirstRun:
    """Shows the page once by itself, and again when it is asked for, and holds the practice."""

    def __init__(  # noqa: PLR0913  -- built in one place, each part once
        self,
        service: PauseService,
        flow: PauseFlow,
        windows: Windows,
        tray: TrayController,
        *,
        keys: Callable[[], ShortcutController | None],
        notifications: Callable[[], Notifications],
    ) -> None:
        """Follow the pauses. `keys` returns what binds the shortcut; None before it is built.

        `notifications` makes those of a practice.
        """
        self._service = service
        self._flow = flow
        self._windows = windows
        self._tray = tray
        self._keys = keys
        self._notifications = notifications
        self.practice: Practice | None = None
        """The practice that runs."""
        self.time: Callable[[], tuple[Clock, Scheduler] | None] = lambda: None
        """Returns clock and scheduler of a practice; None for a fast clock."""
        self.players_known: Callable[[], bool] = lambda: False
        """Returns whether this desktop's players can be paused."""
        self._waits = False
        self._began = 0.0
        windows.tray_told = self._show_ways
        service.on_change(CapabilityKey.WINDOWS, self._follow, Order.SHOW)
        service.on_settings(CapabilityKey.WINDOWS, self._use)
        service.on_forget(CapabilityKey.WINDOWS, self.stop)
        flow.on_gone(CapabilityKey.WINDOWS, self._pause_gone)
        tray.actions.practice_requested.connect(self.practise)
        tray.actions.how_requested.connect(self.show)
        tray.actions.pause_now.changed.connect(self._show_ways)

    def start(self) -> None:
        """Do nothing. `greet` shows the page."""

    def stop(self) -> None:
        """End a practice."""
        if self.practice is not None:
            self.practice.finish()
            self._forget_practice()

    def capabilities(self) -> list[Capability]:
        """Say nothing: the windows say that they can be shown."""
        return []

    def leave(self) -> None:
        """End a practice without a word: a person wants nothing of the program in sight."""
        if self.practice is not None:
            self.practice.finish()
            self._forget_practice()

    @property
    def due(self) -> bool:
        """Whether the page still has to be shown once. A demo is not a first run."""
        known = self._service.settings.flag(WELCOMED)
        return not known and not isinstance(self._service.clock, DemoClock)

    def greet(self) -> bool:
        """Show the page in the place of the home window, if it is due. Return whether it was."""
        if not self.due or self._service.pause is not None or self._flow.visible:
            return False
        return self.show()

    def show(self) -> bool:
        """Show the page. Return False, after the person was told, if its code is missing."""
        window = self._window()
        if window is None:
            return False
        with suppress(NotKept):  # the page then comes again at the next start
            if not self._service.settings.flag(WELCOMED):
                self._service.set(WELCOMED, value=True)
        window.show_times(self._service.clock)
        self._show_ways()
        window.bring_up(doors.window_manager())
        self._windows.tell_opened()
        return True

    def practise(self) -> None:
        """Begin a practice, or end the one that runs. A pause that stands is shown instead."""
        now = self._service.clock.monotonic()
        if self.practice is not None:
            if now - self._began >= DOUBLE_CLICK:
                self.practice.finish()
                self._ended()
        elif self._service.pause is not None:
            self._flow.show()
        elif (made := self._windows.updates.use(doors.practice)) is not None:
            settings, faults = self._service.settings, self._service.faults
            self.practice = made(
                settings,
                self._windows,
                self._notifications(),
                faults,
                ended=self._ended,
                left=self._forget_practice,
                time=self.time(),
            )
            self._began = now
            self._tray.actions.show_practising(practising=True)
            if self._windows.first_run is not None:
                self._windows.first_run.hide()
            try:
                self.practice.start()
            except NoWindow:
                self.practice.finish()
                self._forget_practice()

    def rehearse(self) -> None:
        """Begin a practice, or show the one that runs."""
        if self.practice is not None:
            self.practice.show()
        else:
            self.practise()

    def _ended(self) -> None:
        """Say that the practice is over, and what became of it: nothing."""
        whole = self.practice is not None and self.practice.whole
        self._forget_practice()
        window = self._window()
        if window is not None:
            window.show_practised(whole=whole, ask_players=self._asks_players())
            self.show()

    def _asks_players(self) -> bool:
        """Tell whether to ask about music and videos: once, and where they can be paused."""
        settings = self._service.settings
        answered = settings.flag(PLAYERS) or settings.flag(ASKED_PLAYERS)
        return not answered and self.players_known()

    def _forget_practice(self) -> None:
        self.practice = None
        self._tray.actions.show_practising(practising=False)

    def _follow(self, accepted: Accepted) -> None:
        """Make room for a pause at once. Show the page after the first one, when it has gone."""
        step = accepted.transition
        if isinstance(step.command, Start) or step.taken_back is not None:
            self._waits = False
            self.stop()
            if self._windows.first_run is not None:
                self._windows.first_run.hide()
        elif step.outcome is not None and self.due:
            self._waits = True
            if not self._flow.visible:
                self._pause_gone()

    def _pause_gone(self) -> None:
        """Show the page, if it has waited until the first pause has left the screen."""
        if self._waits and self._service.pause is None:
            self._waits = False
            self.greet()

    def _window(self) -> FirstRunWindow | None:
        """Return the window; None, after the person was told, if its code is missing."""
        windows = self._windows
        if windows.first_run is None and (made := windows.updates.use(doors.first_run_window)):
            windows.first_run = made(self._service.settings)
            windows.first_run.practice_requested.connect(self.practise)
            windows.first_run.set_requested.connect(self._set)
            windows.first_run.players_asked.connect(self._players_asked)
            windows.first_run.support_requested.connect(windows.show_support)
            windows.first_run.settings_requested.connect(windows.settings.show_settings)
            windows.first_run.left.connect(self._left)
        return windows.first_run

    def _left(self) -> None:
        """Show the home window where nothing else of SafePause would be in sight."""
        if self._windows.no_tray and self._service.pause is None and self.practice is None:
            self._windows.show_home()

    def _players_asked(self) -> None:
        """Remember that the two have seen the question."""
        with suppress(NotKept):  # it then comes again after the next practice
            self._service.set(ASKED_PLAYERS, value=True)

    def _set(self, key: str, value: Value) -> None:
        """Keep a name or an answer, or say why it can't be kept."""
        window = self._window()
        try:
            self._service.set(key, declared(key).parse(value) if isinstance(value, str) else value)
        except NotKept as error:
            sentence = data_words.not_saved(error.detail)
        except SettingError as error:
            sentence = doors.wrong_setting(error)
        else:
            sentence = ""
        if window is not None:
            window.tell(sentence)

    def _use(self, settings: Settings) -> None:
        """Show in the page what was changed elsewhere."""
        if self._windows.first_run is not None:
            self._windows.first_run.show_names(settings)

    @property
    def keys_shown(self) -> str:
        """The keys that call a pause now; empty if none do, or before that is known."""
        shortcuts = self._keys()
        return shortcuts.shown if shortcuts is not None else ""

    def _show_ways(self) -> None:
        """Show in the page how a pause is called on this desktop, as far as is known now."""
        window = self._windows.first_run
        if window is None:
            return
        actions, advice, no_keys = self._tray.actions, list[str](), False
        clicks = (2 if actions.menu_at_click else 1) if self._tray.tray.available() else 0
        if not clicks and self._windows.no_tray:
            tray = self._tray.tray.capability()
            advice.append(
                _("This desktop has no tray. Open SafePause from your menu, and press Pause now.")
            )
            advice.append(tray.advice)
        shortcuts = self._keys()
        shown = self.keys_shown
        if shortcuts is not None and not shown and shortcuts.capabilities()[0].known:
            no_keys = True
            advice.append(_("No keys call a pause yet. Settings shows what to do."))
        window.show_ways(shown, clicks, tuple(filter(None, advice)), no_keys=no_keys)
