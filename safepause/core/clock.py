"""The only place that reads the time.

All other code gets a `Clock`, so that a test or the demo can move the time. Instants are aware
datetimes in UTC. Only times that a person reads or types are local.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

DEMO_SPEED = 60.0
_STEADY = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
"""The name of the clock that nobody can set, and that goes on in a sleep, on each system.

`time.monotonic` stops in a sleep there. Windows has such a clock, but Python does not offer it.
"""
_BOOT = "/proc/sys/kernel/random/boot_id"
_number: int | None = getattr(time, _STEADY.get(sys.platform, ""), None)
_read: Callable[[int], float] | None = getattr(time, "clock_gettime", None)


class Clock(Protocol):
    """Tells the time."""

    @property
    def speed(self) -> float:
        """How many seconds the wall clock advances in a real second; 1 except in the demo."""
        ...

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return real seconds. A change of the clock does not move them; a sleep may stop them."""
        ...

    def steady(self) -> float | None:
        """Return real seconds that nobody can set, and that go on in a sleep; None without such."""
        ...

    def boot(self) -> str | None:
        """Return which start of the computer `steady` counts from; None if that isn't known."""
        ...

    def local(self, instant: datetime) -> datetime:
        """Return the instant in the zone that this computer is set to now."""
        ...

    def real(self, instant: datetime) -> datetime:
        """Return the instant of the system's clock at which this clock will show `instant`."""
        ...


class SystemClock:
    """The computer's own clock."""

    def __init__(self) -> None:
        """Read what stays the same. A call then needs no file."""
        self._boot = _boot()

    @property
    def speed(self) -> float:
        """Return 1: the wall clock shows real seconds."""
        return 1.0

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds of the monotonic clock."""
        return time.monotonic()

    def steady(self) -> float | None:
        """Return seconds since the start of the computer, sleeps included, where that is known."""
        return None if _number is None or _read is None else _read(_number)

    def boot(self) -> str | None:
        """Return the kernel's name for this start of the computer. Only Linux has one."""
        return self._boot

    def local(self, instant: datetime) -> datetime:
        """Return the instant in the zone that the computer is set to now."""
        if hasattr(time, "tzset"):
            time.tzset()  # otherwise a running program does not see a new /etc/localtime
        return instant.astimezone()

    def real(self, instant: datetime) -> datetime:
        """Return `instant` itself, because this clock is the system's clock."""
        return instant


class DemoClock(SystemClock):
    """A wall clock that starts at the present time and runs `DEMO_SPEED` times as fast."""

    def __init__(self, speed: float = DEMO_SPEED) -> None:
        """Start at the present time."""
        super().__init__()
        self._speed = speed
        self._origin = super().now()
        self._started = self.monotonic()

    @property
    def speed(self) -> float:
        """Return how many times as fast the wall clock runs."""
        return self._speed

    def now(self) -> datetime:
        """Return the fast clock's instant, in UTC."""
        return self._origin + timedelta(seconds=(self.monotonic() - self._started) * self._speed)

    def hurry(self, until: datetime, seconds: float) -> None:
        """Run so fast from now on that the clock shows `until` in some real seconds."""
        self._origin, self._started = self.now(), self.monotonic()
        self._speed = (until - self._origin).total_seconds() / seconds

    def steady(self) -> float | None:
        """Return None: nobody can set this wall clock, so no other clock is needed to check it."""
        return None

    def real(self, instant: datetime) -> datetime:
        """Return the instant of the system's clock at which the fast clock shows `instant`."""
        return super().now() + (instant - self.now()) / self._speed


def _boot() -> str | None:
    try:
        with open(_BOOT, "rb") as file:  # noqa: PTH123  -- no start needs pathlib
            return file.read().decode().strip() or None
    except (OSError, ValueError):
        return None


def since_boot(clock: Clock) -> float:
    """Return real seconds by a clock that all programs of this computer share."""
    steady = clock.steady()
    return clock.monotonic() if steady is None else steady
