"""The event recorder logs the events of a pause.

A pause that is undone leaves no trace in the log. So log entries stay in memory as long as the
service may still accept an undo. If the program ends in that time, these entries are dropped.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause import __version__
from safepause.core.capability import CapabilityKey
from safepause.core.events import Event, event_of, iso
from safepause.core.pause import Correct
from safepause.core.reminders import Kind
from safepause.system.log import tail

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from safepause.app.reminders import Reminders
    from safepause.core.capability import Capability, LogTail
    from safepause.core.pause import Pause
    from safepause.core.reminder_engine import Announcement
    from safepause.core.service import Accepted, PauseService
    from safepause.system.log.handler import LogFile

BEGIN_MS = 500
"""How long after the start the log's file is opened."""
SPARE_MS = 500
"""How long after the last moment for an undo the log is written."""
LONGEST_WAIT_MS = 3_600_000
"""How long one timer waits at most. A clock that is set back makes the time for an undo longer."""

log = logging.getLogger(__name__)


class EventRecorder:
    """Logs the start and the end of the program, and the events of each pause."""

    def __init__(self, service: PauseService, reminders: Reminders, log_file: LogFile) -> None:
        """Follow the service and the reminders."""
        self._service = service
        self._log_file = log_file
        self._begin = _timer(log_file.begin)
        self._settle = _timer(self._hold_or_keep)
        self._undone = _timer(log_file.drop)
        service.on_forget(CapabilityKey.LOG, log_file.clear)
        service.on_change(CapabilityKey.LOG, self._changed)
        reminders.on_announcement(CapabilityKey.LOG, self._announced)

    def start(self) -> None:
        """Log the start of the program, and a standing pause."""
        log.info("started, version %s", __version__)
        pause = self._service.pause
        self._hold_or_keep()
        if pause is not None:
            log.info("a pause stands until %s", iso(pause.return_at))
        self._begin.start(BEGIN_MS)

    def stop(self) -> None:
        """Log the end of the program."""
        self._begin.stop()
        self._settle.stop()
        self._undone.stop()
        self._log_file.drop()
        log.info("ended")

    def capabilities(self) -> list[Capability]:
        """Say whether a log is written."""
        return [self._log_file.capability()]

    def tail(self) -> LogTail:
        """Return where the log is, and its last lines, after writing the entries in memory.

        Entries that are held back stay in memory.
        """
        self._log_file.flush()
        return tail.tail(self._log_file.path)

    def _announced(self, announcement: Announcement) -> None:
        """Log what is said, but no heads-up: its time depends on who called the pause."""
        if announcement.kind is not Kind.HEADS_UP:
            log.info("said: %s", announcement.kind.value)

    def _changed(self, accepted: Accepted) -> None:
        event = event_of(accepted.transition)
        if event is Event.UNDONE:
            self._drop_undone()
        elif event is not None:
            if self._undone.isActive():
                self._undone.stop()
                self._log_file.drop()
            self._hold_or_keep()
            log.info("%s", _fact(event, accepted.pause))
        elif isinstance(accepted.transition.command, Correct):
            self._hold_or_keep()

    def _drop_undone(self) -> None:
        """Delete the held entries, and the entries of the other listeners of this undo.

        A fault in another listener is such an entry. Its places and its time would be a trace.
        """
        self._settle.stop()
        self._log_file.drop()
        self._log_file.hold()
        self._undone.start(0)

    def _hold_or_keep(self) -> None:
        """Hold the log back while an undo may still arrive. Write it after that."""
        pause, clock = self._service.pause, self._service.clock
        now = clock.now()
        if pause is None or now > pause.undo_until:
            self._settle.stop()
            self._log_file.keep()
            return
        self._log_file.hold()
        left = _milliseconds(clock.real(now), clock.real(pause.undo_until))
        self._settle.start(min(left + SPARE_MS, LONGEST_WAIT_MS))


def _fact(event: Event, pause: Pause | None) -> str:
    until = "" if pause is None else f" until {iso(pause.return_at)}"
    return f"{event.value}{until}"


def _milliseconds(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds() * 1000))


def _timer(call: Callable[[], None]) -> QTimer:
    made = QTimer()
    made.setSingleShot(True)
    made.timeout.connect(call)
    return made
