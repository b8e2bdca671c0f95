"""Fakes of clock, store and scheduler. Tests move their time by hand."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from safepause.core.agreement import next_at
from safepause.core.ports import ANSWER_FORGOTTEN, NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.ports import Remembered
    from safepause.core.reference import Reference
    from safepause.core.settings.declaration import Value

EVENING = datetime(2026, 3, 10, 20, 10, tzinfo=UTC)
ZONE: tzinfo = UTC
"""The zone of the tests' clocks. conftest.py sets it from the option `--zone`."""


def at(minutes: float) -> str:
    """Return the time that the tests' clocks show `minutes` after `EVENING`: "20:40" after 30."""
    return (EVENING + timedelta(minutes=minutes)).astimezone(ZONE).strftime("%H:%M")


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(
        self, start: datetime = EVENING, zone: tzinfo | None = None, *, speed: float = 1.0
    ) -> None:
        """Show `start` in `zone`. The default is the zone of all tests.

        `speed` is how fast the wall clock runs.
        """
        self.speed = speed
        self.instant = start
        self.zone = zone or ZONE
        self.ticks = 0.0
        self.slept = 0.0
        self.has_steady = True
        """Whether the computer has a clock that nobody sets. Windows has none for us."""
        self.starts = 1
        """How many times the computer was started."""

    def now(self) -> datetime:
        """Return the instant that the clock shows."""
        return self.instant

    def monotonic(self) -> float:
        """Return how many seconds the clock was moved by."""
        return self.ticks

    def steady(self) -> float | None:
        """Return how many seconds have passed. `set` changes nothing about that."""
        return self.ticks + self.slept if self.has_steady else None

    def boot(self) -> str | None:
        """Return which start of the computer this is; None without a steady clock."""
        return f"start {self.starts}" if self.has_steady else None

    def local(self, instant: datetime) -> datetime:
        """Return the instant in the fake zone."""
        return instant.astimezone(self.zone)

    def real(self, instant: datetime) -> datetime:
        """Return the instant itself."""
        return instant

    def move(self, **by: float) -> None:
        """Let time pass. The keywords are those of a timedelta."""
        self.instant += timedelta(**by)
        self.ticks += timedelta(**by).total_seconds()

    def sleep(self, **length: float) -> None:
        """Let time pass in which the computer sleeps. The monotonic clock stops."""
        self.instant += timedelta(**length)
        self.slept += timedelta(**length).total_seconds()

    def sleep_until(self, instant: datetime) -> None:
        """Let the computer sleep until an instant."""
        self.sleep(seconds=(instant - self.instant).total_seconds())

    def reboot(self, instant: datetime) -> None:
        """Start the computer again, with a wall clock that shows `instant`. The others begin."""
        self.instant = instant
        self.ticks = self.slept = 0.0
        self.starts += 1

    def set(self, instant: datetime) -> None:
        """Set the wall clock, as a person does. No other clock changes."""
        self.instant = instant


class MemoryStore:
    """Keeps everything in memory. With `full`, every write fails, as on a full disk."""

    def __init__(self) -> None:
        """Make an empty store."""
        self.pause: Pause | None = None
        self.referred: Reference | None = None
        self.ended: list[Outcome] = []
        self.values: dict[str, Value] = {}
        self.requests: dict[bytes, bytes] = {}
        self.full = False
        self.unreadable = 0
        self.clean = True
        self.read_by_another = False
        self.tidied = 0

    def standing(self) -> Pause | None:
        """Return the standing pause."""
        return self.pause

    def reference(self) -> Reference | None:
        """Return the reference of the standing pause."""
        return self.referred

    def commit(
        self,
        step: Transition,
        request: Remembered | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Keep a transition, a request and a reference."""
        self._write()
        self._note(request)
        self.pause, self.referred = step.pause, reference
        if step.outcome is not None:
            self.ended.insert(0, step.outcome)
        if step.taken_back is not None:
            self.ended.remove(step.taken_back)
        self.clean = not self.read_by_another

    def outcomes(self) -> list[Outcome]:
        """Return past pauses."""
        return self.ended

    def unreadable_outcomes(self) -> int:
        """Return how many past pauses can't be read."""
        return self.unreadable

    def tidy(self) -> bool:
        """Delete every trace, unless another program reads."""
        self.tidied += 1
        self.clean = not self.read_by_another
        return self.clean

    def settings(self) -> Settings:
        """Return the defaults and the values that were set."""
        return Settings({**DEFAULTS.values, **self.values})

    def remember(self, request: Remembered) -> None:
        """Keep a request."""
        self._write()
        self._note(request)

    def remembered(self, key: bytes) -> bytes | None:
        """Return the answer of a request."""
        return self.requests.get(key)

    def _note(self, request: Remembered | None) -> None:
        if request is not None:
            self.requests[request.key] = request.answer

    def set(self, key: str, value: Value, request: Remembered | None = None) -> None:
        """Keep a setting and a request."""
        self._write()
        self._note(request)
        self.values[key] = value

    def forget_all(self) -> None:
        """Delete everything."""
        self._write()
        self.pause, self.ended, self.values = None, [], {}
        self.requests = dict.fromkeys(self.requests, ANSWER_FORGOTTEN)
        self.referred = None

    def _write(self) -> None:
        if self.full:
            raise NotKept("database or disk is full")


class FakeScheduler:
    """Keeps the requested calls. `run_until` lets time pass, and makes the calls."""

    def __init__(self, clock: FakeClock) -> None:
        """Follow the fake clock."""
        self.clock = clock
        self.calls: dict[str, tuple[datetime, Callable[[], None]]] = {}
        self.walls: dict[str, time] = {}
        self.closed = False

    @property
    def instant(self) -> datetime | None:
        """The instant of the next call; None if there is none."""
        return min((instant for instant, _call in self.calls.values()), default=None)

    def at(self, name: str, instant: datetime, call: Callable[[], None]) -> None:
        """Keep a call for an instant."""
        self.cancel(name)
        self.calls[name] = (instant, call)

    def daily(self, name: str, wall: time, call: Callable[[], None]) -> None:
        """Keep a daily call."""
        self.cancel(name)
        self.walls[name] = wall
        self.calls[name] = (next_at(wall, self.clock), call)

    def cancel(self, name: str) -> None:
        """Remove the call of this name."""
        self.calls.pop(name, None)
        self.walls.pop(name, None)

    def close(self) -> None:
        """Remove all calls."""
        self.calls.clear()
        self.walls.clear()
        self.closed = True

    def run_until(self, instant: datetime) -> None:
        """Move the clock to `instant`, and make each call at its own instant on the way."""
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
