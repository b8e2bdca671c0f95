"""What a person asks for in a pause becomes a command, wherever the person asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from safepause.app import doors
from safepause.core.origin import Origin
from safepause.core.pause import LetGo, Reason, Refusal, Return, Undo
from safepause.core.ports import NotKept
from safepause.i18n import data_words, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows
    from safepause.core.pause import Command
    from safepause.core.requests import When
    from safepause.core.service import PauseService
    from safepause.ui.pause.window import PauseWindow


class Later(Protocol):
    """Keeps what the two want later, at the end of a talk."""

    def talk_at(self, when: datetime | None) -> None:
        """Remind the two at an instant of their talk, or not at all."""
        ...

    def look_back(self, *, wanted: bool) -> None:
        """Ask the two in an hour, once, whether they want to look back; or don't."""
        ...

    def show_kept(self) -> None:
        """Show on the last step of the talk what the two have planned before."""
        ...


class PauseRequests:
    """Has the service carry out what a person asks for, and says why it can't."""

    def __init__(self, service: PauseService, say: Callable[[str], object]) -> None:
        """Ask `service`. `say` shows a sentence in a window that a person sees."""
        self._service = service
        self._say = say
        self.small = False
        """Whether the talk that begins now is the one of ten minutes."""
        self.later: Later
        """What may follow a talk. App builds it after the icon; a practice has its own."""

    def call(
        self, origin: Origin, by: str | None = None, when: timedelta | datetime | None = None
    ) -> None:
        """Call a pause of a length or until an instant. If a pause is open, show it."""
        service = self._service
        self.ask(doors.start_request(service.settings, service.clock, when, by), origin)

    def extend(self, origin: Origin, when: When) -> None:
        """Set a new return time: a length more, an instant or a clock time."""
        self._service.follow_clock()  # a length more counts from the return
        self.ask(doors.extend_request(self._service.pause, self._service.clock, when), origin)

    def come_back(self, origin: Origin) -> None:
        """End the pause, because both people are back."""
        self.ask(Return(self._service.clock.now()), origin)

    def small_restart(self, origin: Origin) -> None:
        """End the pause, because both people are back and want to talk for ten minutes."""
        self.small = True
        self.come_back(origin)
        self.small = False

    def let_go(self, origin: Origin) -> None:
        """End the pause without a talk today."""
        self.ask(LetGo(self._service.clock.now()), origin)

    def undo(self, origin: Origin) -> None:
        """Take back a call, or an end, that was a slip."""
        self.ask(Undo(self._service.clock.now()), origin)

    def talk_at(self, when: datetime | None) -> None:
        """Remind the two of another talk at an instant, or not at all."""
        self.later.talk_at(when)

    def look_back(self, wanted: object) -> None:
        """Ask the two in an hour whether they want to look back, or don't."""
        self.later.look_back(wanted=bool(wanted))

    def show_kept(self) -> None:
        """Show on the last step of the talk what the two have planned before."""
        self.later.show_kept()

    def set_sound(self, wanted: bool) -> None:  # noqa: FBT001  -- the value of a signal
        """Keep whether tones go with the breathing."""
        try:
            self._service.set("eyes_closed", wanted)
        except NotKept as error:
            self._say(data_words.not_saved(error.detail))

    def ask(self, command: Command, origin: Origin) -> None:
        """Have the service carry out a command. Say a refusal, unless there is no pause."""
        result = self._service.apply(command, origin)
        if isinstance(result, Refusal) and result.reason is not Reason.NOT_PAUSED:
            self._say(words.refused(result, self._service.clock))


def connect(window: PauseWindow, flow: PauseFlow, windows: Windows) -> None:
    """Connect every request of the pause window."""
    requests = flow.requests
    window.undo_requested.connect(lambda: requests.undo(Origin.WINDOW))
    window.return_requested.connect(lambda: requests.come_back(Origin.WINDOW))
    window.more_time_requested.connect(lambda when: requests.extend(Origin.WINDOW, when))
    window.let_go_requested.connect(lambda: requests.let_go(Origin.WINDOW))
    window.pause_again_requested.connect(lambda: requests.call(Origin.WINDOW))
    window.small_restart_requested.connect(lambda: requests.small_restart(Origin.WINDOW))
    window.talk_requested.connect(requests.talk_at)
    window.look_back_wanted.connect(requests.look_back)
    window.support_requested.connect(windows.show_support)
    window.sound_requested.connect(requests.set_sound)
    window.breathing_began.connect(lambda session, began: flow.breathing((session, began)))
    window.breathing_ended.connect(lambda: flow.breathing(None))
    window.sound_offered = flow.offers_sound
