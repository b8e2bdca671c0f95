"""A wall clock that a test sets while SafePause runs, and the signals of a sleep or a step.

libfaketime changes the wall clock that the program reads, and not its timers, as a sleep or a clock
step does. The computer's own clock does not change. A fake of logind sends the signals of a sleep.
The kernel tells of a clock that is set, but not of one that libfaketime sets. So a fake of
timedated, the service that sets clock and zone for a desktop, sends its signal of a change.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.end2end.bus import Caller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.program import Program
    from tests.end2end.rig import Rig
    from tests.end2end.session import Session

LOGIND = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_SIGNAL = "PrepareForSleep"
_TIMEDATED = "org.freedesktop.timedate1"
_TIMEDATED_PATH = "/org/freedesktop/timedate1"
_PROPERTIES = "org.freedesktop.DBus.Properties"


def starting_at(hour: time) -> dict[str, str]:
    """Return the variables with which a program's clock shows `hour`, in UTC, now.

    libfaketime 0.9.10 of Debian breaks Python's `time.sleep`. The program calls it only while it
    waits for the start of another process.
    """
    now = datetime.now(UTC)
    ahead = (datetime.combine(now.date(), hour, UTC) - now) % timedelta(days=1)
    return {**_library(), "FAKETIME": f"{ahead.total_seconds():+.0f}"}


class Clocked(Protocol):
    """A program on a desktop."""

    @property
    def desktop(self) -> Session:
        """Return the desktop."""

    @property
    def program(self) -> Program:
        """Return the program."""


class Clockwork:
    """Sets the clock of a rig's SafePause, and sends the signals of logind."""

    def __init__(self, rig: Clocked, logind: Caller, timedated: Caller) -> None:
        """Set the clock of every process that `rig` starts from now on."""
        self._file = rig.desktop.folder / f"{rig.program.home.name}.clock"
        self._logind, self._timedated = logind, timedated
        self._desktop = rig.desktop
        self.ahead = timedelta(0)
        self.set(timedelta(0))
        rig.program.env |= {
            **_library(),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
        }

    def set(self, ahead: timedelta) -> None:
        """Set the clock to `ahead` of the real one, and send no signal."""
        self.ahead = ahead
        whole = self._file.with_suffix(".new")
        whole.write_text(f"{ahead.total_seconds():+.0f}\n", encoding="ascii")
        whole.replace(self._file)  # the program never reads a part of the file

    def sleep(self, length: timedelta) -> None:
        """Simulate a sleep of `length`, with the signals of logind.

        This waits until the program listens, which may be a moment after the call of a pause.
        """
        self._desktop.wait_for_listener(_SIGNAL)
        self._tell(going=True)
        self._desktop.wait_until_heard(self._logind, _SIGNAL)  # the clock would be set before it
        self.set(self.ahead + length)
        self._tell(going=False)

    def put_right(self, ahead: timedelta = timedelta(0)) -> None:
        """Set the clock to `ahead` of the real one, as a person or NTP does, with the signal."""
        self._desktop.wait_for_listener(_SIGNAL)
        self.set(ahead)
        body: tuple[object, ...] = (_TIMEDATED, {"NTPSynchronized": ("b", True)}, [])
        self._timedated.signal(_TIMEDATED_PATH, _PROPERTIES, "PropertiesChanged", "sa{sv}as", *body)
        self._desktop.wait_until_heard(self._timedated, _SIGNAL)

    def _tell(self, *, going: bool) -> None:
        interface = f"{LOGIND}.Manager"
        self._logind.signal(_MANAGER, interface, _SIGNAL, "b", going)


@contextmanager
def clockwork(rig: Rig) -> Iterator[Clockwork]:
    """Return a clock for `rig`, with fakes of logind and timedated on its bus."""
    logind, timedated = Caller(rig.desktop.address), Caller(rig.desktop.address)
    try:
        logind.own(LOGIND)
        timedated.own(_TIMEDATED)
        yield Clockwork(rig, logind, timedated)
    finally:
        logind.close()
        timedated.close()


def _library() -> dict[str, str]:
    """Return the variables that load libfaketime for the wall clock alone."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return {"LD_PRELOAD": str(library), "DONT_FAKE_MONOTONIC": "1"}
