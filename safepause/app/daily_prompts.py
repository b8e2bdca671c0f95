"""The daily prompts: wake-ups on the agenda, for the times that the couple has chosen.

They never come during a pause, and never late. Nothing is kept of them, and nothing is logged.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from safepause.core.agenda import WakeUp
from safepause.core.capability import CapabilityKey
from safepause.core.daily import GRACE, Daily, time_of
from safepause.core.prompt import Prompt
from safepause.i18n import daily_words

if TYPE_CHECKING:
    from datetime import time

    from safepause.core.agenda import Agenda
    from safepause.core.capability import Capability
    from safepause.core.listeners import Listeners
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings


class DailyPrompts:
    """Keeps a wake-up for each prompt that has a time."""

    def __init__(self, service: PauseService, agenda: Agenda, prompts: Listeners[Prompt]) -> None:
        """Follow the settings."""
        self._service = service
        self._agenda = agenda
        self._prompts = prompts
        self._times: dict[Daily, time | None] = {}
        service.on_settings(CapabilityKey.REMINDERS, self._plan)

    def start(self) -> None:
        """Put the prompts on the agenda."""
        self._plan(self._service.settings)

    def stop(self) -> None:
        """Say nothing more."""
        for daily in Daily:
            self._agenda.drop(daily.value)

    def capabilities(self) -> list[Capability]:
        """Say nothing of its own: the reminders and the notifications tell what works."""
        return []

    def _plan(self, settings: Settings) -> None:
        """Follow changed times. A time that is the same keeps its wake-up, and comes once a day."""
        for daily in Daily:
            when = time_of(daily, settings)
            if when == self._times.get(daily):
                continue
            self._times[daily] = when
            if when is None:
                self._agenda.drop(daily.value)
            else:
                call = partial(self._say, daily)
                part = CapabilityKey.REMINDERS
                self._agenda.set(WakeUp(daily.value, when, call, part, GRACE))

    def _say(self, daily: Daily) -> None:
        if self._service.pause is None:
            line = daily_words.line(daily, self._service.settings)
            self._prompts.tell(Prompt(daily_words.title(daily), line, quiet=True))
