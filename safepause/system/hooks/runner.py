"""Runs a person's own commands, one at a time and in order: for lights, music, a status in a chat.

In this order a slow command for "paused" can't end after the command for "returned". A command that
has waited for long is left out if a newer one waits: the last state counts. So slow commands never
pile up. At the end of the program, too, one command runs at a time, and the last one runs. Each
command runs detached from the program. Its errors are logged. While the program runs, nothing waits
for a command: on Linux the kernel reports its end to the event loop. Elsewhere a timer looks for
the end while a command runs.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer

from safepause.system.hooks.command_line import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from safepause.system.hooks.process import Process

AFTER_FRAME_MS = 200
"""The time before a command, in which the window of a pause is painted."""
LIMIT_MS = 30_000
"""The time that a command may run. It can start a process that runs longer, and end."""
GRACE_MS = 2_000
"""The time that a command then has to end by itself."""
LOOK_MS = 500
PATIENCE_MS = 2_000
"""How long a command waits until a newer one replaces it."""
QUIT_SECONDS = 1.5
"""How long the end of the program waits for a command that runs while another one waits."""
FORCED_SECONDS = 0.5
"""How long the end of the program then waits for a command that was asked to end."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """A command to run."""

    name: str
    """The name of its setting, for the log."""
    command: str
    environment: Mapping[str, str]
    """The variables that are added to our own environment."""
    quiet: bool = False
    """Whether the log must not mention it."""


@dataclass
class _Waiting:
    """A hook that waits."""

    hook: Hook
    patience: QDeadlineTimer


@dataclass
class _Running:
    """A hook that runs."""

    hook: Hook
    process: Process
    watched: bool = False
    """Whether the system reports its end."""
    ended_by_us: bool = False


class HookRunner(QObject):
    """Runs hooks in order."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        limit_ms: int = LIMIT_MS,
        patience_ms: int = PATIENCE_MS,
        watch: bool = True,
    ) -> None:
        """Run nothing yet. With `watch` the system is asked to report the end of a command."""
        super().__init__(parent)
        self._watch = watch
        self._patience_ms = patience_ms
        self._queue: list[_Waiting] = []
        self._running: _Running | None = None
        self._start = _timer(self, AFTER_FRAME_MS, self._next)
        self._limit = _timer(self, limit_ms, self._end)
        self._grace = _timer(self, GRACE_MS, self._kill)
        self._look = _timer(self, LOOK_MS, self._looked)

    def run(self, hook: Hook) -> None:
        """Run a hook soon, after those before it. Return at once.

        It replaces the hooks that have waited for long.
        """
        self._queue = [each for each in self._queue if not each.patience.hasExpired()]
        self._queue.append(_Waiting(hook, QDeadlineTimer(self._patience_ms)))
        if self._running is None and not self._start.isActive():
            self._start.start()

    def hush(self) -> None:
        """Log nothing more of the hooks that run or wait, because their pause was undone."""
        for waiting in self._queue:
            waiting.hook = replace(waiting.hook, quiet=True)
        if self._running is not None:
            self._running.hook = replace(self._running.hook, quiet=True)

    def close(self) -> None:
        """Start the last hook that waits, after the one that runs. Watch no hook any longer.

        A hook that runs goes on if none waits. Otherwise it has a moment to end. What still runs
        has some seconds more.
        """
        for timer in (self._start, self._limit, self._grace, self._look):
            timer.stop()
        last = self._queue[-1].hook if self._queue else None
        self._queue.clear()
        if self._running is not None:
            if last is not None:
                self._finish(self._running)
            self._running.process.guard()
            self._running.process.leave()
            self._running = None
        process = None if last is None else self._launch(last)
        if process is not None:
            process.guard()
            process.leave()

    def _finish(self, running: _Running) -> None:
        """Wait for the end of a hook, and then bring it about."""
        if running.process.wait(QUIT_SECONDS):
            self._tell_end(running)
            return
        running.process.end()
        if not running.process.wait(FORCED_SECONDS):
            running.process.end(by_force=True)
            running.process.wait(FORCED_SECONDS)

    def _next(self) -> None:
        while self._queue and self._running is None:
            waiting = self._queue.pop(0)
            if self._queue and waiting.patience.hasExpired():
                continue
            process = self._launch(waiting.hook)
            if process is not None:
                self._follow(_Running(waiting.hook, process))

    def _launch(self, hook: Hook) -> Process | None:
        # The door to subprocess: without a command of the person, its 0.9 MB are not needed.
        from safepause.system.hooks.process import Process

        try:
            return Process(words_of(hook.command), hook.environment)
        except (OSError, ValueError) as error:
            detail = error.strerror if isinstance(error, OSError) else "its words can't be split"
            _report(hook, f"can't be started: {detail}")
            return None

    def _follow(self, running: _Running) -> None:
        self._running = running
        self._limit.start()
        running.watched = self._watch and running.process.watch(self._looked)
        if not running.watched:
            self._look.start()

    def _looked(self) -> None:
        """Start the next hook if this one has ended."""
        running = self._running
        if running is None:
            return
        if running.process.exit_code() is None:
            if not running.watched:
                self._look.start()
            return
        for timer in (self._limit, self._grace, self._look):
            timer.stop()
        running.process.leave()
        self._running = None
        self._tell_end(running)
        self._next()

    @staticmethod
    def _tell_end(running: _Running) -> None:
        code = running.process.exit_code()
        if code and not running.ended_by_us:
            _report(running.hook, f"ended with exit code {code}")

    def _end(self) -> None:
        running = self._running
        if running is not None:
            _report(running.hook, f"took more than {self._limit.interval() / 1000:g} s")
            running.ended_by_us = True
            running.process.end()
            self._grace.start()

    def _kill(self) -> None:
        if self._running is not None:
            self._running.process.end(by_force=True)


def _report(hook: Hook, what: str) -> None:
    if not hook.quiet:
        log.warning("the command of %s %s", hook.name, what)


def _timer(parent: QObject, milliseconds: int, call: Callable[[], None]) -> QTimer:
    made = QTimer(parent, singleShot=True, interval=milliseconds)
    made.timeout.connect(call)
    return made
