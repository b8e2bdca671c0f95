"""A service with an agenda and reminders, for the tests of the reminder engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from safepause.core.agenda import Agenda
from safepause.core.faults import Faults
from safepause.core.reminder_engine import Announcement, ReminderEngine
from safepause.core.reminders import Kind
from safepause.core.service import PauseService
from tests.fakes import EVENING, FakeClock, FakeScheduler, MemoryStore

BACK = EVENING + timedelta(minutes=30)


@dataclass
class World:
    """A service with an agenda and reminders, and everything that was said."""

    clock: FakeClock = field(default_factory=FakeClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    said: list[Announcement] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the program."""
        self.start()

    def start(self) -> None:
        """Start the program, or start it again."""
        self.scheduler = FakeScheduler(self.clock)
        self.faults = Faults()
        self.service = PauseService(self.clock, self.store, self.faults)
        self.agenda = Agenda(self.clock, self.scheduler, self.faults)
        self.engine = ReminderEngine(self.service, self.clock, self.agenda, self.said.append)
        self.engine.check()

    def look_at(self, minutes: float) -> None:
        """Sleep until `minutes` after the return, and check. If that is earlier, set the clock."""
        instant = BACK + timedelta(minutes=minutes)
        (self.clock.sleep_until if instant > self.clock.now() else self.clock.set)(instant)
        self.agenda.time_moved()
        self.engine.check()

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of what was said, in order."""
        return [announcement.kind for announcement in self.said]

    def dues(self, return_at: datetime) -> int:
        """Return how often it was said that the return at `return_at` is due."""
        due = [said for said in self.said if said.kind is Kind.DUE]
        return sum(said.pause.return_at == return_at for said in due)
