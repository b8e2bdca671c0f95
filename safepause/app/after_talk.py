"""What may follow a talk: the talk again for an hour, a reminder of another day, a look back.

Their three instants are kept, so that they survive a restart of program and computer. None of them
comes while a pause stands.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.core.agenda import WakeUp
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.listeners import Order
from safepause.core.pause import UNDO_WINDOW, Return, Undo
from safepause.core.ports import NotKept
from safepause.core.prompt import Action, Prompt
from safepause.core.restart import AGAIN, LATE, LOOK_BACK_AFTER, LOOK_BACK_GRACE, read, written
from safepause.i18n import data_words, words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from safepause.app.pause_flow import PauseFlow
    from safepause.core.agenda import Agenda
    from safepause.core.listeners import Listeners
    from safepause.core.service import Accepted, PauseService
    from safepause.ui.tray.actions import Actions

TALK_AT, LOOK_BACK_AT, AGAIN_UNTIL = "talk_at", "look_back_at", "again_until"
"""The settings that keep the instants."""
_PART = CapabilityKey.REMINDERS


class AfterTalk:
    """Keeps what the two want after a talk, and reminds them of it."""

    def __init__(
        self,
        service: PauseService,
        agenda: Agenda,
        prompts: Listeners[Prompt],
        actions: Actions,
        flow: PauseFlow,
    ) -> None:
        """Follow the pauses."""
        self._service = service
        self._agenda = agenda
        self._prompts = prompts
        self._actions = actions
        self._flow = flow
        self._again = self._look_back = self._waits = False
        service.on_change(_PART, self._changed, Order.SHOW)
        service.on_forget(_PART, self._forget)

    def start(self) -> None:
        """Go on with what was kept in an earlier run. What was missed meanwhile comes now."""
        until, now = read(self._service.settings.text(AGAIN_UNTIL)), self._service.clock.now()
        if until is not None and now < until <= now + AGAIN:
            self._offer_until(until, again=True)
        else:
            self._note_end(None)
        self._arm(TALK_AT, self._remind)
        self._arm(LOOK_BACK_AT, self._ask_to_look_back)

    def stop(self) -> None:
        """Offer nothing more. What is kept comes in the next run."""
        for name in (AGAIN_UNTIL, TALK_AT, LOOK_BACK_AT):
            self._agenda.drop(name)
        self._offer(again=False, look_back=False)

    def capabilities(self) -> list[Capability]:
        """Say nothing: the reminders do."""
        return []

    def talk_at(self, when: datetime | None) -> None:
        """Remind the two at an instant of their talk, or not at all."""
        if self._keep(TALK_AT, when) and self._flow.window is not None:
            self._flow.window.say_talk(when)
        self._waits = False
        self._arm(TALK_AT, self._remind)

    def look_back(self, *, wanted: bool) -> None:
        """Ask the two in an hour, once, whether they want to look back; or don't."""
        when = self._service.clock.now() + LOOK_BACK_AFTER if wanted else None
        if self._keep(LOOK_BACK_AT, when) and self._flow.window is not None:
            self._flow.window.say_look_back(wanted=wanted)
        self._arm(LOOK_BACK_AT, self._ask_to_look_back)

    def show_kept(self) -> None:
        """Show on the last step of the talk what the two have planned before."""
        talk, look_back = (
            read(self._service.settings.text(key)) for key in (TALK_AT, LOOK_BACK_AT)
        )
        if self._flow.window is not None and talk is not None:
            self._flow.window.say_talk(talk)
        if self._flow.window is not None and look_back is not None:
            self._flow.window.say_look_back(wanted=True)

    def _keep(self, key: str, when: datetime | None) -> bool:
        try:
            self._service.set(key, written(when))
        except NotKept as error:
            self._flow.say(data_words.not_saved(error.detail))
            return False
        return True

    def _arm(self, key: str, call: Callable[[], None]) -> None:
        """Put what is kept on the agenda."""
        when = read(self._service.settings.text(key))
        if when is None:
            self._agenda.drop(key)
        else:
            self._agenda.set(WakeUp(key, when, call, _PART))

    def _remind(self) -> None:
        """Remind the two of their talk, in words that tell nobody else what it is about.

        While a pause stands, the reminder waits. It stays on record until it is told.
        """
        self._waits = self._service.pause is not None
        if self._waits:
            return
        due, now = read(self._service.settings.text(TALK_AT)), self._service.clock.now()
        if due is None:
            return  # everything was forgotten
        body = _("You planned some time for now.")
        if now - due > LATE:
            when = words.return_time(due, self._service.clock)
            body = _("You planned some time: {day_and_time}.").format(day_and_time=when)
        self._keep(TALK_AT, None)
        self._end_talk()
        self._offer_until(now + AGAIN, again=True)
        show = (Action.START_AGAIN, _("Start again"))
        self._prompts.tell(Prompt(_("SafePause"), body, actions=(show,)))

    def _ask_to_look_back(self) -> None:
        """Ask once. Where a pause stands again, the two are not calm, and nothing is asked.

        Much later nothing is asked either. The instant is kept no longer in any case.
        """
        when, now = read(self._service.settings.text(LOOK_BACK_AT)), self._service.clock.now()
        self._keep(LOOK_BACK_AT, None)
        if self._service.pause is not None or when is None or now - when > LOOK_BACK_GRACE:
            return
        self._offer_until(now + AGAIN, look_back=True)
        show = (Action.LOOK_BACK, _("Look back"))
        self._prompts.tell(
            Prompt(_("SafePause"), _("Seven quiet minutes, if you like."), actions=(show,))
        )

    def _changed(self, accepted: Accepted) -> None:
        """Offer the talk again after a return. A pause that stands takes the offers back."""
        command, now = accepted.transition.command, self._service.clock.now()
        if accepted.pause is not None:
            self._end()
            return
        if self._waits and isinstance(command, Undo):  # once nothing of this pause is told any more
            self._agenda.set(WakeUp(TALK_AT, now, self._remind, _PART))
        elif self._waits:  # the two talk now, or let it rest today; but the pause may stand again
            final = now + UNDO_WINDOW * self._service.clock.speed
            self._agenda.set(WakeUp(TALK_AT, final, self._drop_waiting, _PART))
        if isinstance(command, Return):
            self._offer_until(now + AGAIN, again=True)
            self.show_kept()

    def _drop_waiting(self) -> None:
        """Keep a reminder no longer that came due in a pause, unless its end was undone."""
        if self._service.pause is None:
            self._waits = False
            self._keep(TALK_AT, None)

    def _offer_until(self, end: datetime, *, again: bool = False, look_back: bool = False) -> None:
        self._offer(again=again or self._again, look_back=look_back or self._look_back)
        if again:
            self._note_end(end)
        self._agenda.set(WakeUp(AGAIN_UNTIL, end, self._end, _PART, while_locked=True))

    def _end(self) -> None:
        """Offer nothing more: the hour is over, or a pause stands."""
        self._offer(again=False, look_back=False)
        self._note_end(None)
        self._agenda.drop(AGAIN_UNTIL)
        self._end_talk()

    def _note_end(self, when: datetime | None) -> None:
        """Keep until when the talk is offered. On a full disk it is offered in this run only."""
        if written(when) != self._service.settings.text(AGAIN_UNTIL):
            with suppress(NotKept):
                self._service.set(AGAIN_UNTIL, written(when))

    def _end_talk(self) -> None:
        """Let the next talk begin at its first step, unless the two are at one now."""
        if self._flow.window is not None and not self._flow.visible:
            self._flow.window.end_talk()

    def _offer(self, *, again: bool, look_back: bool) -> None:
        self._again, self._look_back = again, look_back
        self._actions.offer_after_talk(again=self._again, look_back=self._look_back)

    def _forget(self) -> None:
        """Offer nothing more. The store has deleted what was kept."""
        self._waits = False
        self._offer(again=False, look_back=False)
        for key in (AGAIN_UNTIL, TALK_AT, LOOK_BACK_AT):
            self._agenda.drop(key)
