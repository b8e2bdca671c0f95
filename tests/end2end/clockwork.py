"""A wall clock that a test sets while SafePause runs, and the word that a computer gives of it.

libfaketime moves what the program reads of the wall clock and leaves its timers alone, as sleep or
a changed clock do. The computer's own clock is left alone. The program hears of sleep from a
stand-in for logind.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end2end.bus import Caller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.rig import Rig

_LOGIND = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_SIGNAL = "PrepareForSleep"


def starting_at(hour: time) -> dict[str, str]:
    """Return the variables that let a program's clock show `hour`, in UTC, now.

    libfaketime 0.9.10, as Debian has it, breaks Python's `time.sleep`, which the program uses only
    where it waits for another one to start.
    """
    now = datetime.now(UTC)
    ahead = (datetime.combine(now.date(), hour, UTC) - now) % timedelta(days=1)
    return {**_library(), "FAKETIME": f"{ahead.total_seconds():+.0f}"}


class Clockwork:
    """Sets the clock of one rig's SafePause, and plays the part of logind."""

    def __init__(self, rig: Rig, logind: Caller) -> None:
        """Move the clock of every process that `rig` starts from now on."""
        self._file = rig.desktop.folder / f"{rig.program.home.name}.clock"
        self._logind = logind
        self._desktop = rig.desktop
        self.ahead = timedelta(0)
        self.set(timedelta(0))
        rig.program.env |= {
            **_library(),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
        }

    def set(self, ahead: timedelta) -> None:
        """Let the clock be so far ahead of the real one; nobody is told."""
        self.ahead = ahead
        whole = self._file.with_suffix(".new")
        whole.write_text(f"{ahead.total_seconds():+.0f}\n", encoding="ascii")
        whole.replace(self._file)  # at no moment is there half a file to read

    def sleep(self, length: timedelta) -> None:
        """Let the computer sleep and wake up so much later, as logind tells it.

        A program that was just asked for a pause may not listen yet.
        """
        self._desktop.wait_for_listener(_SIGNAL)
        self._tell(going=True)
        self.set(self.ahead + length)
        self._tell(going=False)

    def _tell(self, *, going: bool) -> None:
        interface = f"{_LOGIND}.Manager"
        self._logind.signal(_MANAGER, interface, _SIGNAL, "b", going)


@contextmanager
def clockwork(rig: Rig) -> Iterator[Clockwork]:
    """Give a clock for `rig`, with logind on its bus."""
    logind = Caller(rig.desktop.address)
    try:
        logind.own(_LOGIND)
        yield Clockwork(rig, logind)
    finally:
        logind.close()


def _library() -> dict[str, str]:
    """Return the variables that load libfaketime, for the wall clock alone."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return {"LD_PRELOAD": str(library), "DONT_FAKE_MONOTONIC": "1"}
