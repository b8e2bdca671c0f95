"""Which window is shown when. Each is imported and built with its first use, and connected here.

A window's request becomes one call of the service; what the service did comes back as a change.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepause.app.settings_controller import SettingsController
from safepause.core.pause import Extend, Reason, Refusal, Return, Start, State
from safepause.core.ports import NotKept
from safepause.i18n import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.autostart_controller import AutostartController
    from safepause.core.capability import Capability
    from safepause.core.service import Accepted, PauseService, Result
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.other_screens import OtherScreens
    from safepause.ui.pause.window import PauseWindow
    from safepause.ui.tray.actions import Actions
    from safepause.ui.windows.base import Window
    from safepause.ui.windows.history import HistoryWindow
    from safepause.ui.windows.home import HomeWindow
    from safepause.ui.windows.support import SupportWindow


class Windows:
    """All windows of the program."""

    def __init__(
        self,
        service: PauseService,
        actions: Actions,
        capabilities: Callable[[], list[Capability]],
        starting: AutostartController,
    ) -> None:
        """Connect the menu's requests; no window exists yet."""
        self._service = service
        self._actions = actions
        self._starting = starting
        self.stage: PauseWindow | None = None
        self._companions: OtherScreens | None = None
        self._home_waits = False
        self._home_window: HomeWindow | None = None
        self.settings = SettingsController(service, starting, capabilities, self._show_support)
        self._history: HistoryWindow | None = None
        self._support: SupportWindow | None = None
        self._connect_actions()
        service.on_settings(self._use)

    def show(self) -> None:
        """Show what matters now: the return, the pause, the page that is open, or home."""
        state, pause = self._service.state, self._service.pause
        if pause is None and self.stage is not None and self.stage.isVisible():
            self.stage.bring_up(steal_focus=True)
        elif pause is None:
            self.show_home()
        elif state is State.DUE:
            self.show_return()
        else:
            stage = self._stage()
            stage.show_pause(pause, fresh=False)
            stage.bring_up(steal_focus=True)

    def show_home(self) -> None:
        """Show the window that has every action."""
        self._home().bring_up()

    def show_home_without_tray(self, *, minimised: bool = False) -> None:
        """Show the window that is the home where the desktop has no tray, and say so once.

        A pause on screen keeps its focus: the home comes when that window goes. `minimised` shows
        it where the desktop keeps windows, and takes nothing from whoever is at work.
        """
        self._home().say_no_tray()
        if minimised:
            self._home().stand_by()
            return
        self._home_waits = self.stage is not None and self.stage.isVisible()
        if not self._home_waits:
            self.show_home()

    def take_back_no_tray(self) -> None:
        """Say no longer that the desktop has no tray."""
        if self._home_window is not None:
            self._home_window.take_back_no_tray()

    def accompany(self) -> None:
        """Stand on the other screens, too, while the window is open, if the settings ask for it."""
        pause, settings = self._service.pause, self._service.settings
        if (
            self._companions is None
            and self.stage is not None
            and settings.text("screens") == "all"
        ):
            from safepause.ui.pause.other_screens import OtherScreens

            self._companions = OtherScreens(self.stage, self._service.clock, settings)
        if self._companions is not None:
            self._companions.follow(pause, settings)

    def show_return(self, *, steal_focus: bool = True, unmanaged: bool = False) -> None:
        """Say that it is time to come back; a reminder takes no choice of a new time away."""
        if self._service.pause is not None:
            stage = self._stage()
            choosing = stage.isVisible() and stage.page is not None and stage.page.choosing
            if steal_focus or not choosing:
                stage.show_return(self._service.pause)
            stage.bring_up(steal_focus=steal_focus, unmanaged=unmanaged)

    def show_more_time(self) -> None:
        """Ask for the new time."""
        if self._service.pause is not None:
            stage = self._stage()
            stage.show_more_time(self._service.pause)
            stage.bring_up(steal_focus=True)

    def show_breathing(self) -> None:
        """Guide breathing without a pause; while one stands, show that instead."""
        if self._service.pause is not None:
            self.show()
            return
        stage = self._stage()
        stage.show_breathing()
        stage.bring_up(steal_focus=True)

    def call(self, by: str | None = None, length: timedelta | None = None) -> None:
        """Call a pause at once; while one stands, only show it."""
        self.answer(self._service.call(by, length=length))

    def call_for(self, choice: object) -> None:
        """Call a pause of a length, or until an instant."""
        if isinstance(choice, datetime):
            self.answer(self._service.call(until=choice))
        elif isinstance(choice, timedelta):
            self.answer(self._service.call(length=choice))

    def extend(self, choice: object) -> None:
        """Name the new return time: by how much later, or when."""
        if isinstance(choice, datetime):
            self.answer(self._service.extend(until=choice))
        elif isinstance(choice, timedelta):
            self.answer(self._service.extend(extra=choice))

    def answer(self, answer: Result) -> None:
        """Put a refusal into words where the person is looking."""
        if isinstance(answer, Refusal) and answer.reason is not Reason.NOT_PAUSED:
            if self.stage is None or not self.stage.isVisible():
                self.show()
            self._stage().tell(words.refused(answer, self._service.clock))

    def follow(self, done: Accepted) -> None:
        """Show what a command has led to."""
        pause, command = done.pause, done.step.command
        if isinstance(command, Start) and pause is not None:
            fresh = pause.started_at == done.step.at
            self._follow_call(fresh=fresh)
            if fresh and not done.kept:
                self._stage().tell(words.not_kept(self._service.trouble))
        elif self.stage is not None or isinstance(command, Return):
            self._follow_rest(done)

    def close(self) -> None:
        """Take every window away, for good."""
        for window in self._all():
            window.close()
            window.deleteLater()

    def tell(self, sentence: str) -> None:
        """Say something that went wrong, in the window that is open or in its home."""
        if self.stage is not None and self.stage.isVisible():
            self.stage.tell(sentence)
        else:
            self._home().tell(sentence)
            self.show_home()

    def _follow_call(self, *, fresh: bool) -> None:
        if not fresh:
            self.show()
        elif self._service.pause is not None:
            stage = self._stage()
            stage.show_pause(self._service.pause, fresh=True)
            stage.bring_up(steal_focus=True)

    def _follow_rest(self, done: Accepted) -> None:
        from safepause.ui.pause.restart_page import RestartPage

        stage = self._stage()
        if isinstance(done.step.command, Return):
            stage.show_restart()
            if isinstance(stage.page, RestartPage):
                self._starting.offer(stage.page)
                stage.tell("")  # makes room for the offer
            if not done.kept:
                stage.tell(words.may_show_again(self._service.trouble))
            stage.bring_up(steal_focus=True)
        elif isinstance(done.step.command, Extend) and done.pause is not None:
            if stage.isVisible():
                stage.show_pause(done.pause, fresh=False)
                if not done.kept:
                    stage.tell(words.not_kept(self._service.trouble))
        else:
            stage.hide()
            self._stage_gone()

    def _stage(self) -> PauseWindow:
        if self.stage is None:
            from safepause.ui.pause.window import PauseWindow

            service = self._service
            stage = PauseWindow(service.clock, service.settings)
            stage.undo_requested.connect(lambda: self.answer(service.undo()))
            stage.return_requested.connect(lambda: self.answer(service.come_back()))
            stage.more_time_requested.connect(self.extend)
            stage.let_go_requested.connect(lambda: self.answer(service.let_go()))
            stage.pause_again_requested.connect(self.call)
            stage.support_requested.connect(self._show_support)
            stage.hidden_by_person.connect(self._stage_gone)
            self.stage = stage
            self.accompany()
        return self.stage

    def _stage_gone(self) -> None:
        """Show the home that waited for the pause's window to go."""
        if self._home_waits:
            self._home_waits = False
            self.show_home()

    def _home(self) -> HomeWindow:
        if self._home_window is None:
            from safepause.ui.windows.home import HomeWindow

            self._home_window = HomeWindow(self._actions, self._service.settings)
        return self._home_window

    def _connect_actions(self) -> None:
        actions, service = self._actions, self._service
        actions.pause_requested.connect(self.call)
        actions.pause_for_requested.connect(self.call_for)
        actions.show_requested.connect(self.show)
        actions.breathe_requested.connect(self.show_breathing)
        actions.return_requested.connect(lambda: self.answer(service.come_back()))
        actions.more_time_requested.connect(self.extend)
        actions.choose_time_requested.connect(self.show_more_time)
        actions.agreement_requested.connect(self.settings.show_agreement)
        actions.settings_requested.connect(self.settings.show_settings)
        actions.history_requested.connect(self._show_history)
        actions.support_requested.connect(self._show_support)

    def _show_history(self) -> None:
        if self._history is None:
            from safepause.ui.windows.history import HistoryWindow

            self._history = HistoryWindow(self._service.clock, self._service.settings)
            self._history.forget_requested.connect(self.forget)
        self._history.show_outcomes(self._service.outcomes())
        self._history.bring_up()

    def _show_support(self) -> None:
        if self._support is None:
            from safepause.ui.windows.support import SupportWindow

            self._support = SupportWindow(self._service.settings)
        self._support.bring_up()

    def forget(self) -> None:
        """Delete everything that is kept, and show that nothing is left."""
        try:
            self._service.forget_all()
        except NotKept as error:
            self.tell(words.not_saved(error.detail))
        else:
            self._show_history()

    def _use(self, settings: Settings) -> None:
        for window in self._all():
            window.use(settings)

    def _all(self) -> list[PauseWindow | Window]:
        pages = self.settings.window
        windows = (self.stage, self._home_window, pages, self._history, self._support)
        return [window for window in windows if window is not None]
