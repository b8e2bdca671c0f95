"""The reminder engine says each moment of the standing pause once. The agenda holds the others.

`check` may be called at any time: after a wake-up, a sleep or a clock step, or at the start of the
program. If several moments have passed since the last check, one is said. The first moment after
the return time always says that the return is due. A return that moves because the clock was set is
said anew. While the screen is locked, nothing is said. The
unlock says what has passed, in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepause.core.agenda import Agenda, WakeUp
from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.pause import Correct
from safepause.core.reminders import Kind, Moment, latest, moments

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.core.service import Accepted, PauseService

STEP_BACK = timedelta(minutes=1)
"""After a clock step back by more than this, moments are said again. Smaller steps don't count."""
HEADS_UP, RETURN, REPEAT, MOVED = "heads-up", "return", "repeat", "moved"
_WAKE_UPS = {
    Kind.HEADS_UP: HEADS_UP,
    Kind.DUE: RETURN,
    Kind.REPEAT: REPEAT,
    Kind.LAST: REPEAT,
}
"""The name of the wake-up for each kind of moment."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A moment that has come."""

    kind: Kind
    pause: Pause
    at: datetime
    """When the moment is said."""

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
        agenda: Agenda,
        say: Callable[[Announcement], None],
    ) -> None:
        """Follow the service. `say` is called with each moment that has come."""
        self._service = service
        self._clock = clock
        self._agenda = agenda
        self._say = say
        self._closed = False
        self._said: Moment | None = None
        self._promise: tuple[object, datetime] | None = None
        self._warned = False
        """Whether the heads-up of this promise was said. A promise has one heads-up."""
        service.on_change(CapabilityKey.REMINDERS, self._changed, Order.REMIND)
        service.on_settings(CapabilityKey.REMINDERS, lambda _settings: self.check(), Order.REMIND)

    def close(self) -> None:
        """Say nothing more. The next start of the program says what is due then."""
        self._closed = True
        self._agenda.drop(MOVED)
        self._plan(None, None)

    def check(self) -> None:
        """Say what has become due since the last check, and put the next moments on the agenda."""
        pause = self._service.pause
        if pause is None or self._closed:
            self._promise = None
            self._plan(None, None)
            return
        promise = (pause.id, pause.return_at)
        if promise != self._promise:
            self._promise, self._said, self._warned = promise, None, False
        now = self._clock.now()
        moment = latest(pause, now, self._heads_up)
        if self._said is not None and now < self._said.at - STEP_BACK:
            # The clock was set back. If the return is still due, that is not said again.
            self._said = moment if now >= pause.return_at else None
            self._warned = False
            moment = latest(pause, now, self._heads_up)
        if self._agenda.held:
            # Overdue moments stay on the agenda. The unlock calls them.
            self._plan(pause, None if self._said is None else self._said.at)
        elif moment is not None and (self._said is None or moment.at > self._said.at):
            first = self._said is None or self._said.at < pause.return_at
            self._said = moment
            self._plan(pause, now)
            self._announce(moment, pause, now, first=first)
        else:
            self._plan(pause, now)

    @property
    def _heads_up(self) -> timedelta:
        """How long before the return the heads-up comes; zero if it was said already."""
        if self._warned:
            return timedelta(0)
        pause = self._service.pause
        caller = None if pause is None else pause.called_by
        return self._service.settings.agreement.heads_up_here(caller)

    def _announce(self, moment: Moment, pause: Pause, now: datetime, *, first: bool) -> None:
        """Say a moment. The first moment after the return time says that the return is due."""
        kind = Kind.DUE if first and now >= pause.return_at else moment.kind
        self._warned = self._warned or kind is Kind.HEADS_UP
        self._say(Announcement(kind, pause, now))

    def _plan(self, pause: Pause | None, after: datetime | None) -> None:
        """Put the first moment of each kind after an instant on the agenda. Drop other wake-ups.

        Without an instant, moments that have passed count, too.
        """
        wanted: dict[str, Moment] = {}
        for moment in () if pause is None else moments(pause, self._heads_up):
            if after is None or moment.at > after:
                wanted.setdefault(_WAKE_UPS[moment.kind], moment)
        for name in (HEADS_UP, RETURN, REPEAT):
            if name in wanted:
                # A heads-up that would come after the return is left out.
                grace = self._heads_up if name == HEADS_UP else None
                self._agenda.set(
                    WakeUp(name, wanted[name].at, self.check, CapabilityKey.REMINDERS, grace)
                )
            else:
                self._agenda.drop(name)

    def _changed(self, accepted: Accepted) -> None:
        """Follow a command. A heads-up whose time had passed before the command is left out."""
        pause = accepted.pause
        if accepted.transition.moves_return and pause is not None:
            self._move(pause)
        elif not isinstance(accepted.transition.command, Correct):
            self._agenda.drop(MOVED)
        if pause is not None and (pause.id, pause.return_at) != self._promise:
            self._promise, self._warned = (pause.id, pause.return_at), False
            passed = latest(pause, accepted.transition.at, self._heads_up)
            self._said = passed if passed and passed.at < pause.return_at else None
        self.check()

    def _move(self, pause: Pause) -> None:
        """Follow a return that moved with the clock. What was said stays said."""
        if self._promise is not None and self._said is not None:
            by = pause.return_at - self._promise[1]
            self._said = replace(self._said, at=self._said.at + by)
        self._promise = (pause.id, pause.return_at)
        now = self._clock.now()
        if now < pause.return_at:
            self._agenda.set(WakeUp(MOVED, now, self._say_moved, CapabilityKey.REMINDERS))

    def _say_moved(self) -> None:
        """Say when the return is now, unless it has become due."""
        pause, now = self._service.pause, self._clock.now()
        if pause is not None and now < pause.return_at:
            self._say(Announcement(Kind.MOVED, pause, now))
