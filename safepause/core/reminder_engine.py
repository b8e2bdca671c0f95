"""Decides what is to be said now, once each, and asks to be woken for the next thing.

`check` may be called at any time by anything that suspects that time has moved: the scheduler, a
resume from sleep, a clock step, the program's start. It says a moment once, and of several that
passed meanwhile only what still matters: that the return is due. While nobody can see the screen,
`hold` keeps it silent; what passed meanwhile is then said in the same way, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.reminders import Kind, Moment, latest, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.core.ports import Scheduler
    from safepause.core.service import Accepted, PauseService

STEP_BACK = timedelta(minutes=1)
"""A clock set back by more than this makes what was said unsaid; a smaller correction does not."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something to be said."""

    kind: Kind
    pause: Pause
    at: datetime
    """When it is said."""

    @property
    def late_by(self) -> timedelta:
        """How long the return has been due."""
        return max(timedelta(0), self.at - self.pause.return_at)


class ReminderEngine:
    """Says each moment of the standing pause once. Runs in the program's one thread."""

    def __init__(
        self,
        service: PauseService,
        clock: Clock,
        scheduler: Scheduler,
        say: Callable[[Announcement], None],
    ) -> None:
        """Follow the service; nothing is said or scheduled before the first `check`."""
        self._service = service
        self._clock = clock
        self._scheduler = scheduler
        self._say = say
        self._held = self._closed = False
        self._said: Moment | None = None
        self._promise: tuple[object, datetime] | None = None
        service.on_change(self._changed)
        service.on_settings(lambda _settings: self.check())

    def hold(self) -> None:
        """Say nothing until `release`: nobody can see the screen, as the session is locked."""
        self._held = True
        self._scheduler.cancel()

    def release(self) -> None:
        """Say what has passed meanwhile and still matters, once, and go on."""
        self._held = False
        self.check()

    def close(self) -> None:
        """Say nothing more, for good: the program leaves, and its next start says what is due."""
        self._closed = True
        self._scheduler.cancel()

    def check(self) -> None:
        """Say what has become due since the last check, then schedule the next moment."""
        pause = self._service.pause
        if pause is None:
            self._promise = None
        if pause is None or self._held or self._closed:
            self._scheduler.cancel()
            return
        promise = (pause.id, pause.return_at)
        if promise != self._promise:
            self._promise, self._said = promise, None
        now = self._clock.now()
        moment = latest(pause, now, self._heads_up)
        if self._said is not None and now < self._said.at - STEP_BACK:
            # Set back, but still after the return: that it is due stays said.
            self._said = moment if now >= pause.return_at else None
        if moment is not None and (self._said is None or moment.at > self._said.at):
            first = self._said is None or self._said.at < pause.return_at
            self._said = moment
            self._schedule(pause, now)
            self._announce(moment, pause, now, first=first)
        else:
            self._schedule(pause, now)

    @property
    def _heads_up(self) -> timedelta:
        pause = self._service.pause
        caller = None if pause is None else pause.called_by
        return self._service.settings.agreement.heads_up_here(caller)

    def _announce(self, moment: Moment, pause: Pause, now: datetime, *, first: bool) -> None:
        """Say a moment; the first word after the return time is always that it is due."""
        kind = Kind.DUE if first and now >= pause.return_at else moment.kind
        self._say(Announcement(kind, pause, now))

    def _schedule(self, pause: Pause, now: datetime) -> None:
        moment = upcoming(pause, now, self._heads_up)
        if moment is None:
            self._scheduler.cancel()
        else:
            self._scheduler.at(moment.at, self.check)

    def _changed(self, done: Accepted) -> None:
        """Follow a command; a heads-up that a new promise comes too late for is left out."""
        pause = done.pause
        if pause is not None and (pause.id, pause.return_at) != self._promise:
            self._promise = (pause.id, pause.return_at)
            passed = latest(pause, done.step.at, self._heads_up)
            self._said = passed if passed and passed.at < pause.return_at else None
        self.check()
