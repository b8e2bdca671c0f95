"""The notification on the screen, as a file says it, so that the next start can close it.

A program that was killed leaves its notification, whose buttons do nothing. The file has the bus,
the notification service and the number, and nothing about the pause. The number counts only for the
same service on the same bus: another one numbers its notifications anew.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause import own_files
from safepause.system.atomic_file import OWNER_READS, write_whole

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A notification: the id of the bus, the service's unique name, and the number."""

    bus: str
    service: str
    number: int


class LeftOver:
    """Reads and writes the file."""

    def __init__(self, file: Path) -> None:
        """Take the path. The file need not exist."""
        self._file = file

    def read(self) -> Shown | None:
        """Return what the file says, or None if it says nothing."""
        try:
            own_files.refuse_shared(str(self._file.parent))
            bus, service, number = self._file.read_text(encoding="utf-8").split()
            return Shown(bus, service, int(number))
        except (OSError, ValueError):
            return None

    def keep(self, shown: Shown, *, quiet: bool = False) -> None:
        """Write down the notification that is on the screen now. With `quiet`, log nothing."""
        line = f"{shown.bus} {shown.service} {shown.number}\n"
        try:
            own_files.refuse_shared(str(self._file.parent))
            write_whole(self._file, line.encode(), OWNER_READS)
        except OSError as error:  # after a crash it would stay on the screen
            if not quiet:
                log.info("the notification is not written down: %s", error.strerror)

    def forget(self) -> None:
        """Write down that no notification is on the screen."""
        with suppress(OSError):
            own_files.refuse_shared(str(self._file.parent))
            self._file.unlink()
