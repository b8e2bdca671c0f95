"""The agenda: many named wake-ups, each with its own rule for lateness and for a locked screen.

A scheduler carries the agenda (`ports.Scheduler`). A wake-up at an instant is called once. A daily
wake-up is called at a time of the wall clock, once a day. Time can jump: the computer sleeps, a
person sets the clock, or the zone changes. `time_moved` then schedules every wake-up again. Overdue
wake-ups are called or dropped, as their rules say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from safepause.core.agreement import next_at
from safepause.core.listeners import Listeners

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from safepause.core.capability import CapabilityKey
    from safepause.core.clock import Clock
    from safepause.core.faults import Faults
    from safepause.core.ports import Scheduler


@dataclass(frozen=True, slots=True)
class WakeUp:
    """One entry of the agenda."""

    name: str
    """A new wake-up replaces the wake-up of the same name, and no other."""
    when: datetime | time
    """An instant in UTC for one call, or a time of the wall clock for a call every day."""
    call: Callable[[], object]
    """Called in the program's one thread."""
    part: CapabilityKey
    """The part of the program that the wake-up belongs to. `Faults` counts its faults there."""
    grace: timedelta | None = None
    """How late the call may come. A later call is dropped. None: the call comes, however late."""
    while_locked: bool = False
    """Whether the call comes while the screen is locked. Otherwise it waits for the unlock."""


class Agenda:
    """Holds the wake-ups. An empty agenda schedules nothing. All calls are in one thread."""

    def __init__(self, clock: Clock, scheduler: Scheduler, faults: Faults) -> None:
        """Start empty."""
        self._clock = clock
        self._scheduler = scheduler
        self._faults = faults
        self._wake_ups: dict[str, WakeUp] = {}
        self._due_at: dict[str, datetime] = {}
        self._called_on: dict[str, date] = {}
        self._held = False
        self._waiting = Listeners[bool](faults)

    @property
    def held(self) -> bool:
        """Whether the screen is locked, so that wake-ups wait."""
        return self._held

    @property
    def waiting(self) -> bool:
        """Whether there is any wake-up."""
        return bool(self._wake_ups)

    def on_waiting(self, part: CapabilityKey, listener: Callable[[bool], object]) -> None:
        """Tell `listener`, which belongs to `part`, when the agenda gets or loses all wake-ups.

        A watch of the clock, for example, runs only while there is a wake-up.
        """
        self._waiting.add(part, listener)

    def set(self, wake_up: WakeUp) -> None:
        """Add a wake-up. It replaces the one of its name. An overdue wake-up is called soon."""
        first, before = not self._wake_ups, self._wake_ups.get(wake_up.name)
        if before is not None and before.when != wake_up.when:
            self._called_on.pop(wake_up.name, None)
        self._wake_ups[wake_up.name] = wake_up
        self._due_at[wake_up.name] = self._next(wake_up)
        self._arm(wake_up)
        if first:
            self._waiting.tell(event=True)

    def drop(self, name: str) -> None:
        """Remove a wake-up, if there is one of this name."""
        if self._wake_ups.pop(name, None) is None:
            return
        del self._due_at[name]
        self._called_on.pop(name, None)
        self._scheduler.cancel(name)
        if not self._wake_ups:
            self._waiting.tell(event=False)

    def hold(self) -> None:
        """Let wake-ups wait until the unlock, except those that are called while it is locked."""
        self._held = True
        for wake_up in self._wake_ups.values():
            if not wake_up.while_locked:
                self._scheduler.cancel(wake_up.name)

    def release(self) -> None:
        """Call the wake-ups that became due while the screen was locked."""
        self._held = False
        self._catch_up()

    def time_moved(self) -> None:
        """Schedule every wake-up again: the computer slept, or its clock or zone was changed."""
        self._catch_up()

    def close(self) -> None:
        """Remove every wake-up."""
        for name in tuple(self._wake_ups):
            self.drop(name)

    def _catch_up(self) -> None:
        """Call what is overdue, the earliest first, and schedule the rest."""
        for name in sorted(self._wake_ups, key=self._due_at.__getitem__):
            wake_up = self._wake_ups.get(name)
            if wake_up is not None:  # else an earlier one has dropped it
                self._faults.guard(wake_up.part, partial(self._catch_up_with, wake_up))

    def _catch_up_with(self, wake_up: WakeUp) -> None:
        if self._due_at[wake_up.name] > self._clock.now():
            self._due_at[wake_up.name] = self._next(wake_up)
            self._arm(wake_up)
        elif self._may_call(wake_up):
            self._call(wake_up)

    def _may_call(self, wake_up: WakeUp) -> bool:
        return wake_up.while_locked or not self._held

    def _next(self, wake_up: WakeUp) -> datetime:
        """Return the instant, in UTC, at which a wake-up is due next."""
        if isinstance(wake_up.when, datetime):
            return wake_up.when
        return next_at(wake_up.when, self._clock)

    def _arm(self, wake_up: WakeUp) -> None:
        """Schedule a wake-up, unless it has to wait for the unlock."""
        if not self._may_call(wake_up):
            self._scheduler.cancel(wake_up.name)
        elif isinstance(wake_up.when, datetime):
            self._scheduler.at(wake_up.name, wake_up.when, lambda: self._due(wake_up))
        else:
            self._scheduler.daily(wake_up.name, wake_up.when, lambda: self._due(wake_up))

    def _due(self, wake_up: WakeUp) -> None:
        """Take a call of the scheduler. Ignore a wake-up that was replaced or has to wait."""
        if self._wake_ups.get(wake_up.name) is wake_up and self._may_call(wake_up):
            self._call(wake_up)

    def _call(self, wake_up: WakeUp) -> None:
        """Call a wake-up, or drop it if it is too late. Schedule a daily wake-up again.

        A daily wake-up is called once a day, even if the clock shows its time twice.
        """
        now, name = self._clock.now(), wake_up.name
        late = now - self._due_at[name]
        today = self._clock.local(now).date()
        done = not isinstance(wake_up.when, datetime) and self._called_on.get(name) == today
        if isinstance(wake_up.when, datetime):
            self.drop(name)
        else:
            self._called_on[name] = today
            self._due_at[name] = self._next(wake_up)
            self._arm(wake_up)
        if not done and (wake_up.grace is None or late <= wake_up.grace):
            self._faults.guard(wake_up.part, wake_up.call)
