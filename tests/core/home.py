"""A couple at a computer whose clock may be wrong, and what the listeners were told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from safepause.core.service import Accepted, PauseService
from tests.couple import Couple
from tests.fakes import EVENING, FakeClock, MemoryStore

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.pause import Pause


class Home:
    """A couple at a computer whose clock is wrong, and what the listeners were told."""

    def __init__(self, ahead: timedelta = timedelta(0), clock: FakeClock | None = None) -> None:
        """Start a clock that is `ahead` of `EVENING`."""
        self.clock = clock or FakeClock(EVENING + ahead)
        self.store = MemoryStore()
        self.start()

    def start(self) -> None:
        """Start the program, or start it again."""
        self.told: list[Accepted] = []
        self.service = PauseService(self.clock, self.store)
        self.service.on_change("log", self.told.append)  # type: ignore[arg-type]
        self.couple = Couple(self.service)

    def step(self, by: timedelta) -> None:
        """Set the clock by a length, as a person or NTP does. The program notices it."""
        self.clock.set(self.clock.now() + by)
        self.service.follow_clock()

    @property
    def pause(self) -> Pause:
        """The standing pause, which is in the store, too."""
        assert self.service.pause is not None
        assert self.store.pause == self.service.pause
        return self.service.pause

    @property
    def left(self) -> timedelta:
        """How long until the return."""
        return self.pause.return_at - self.clock.now()

    def reboot(self, instant: datetime) -> None:
        """Start the computer and the program again, with a wall clock that shows `instant`."""
        self.clock.reboot(instant)
        self.start()
        self.service.follow_clock()
