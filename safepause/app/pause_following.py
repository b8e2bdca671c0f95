"""What the pause window shows after the service has carried a command out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import CapabilityKey
from safepause.core.origin import Origin
from safepause.core.pause import Correct, Extend, LetGo, Return, Start, State
from safepause.core.restart import Step
from safepause.i18n import data_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.app.autostart_controller import AutostartController
    from safepause.app.cards import Cards
    from safepause.app.pause_flow import PauseFlow
    from safepause.core.service import Accepted, PauseService
    from safepause.ui.pause.restart_page import RestartPage


_ASKED_HERE = (Origin.WINDOW, Origin.TRAY)
"""Where a person waits for an answer of the window."""


class PauseFollowing:
    """Follows each command: the page that comes after it, and the cards on the other screens."""

    def __init__(
        self, flow: PauseFlow, service: PauseService, autostart: AutostartController, cards: Cards
    ) -> None:
        """Show what follows in the window of `flow`."""
        self._flow = flow
        self._service = service
        self._faults = service.faults
        self._autostart = autostart
        self._cards = cards
        self._page: RestartPage | None = None

    def follow(self, accepted: Accepted) -> None:
        """Show the result of a command."""
        if self._flow.window is not None and (
            accepted.pause is None or accepted.transition.outcome
        ):
            self._faults.guard(CapabilityKey.WINDOW, self._flow.window.forget_pause)
        self._show_result(accepted)
        self._cards.follow(self._flow.window)
        if not accepted.kept:
            self._say_not_kept()

    def _say_not_kept(self) -> None:
        """Say that the pause, or its end, is not saved, with another try in one click."""
        sentence = data_words.not_kept if self._service.pause else data_words.may_show_again
        again = doors.answer(_("Try again"), self._save)
        self._flow.say(sentence(self._service.trouble), again)

    def _save(self) -> None:
        self._service.save()
        if self._service.kept:
            self._flow.say(data_words.saved_now())
        else:
            self._say_not_kept()

    def _show_result(self, accepted: Accepted) -> None:
        command = accepted.transition.command
        if self._flow.window is not None:
            self._flow.window.offer_undo("")
        if isinstance(command, Start):
            self._follow_call(accepted)
        elif isinstance(command, Extend):
            self._follow_extension(accepted)
        elif isinstance(command, Correct):
            self._follow_correction(accepted)
        else:
            self._follow_end(accepted)

    def _follow_end(self, accepted: Accepted) -> None:
        """Show what comes after the end of a pause, or the pause that stands again."""
        command = accepted.transition.command
        if isinstance(command, Return):
            self._follow_return()
        elif accepted.transition.taken_back is not None:
            self._flow.show()
        elif isinstance(command, LetGo) and self._asked_here(accepted.origin):
            self._follow_let_go()
        elif self._flow.window is not None:
            self._flow.window.hide()
            self._flow.window_gone()

    def _asked_here(self, origin: Origin) -> bool:
        """Tell whether the person who asked sees, or expects, the window."""
        return origin in _ASKED_HERE or (origin is Origin.NOTIFICATION and self._flow.visible)

    def _follow_call(self, accepted: Accepted) -> None:
        if accepted.pause is not None and accepted.transition.begins_pause:
            self._flow.show_pause(accepted.pause, fresh=True)
        else:
            self._flow.show()

    def _follow_return(self) -> None:
        window = self._flow.open_window()
        page = window.show_restart(small=self._flow.requests.small)
        if page is not self._page:
            self._page = page
            page.step_shown.connect(lambda step: self._offer(page, step))
        self._flow.bring_up()
        window.tell("")  # enlarges the window for the page
        window.offer_undo(_("The pause has ended."))

    def _follow_let_go(self) -> None:
        window = self._flow.open_window()
        window.show_let_rest()
        window.offer_undo(_("The reminders have stopped."))
        self._flow.bring_up()

    def _offer(self, page: RestartPage, step: int) -> None:
        """Offer the start with the computer at the end of the talk, and not before it."""
        if step == Step.CLOSE:
            self._faults.guard(CapabilityKey.AUTOSTART, lambda: self._autostart.offer(page))

    def _follow_extension(self, accepted: Accepted) -> None:
        if accepted.pause is not None and self._flow.visible:
            self._flow.open_window().show_pause(accepted.pause, fresh=False)

    def _follow_correction(self, accepted: Accepted) -> None:
        """Show, in an open window, the times that the pause has since the clock was set."""
        pause, window, due = accepted.pause, self._flow.window, self._service.state is State.DUE
        if pause is None or window is None or not window.isVisible():
            return
        if window.page is not None and window.page.choosing:
            window.show_more_time(pause)
        elif due:
            window.show_return(pause)
        else:
            window.show_pause(pause, fresh=False)
        if accepted.transition.moves_return and not due:
            window.tell(words.clock_set(pause, self._service.clock))
