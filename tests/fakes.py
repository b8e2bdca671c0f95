"""Stand-ins for time and storage that tests move by hand."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from safepause.core.agreement import next_at
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.settings.declaration import Value

EVENING = datetime(2026, 3, 10, 20, 10, tzinfo=UTC)
ZONE: tzinfo = UTC
"""Where the tests' clocks are read; conftest.py sets it to what the command line says."""


def at(minutes: float) -> str:
    """Return what the tests' clocks show so many minutes after `EVENING`: "20:40" after 30."""
    return (EVENING + timedelta(minutes=minutes)).astimezone(ZONE).strftime("%H:%M")


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(
        self, start: datetime = EVENING, zone: tzinfo | None = None, *, speed: float = 1.0
    ) -> None:
        """Show `start`, read in `zone`, which is that of all tests if not said.

        `speed` is that of the wall clock.
        """
        self.speed = speed
        self.instant = start
        self.zone = zone or ZONE
        self.ticks = 0.0

    def now(self) -> datetime:
        """Return the instant that it was moved to."""
        return self.instant

    def monotonic(self) -> float:
        """Return the seconds that it was moved on by."""
        return self.ticks

    def local(self, instant: datetime) -> datetime:
        """Return the instant in the fake zone."""
        return instant.astimezone(self.zone)

    def real(self, instant: datetime) -> datetime:
        """Return the instant itself."""
        return instant

    def move(self, **by: float) -> None:
        """Let time pass: the keywords are a timedelta's."""
        self.instant += timedelta(**by)
        self.ticks += timedelta(**by).total_seconds()

    def set(self, instant: datetime) -> None:
        """Set the wall clock as a person would: the monotonic one doesn't notice."""
        self.instant = instant


class MemoryStore:
    """Keeps everything in memory; `full` makes every write fail as a full disk does."""

    def __init__(self) -> None:
        """Hold nothing."""
        self.pause: Pause | None = None
        self.ended: list[Outcome] = []
        self.values: dict[str, Value] = {}
        self.full = False

    def standing(self) -> Pause | None:
        """Return the pause on record."""
        return self.pause

    def commit(self, step: Transition) -> None:
        """Keep a step."""
        self._write()
        self.pause = step.pause
        if step.outcome is not None:
            self.ended.insert(0, step.outcome)

    def outcomes(self) -> list[Outcome]:
        """Return past pauses."""
        return self.ended

    def settings(self) -> Settings:
        """Return defaults and what was set."""
        return Settings({**DEFAULTS.values, **self.values})

    def set(self, key: str, value: Value) -> None:
        """Keep a setting."""
        self._write()
        self.values[key] = value

    def forget_all(self) -> None:
        """Hold nothing again."""
        self._write()
        self.pause, self.ended, self.values = None, [], {}

    def _write(self) -> None:
        if self.full:
            raise NotKept("database or disk is full")


class FakeScheduler:
    """Remembers the calls that it was asked for, and makes them as `run_until` lets time pass."""

    def __init__(self, clock: FakeClock) -> None:
        """Follow the fake clock."""
        self.clock = clock
        self.calls: dict[str, tuple[datetime, Callable[[], None]]] = {}
        self.walls: dict[str, time] = {}
        self.closed = False

    @property
    def instant(self) -> datetime | None:
        """The earliest instant that a call waits for."""
        return min((instant for instant, _call in self.calls.values()), default=None)

    def at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Remember one call."""
        self.cancel(name)
        self.calls[name] = (instant, call)

    def daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Remember a daily call."""
        self.cancel(name)
        self.walls[name] = wall
        self.calls[name] = (next_at(wall, self.clock), call)

    def cancel(self, name: str) -> None:
        """Forget the call of this name."""
        self.calls.pop(name, None)
        self.walls.pop(name, None)

    def close(self) -> None:
        """Forget all calls."""
        self.calls.clear()
        self.walls.clear()
        self.closed = True

    def run_until(self, instant: datetime) -> None:
        """Move the clock to `instant`, stopping at each call on the way."""
        while self.calls:
            name, (due, call) = min(self.calls.items(), key=lambda each: each[1][0])
            if due > instant:
                break
            self.clock.move(seconds=max(0.0, (due - self.clock.now()).total_seconds()))
            if name in self.walls:
                self.daily(name, self.walls[name], call)
            else:
                del self.calls[name]
            call()
        self.clock.move(seconds=(instant - self.clock.now()).total_seconds())
