"""Stand-ins for time and storage that tests move by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.settings.declaration import Value

EVENING = datetime(2026, 3, 10, 20, 10, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime = EVENING, zone: tzinfo = UTC) -> None:
        """Show `start`, read in `zone`."""
        self.instant = start
        self.zone = zone
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
    """Remembers what it was asked for and calls it when `run` says that the time has come."""

    def __init__(self, clock: FakeClock) -> None:
        """Follow the fake clock."""
        self.clock = clock
        self.instant: datetime | None = None
        self.call: Callable[[], None] | None = None

    def at(self, instant: datetime, call: Callable[[], None]) -> None:
        """Remember one call."""
        self.instant, self.call = instant, call

    def cancel(self) -> None:
        """Forget it."""
        self.instant = self.call = None

    def wakeup(self) -> None:
        """Call what has become due."""
        if self.instant is not None and self.instant <= self.clock.now():
            self.run_until(self.clock.now())

    def close(self) -> None:
        """Forget it for good."""
        self.cancel()

    def run_until(self, instant: datetime) -> None:
        """Move the clock to `instant`, stopping at each call on the way."""
        while self.instant is not None and self.instant <= instant:
            due, call = self.instant, self.call
            self.instant = self.call = None
            self.clock.move(seconds=max(0.0, (due - self.clock.now()).total_seconds()))
            assert call is not None
            call()
        self.clock.move(seconds=(instant - self.clock.now()).total_seconds())
