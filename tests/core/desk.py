"""A desk for the tests of the agenda: an agenda, and a clock that tests move by hand."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from safepause.core.agenda import Agenda, WakeUp
from safepause.core.capability import CapabilityKey
from safepause.core.faults import Faults
from tests.fakes import FakeClock, FakeScheduler, at

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PART = CapabilityKey.REMINDERS


class Desk:
    """An agenda, a clock that tests move by hand, and the wake-ups that were called."""

    def __init__(self) -> None:
        """Make an empty agenda."""
        self.clock = FakeClock()
        self.scheduler = FakeScheduler(self.clock)
        self.faults = Faults()
        self.agenda = Agenda(self.clock, self.scheduler, self.faults)
        self.called: list[tuple[str, datetime]] = []
        self.nine = time.fromisoformat(at(50))
        """The time of day 50 minutes after `EVENING`."""

    def put(
        self,
        name: str,
        when: datetime | time,
        *,
        grace: timedelta | None = None,
        while_locked: bool = False,
    ) -> None:
        """Add a wake-up. Its call is recorded."""
        self.agenda.set(
            WakeUp(
                name,
                when,
                lambda: self.called.append((name, self.clock.now())),
                PART,
                grace,
                while_locked,
            )
        )

    @property
    def names(self) -> list[str]:
        """The names of the wake-ups that were called, in order."""
        return [name for name, _at in self.called]

    def wait(self, length: timedelta) -> None:
        """Let time pass while the computer is awake."""
        self.scheduler.run_until(self.clock.now() + length)

    def jump(self, length: timedelta) -> None:
        """Let the wall clock jump: the computer slept, or a person set the clock."""
        self.clock.set(self.clock.now() + length)
        self.agenda.time_moved()
