"""What may follow a talk: the talk again for an hour, a reminder of another day, a look back.

The reminder and the look back are kept, so that they survive a restart of program and computer.
None of them comes while a pause stands, nor while the end of a pause can still be undone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.core.agenda import WakeUp
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.listeners import Order
from safepause.core.pause import UNDO_WINDOW, Ending, Return
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

TALK_AT, LOOK_BACK_AT = "talk_at", "look_back_at"
"""The settings that keep the two instants."""
_END, _PART = "start again", CapabilityKey.REMINDERS


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
        self._again = self._look_back = False
        self._waits = False
        """Whether the reminder of a talk waits for the end of a pause."""
        self._met = False
        """Whether the two talk now, so that a reminder that has waited is not needed."""
        service.on_change(_PART, self._changed, Order.SHOW)
        service.on_forget(_PART, self._forget)

    def start(self) -> None:
        """Go on with what was kept in an earlier run. What was missed meanwhile comes now."""
        self._offer_again()
        self._arm(TALK_AT, self._remind)
        self._arm(LOOK_BACK_AT, self._ask_to_look_back)

    def stop(self) -> None:
        """Offer nothing more. What is kept comes in the next run."""
        for name in (_END, TALK_AT, LOOK_BACK_AT):
            self._agenda.drop(name)
        self._offer(again=False, look_back=False)

    def capabilities(self) -> list[Capability]:
        """Say nothing: the reminders do."""
        return []

    def talk_at(self, when: datetime | None) -> None:
        """Remind the two at an instant of their talk, or not at all."""
        if self._keep(TALK_AT, when) and self._flow.window is not None:
            self._flow.window.say_talk(when)
        self._arm(TALK_AT, self._remind)

    def look_back(self, *, wanted: bool) -> None:
        """Ask the two in an hour, once, whether they want to look back; or don't."""
        when = self._service.clock.now() + LOOK_BACK_AFTER if wanted else None
        if self._keep(LOOK_BACK_AT, when) and self._flow.window is not None:
            self._flow.window.say_look_back(wanted=wanted)
        self._arm(LOOK_BACK_AT, self._ask_to_look_back)

    def show_kept(self) -> None:
        """Show on the last step of the talk what the two have planned before."""
        window, settings = self._flow.window, self._service.settings
        talk, look_back = read(settings.text(TALK_AT)), read(settings.text(LOOK_BACK_AT))
        if window is not None and talk is not None:
            window.say_talk(talk)
        if window is not None and look_back is not None:
            window.say_look_back(wanted=True)

    def _keep(self, key: str, when: datetime | None) -> bool:
        try:
            self._service.set(key, written(when))
        except NotKept as error:
            self._flow.say(data_words.not_saved(error.detail))
            return False
        return True

    def _drop(self, key: str) -> None:
        """Keep an instant no longer. What can't be written now comes once more after a start."""
        with suppress(NotKept):
            self._service.set(key, written(None))

    def _arm(self, key: str, call: Callable[[], None]) -> None:
        """Put what is kept on the agenda."""
        when = read(self._service.settings.text(key))
        if when is None:
            self._agenda.drop(key)
        else:
            self._agenda.set(WakeUp(key, when, call, _PART))

    def _remind(self) -> None:
        """Remind the two of their talk, in words that tell nobody else what it is about."""
        self._waits = self._service.pause is not None
        if self._waits:
            return
        body = self._planned()
        self._drop(TALK_AT)
        if self._met:
            self._met = False
            return
        self._renew()
        self._offer(again=True)
        show = (Action.START_AGAIN, _("Start again"))
        self._prompts.tell(Prompt(_("SafePause"), body, actions=(show,)))
        self._end_in_an_hour(self._service.clock.now())

    def _planned(self) -> str:
        """Return the words of the reminder. A late one says for when it was."""
        when, now = read(self._service.settings.text(TALK_AT)), self._service.clock.now()
        if when is None or now - when <= LATE:
            return _("You planned some time for now.")
        shown = words.return_time(when, self._service.clock)
        return _("You planned some time: {day_and_time}.").format(day_and_time=shown)

    def _ask_to_look_back(self) -> None:
        """Ask once. Where a pause stands again, the two are not calm, and nothing is asked."""
        when, now = read(self._service.settings.text(LOOK_BACK_AT)), self._service.clock.now()
        self._drop(LOOK_BACK_AT)
        if self._service.pause is not None or when is None or now - when > LOOK_BACK_GRACE:
            return
        self._offer(look_back=True)
        show = (Action.LOOK_BACK, _("Look back"))
        self._prompts.tell(
            Prompt(_("SafePause"), _("Seven quiet minutes, if you like."), actions=(show,))
        )
        self._end_in_an_hour(now)

    def _changed(self, accepted: Accepted) -> None:
        """Offer the talk again after a return. A pause that stands takes the offers back."""
        self._met = False
        if accepted.pause is not None:
            self._offer(again=False, look_back=False)
            return
        now = self._service.clock.now()
        if isinstance(accepted.transition.command, Return):
            self._offer(again=True)
            self._end_in_an_hour(now)
            self._met = self._waits
            if not self._met:
                self.show_kept()
        if self._waits:
            # Until then, the pause may stand again. Whatever shows its end stays in sight.
            safe = now + UNDO_WINDOW * self._service.clock.speed
            self._agenda.set(WakeUp(TALK_AT, safe, self._remind, _PART))

    def _offer_again(self) -> None:
        """Offer the talk again if the two came back less than an hour ago, in an earlier run."""
        last = next(iter(self._service.outcomes()), None)
        if self._service.pause is not None or last is None or last.ending is not Ending.RETURNED:
            return
        if last.ended_at <= self._service.clock.now() < last.ended_at + AGAIN:
            self._offer(again=True)
            self._end_in_an_hour(last.ended_at)

    def _end_in_an_hour(self, start: datetime) -> None:
        """End every offer an hour after an instant."""
        no_more = WakeUp(_END, start + AGAIN, self._end, _PART, while_locked=True)
        self._agenda.set(no_more)

    def _end(self) -> None:
        self._offer(again=False, look_back=False)
        self._renew()

    def _renew(self) -> None:
        """Have the next talk begin with its first step."""
        if self._flow.window is not None:
            self._flow.window.renew_restart()

    def _offer(self, *, again: bool | None = None, look_back: bool | None = None) -> None:
        self._again = self._again if again is None else again
        self._look_back = self._look_back if look_back is None else look_back
        if not self._again and not self._look_back:
            self._agenda.drop(_END)
        self._actions.offer_after_talk(again=self._again, look_back=self._look_back)

    def _forget(self) -> None:
        """Offer nothing more. The store has deleted what was kept."""
        self._waits = False
        self._offer(again=False, look_back=False)
        for key in (TALK_AT, LOOK_BACK_AT):
            self._agenda.drop(key)
