"""Tells the log, and the person's own commands, what happens to a pause.

Both follow what the service did, not who asked for it. The log has bare facts; a pause that is
undone leaves none there, nor does a command that was run for it. What is only in memory when the
program ends, because it could still be undone, is forgotten rather than written.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause import __version__
from safepause.core.events import HOOKS, Event, environment, event_of, iso
from safepause.core.reminders import Kind
from safepause.system.log import handler

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from safepause.core.capability import Capability, LogTail
    from safepause.core.pause import Pause
    from safepause.core.reminder_engine import Announcement
    from safepause.core.service import Accepted, PauseService
    from safepause.system.hooks.runner import HookRunner
    from safepause.system.log.handler import LogFile

BEGIN_MS = 500
"""How long after the start the log's file is opened."""
SPARE_MS = 500
"""How long after the last moment for an undo the log is written, so that it is over surely."""

log = logging.getLogger(__name__)


class EventRecorder:
    """Follows the service from before anybody else does, so that nothing is written too early."""

    def __init__(self, service: PauseService, log_file: LogFile) -> None:
        """Follow; nothing is logged or run yet."""
        self._service = service
        self._log_file = log_file
        self._hooks: HookRunner | None = None
        self._begin = _timer(log_file.begin)
        self._settle = _timer(self._hold_or_keep)
        service.on_forget(log_file.clear)
        service.on_change(self._changed)

    def started(self) -> None:
        """Log the start, and a pause that stands."""
        log.info("started, version %s", __version__)
        pause = self._service.pause
        self._hold_or_keep()
        if pause is not None:
            log.info("a pause stands until %s", iso(pause.return_at))
        self._begin.start(BEGIN_MS)

    def announced(self, announcement: Announcement) -> None:
        """Take note of something that was said; that it is time has a command of its own."""
        log.info("said: %s", announcement.kind.value)
        if announcement.kind is Kind.DUE:
            self._run_hook(Event.DUE, announcement.pause)

    def close(self) -> None:
        """Log the end, and leave commands that run to themselves."""
        self._begin.stop()
        self._settle.stop()
        if self._hooks is not None:
            self._hooks.close()
        self._log_file.drop()
        log.info("ended")

    def hooks_capability(self) -> Capability:
        """Say whether the person's own commands can be found."""
        from safepause.system.hooks import command_line

        return command_line.capability(self._service.settings.text(key) for key in HOOKS)

    def log_capability(self) -> Capability:
        """Say whether a log is written."""
        return self._log_file.capability()

    def log_tail(self) -> LogTail:
        """Return where the log is and its last lines, with what may be written by now."""
        self._log_file.flush()
        return handler.tail(self._log_file.path)

    def _changed(self, done: Accepted) -> None:
        event = event_of(done.step)
        if event is None:
            return
        if event is Event.UNDONE:
            self._log_file.drop()
            self._settle.stop()
            if self._hooks is not None:
                self._hooks.hush()
        else:
            self._hold_or_keep()
            log.info("%s", _fact(event, done.pause))
        self._run_hook(event, done.pause)

    def _hold_or_keep(self) -> None:
        """Hold the log back while the pause can be undone; write it as soon as it can't."""
        pause, clock = self._service.pause, self._service.clock
        now = clock.now()
        if pause is None or not pause.can_undo(now):
            self._settle.stop()
            self._log_file.keep()
            return
        self._log_file.hold()
        last = pause.started_at + pause.terms.undo_window
        self._settle.start(_milliseconds(clock.real(now), clock.real(last)) + SPARE_MS)

    def _run_hook(self, event: Event, pause: Pause | None) -> None:
        command = self._service.settings.text(event.hook)
        if not command:
            return
        from safepause.system.hooks.runner import Hook, HookRunner

        if self._hooks is None:
            self._hooks = HookRunner()
        quiet = event is Event.UNDONE
        self._hooks.run(Hook(event.hook, command, environment(event, pause), quiet))


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
