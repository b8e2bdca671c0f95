"""What the pause window shows after the service has carried a command out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.pause import Correct, Extend, Return, Start, State
from safepause.i18n import data_words, words

if TYPE_CHECKING:
    from safepause.app.autostart_controller import AutostartController
    from safepause.app.cards import Cards
    from safepause.app.pause_flow import PauseFlow
    from safepause.core.service import Accepted, PauseService


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

    def follow(self, accepted: Accepted) -> None:
        """Show the result of a command."""
        command = accepted.transition.command
        if self._flow.window is not None and (
            accepted.pause is None or accepted.transition.outcome
        ):
            self._faults.guard(CapabilityKey.WINDOW, self._flow.window.forget_pause)
        if isinstance(command, Start):
            self._follow_call(accepted)
        elif isinstance(command, Return):
            self._follow_return()
        elif isinstance(command, Extend):
            self._follow_extension(accepted)
        elif isinstance(command, Correct):
            self._follow_correction(accepted)
        elif self._flow.window is not None:
            self._flow.window.hide()
            self._flow.window_gone()
        self._cards.follow(self._flow.window)
        if not accepted.kept:
            sentence = data_words.not_kept if accepted.pause else data_words.may_show_again
            self._flow.say(sentence(self._service.trouble))

    def _follow_call(self, accepted: Accepted) -> None:
        if accepted.pause is not None and accepted.transition.begins_pause:
            self._flow.show_pause(accepted.pause, fresh=True)
        else:
            self._flow.show()

    def _follow_return(self) -> None:
        window = self._flow.open_window()
        page = window.show_restart()
        self._flow.bring_up()
        self._faults.guard(CapabilityKey.AUTOSTART, lambda: self._autostart.offer(page))
        window.tell("")  # enlarges the window for the offer

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
