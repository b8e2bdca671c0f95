"""Runs a person's own commands: for lights, music, a status in a chat.

One at a time and in order, so that a slow "paused" can't come out after its "returned". Each runs
detached, in a session of its own and without a terminal; what it prints is not kept. What goes
wrong with it is logged, and nothing here waits for it: on Linux the kernel's word that a process
has ended comes to the event loop (pidfd); elsewhere it is looked for, only while one runs.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from safepause.system.hooks.command_line import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import Popen

AFTER_FRAME_MS = 200
"""How long a command waits first, so that the window of a pause is on screen before it."""
LIMIT_MS = 30_000
"""How long a command may run; it can start what is to last longer, and end."""
GRACE_MS = 2_000
"""How long it then gets to end by itself."""
LOOK_MS = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """A command to be run."""

    name: str
    """Which it is, for the log."""
    command: str
    environment: Mapping[str, str]
    """What it is told, on top of our own environment."""
    quiet: bool = False
    """Whether the log is to say nothing of it."""


class HookRunner(QObject):
    """Runs what it is given, in order."""

    def __init__(
        self, parent: QObject | None = None, *, limit_ms: int = LIMIT_MS, pidfd: bool = True
    ) -> None:
        """Run nothing yet. `pidfd` says whether that is looked for."""
        super().__init__(parent)
        self._pidfd = pidfd
        self._queue: list[Hook] = []
        self._running: _Running | None = None
        self._start = _timer(self, AFTER_FRAME_MS, self._next)
        self._limit = _timer(self, limit_ms, self._end_it)
        self._grace = _timer(self, GRACE_MS, self._kill_it)
        self._look = _timer(self, LOOK_MS, self._looked)

    def run(self, hook: Hook) -> None:
        """Run a command soon, after those before it. Returns at once."""
        self._queue.append(hook)
        if self._running is None and not self._start.isActive():
            self._start.start()

    def hush(self) -> None:
        """Log nothing of what runs and waits: the pause that it was for was undone."""
        self._queue = [replace(hook, quiet=True) for hook in self._queue]
        if self._running is not None:
            self._running.hook = replace(self._running.hook, quiet=True)

    def close(self) -> None:
        """Start what waits still, and leave all to itself."""
        for timer in (self._start, self._limit, self._grace, self._look):
            timer.stop()
        if self._running is not None:
            self._running.leave()
            self._running = None
        for hook in self._queue:
            left = self._launch(hook)
            if left is not None:
                _Running(hook, left).leave()
        self._queue.clear()

    def _next(self) -> None:
        while self._queue and self._running is None:
            hook = self._queue.pop(0)
            process = self._launch(hook)
            if process is not None:
                self._follow(_Running(hook, process))

    def _launch(self, hook: Hook) -> Popen[bytes] | None:
        import subprocess  # 4 ms that only who has such a command spends

        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        try:
            return subprocess.Popen(  # noqa: S603  -- the person's own command, split by us
                words_of(hook.command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=os.path.expanduser("~"),  # noqa: PTH111  -- as paths.py
                env={**os.environ, **hook.environment},
                creationflags=flags,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            detail = error.strerror if isinstance(error, OSError) else "its words can't be split"
            _report(hook, f"can't be started: {detail}")
            return None

    def _follow(self, running: _Running) -> None:
        self._running = running
        self._limit.start()
        if not (self._pidfd and running.watch(self._looked)):
            self._look.start()

    def _looked(self) -> None:
        """See whether it has ended; if so, go on to the next."""
        running = self._running
        if running is None:
            return
        code = running.process.poll()
        if code is None:
            if not running.watched:
                self._look.start()
            return
        for timer in (self._limit, self._grace, self._look):
            timer.stop()
        running.leave()
        self._running = None
        if code and not running.ended_by_us:
            _report(running.hook, f"ended with exit code {code}")
        self._next()

    def _end_it(self) -> None:
        running = self._running
        if running is not None:
            _report(running.hook, f"took more than {self._limit.interval() / 1000:g} s")
            running.ended_by_us = True
            running.send("SIGTERM")
            self._grace.start()

    def _kill_it(self) -> None:
        if self._running is not None:
            self._running.send("SIGKILL")


class _Running:
    """A command that runs."""

    def __init__(self, hook: Hook, process: Popen[bytes]) -> None:
        """Follow it only when `watch` or somebody's looks say so."""
        self.hook = hook
        self.process = process
        self.ended_by_us = False
        self._pidfd: int | None = None
        self._notifier: QSocketNotifier | None = None

    @property
    def watched(self) -> bool:
        """Whether the kernel tells when it ends."""
        return self._notifier is not None

    def watch(self, ended: Callable[[], None]) -> bool:
        """Have `ended` called when it ends; return whether this system can do that."""
        try:
            self._pidfd = os.pidfd_open(self.process.pid)
        except (AttributeError, OSError):  # not Linux, or not allowed
            return False
        self._notifier = QSocketNotifier(self._pidfd, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(ended)
        return True

    def send(self, name: str) -> None:
        """Send a signal to it and what it has started; it has not been waited for, so is there."""
        if sys.platform == "win32":
            self.process.terminate()
        else:
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid, getattr(signal, name))

    def leave(self) -> None:
        """Follow it no more; it goes on, if it does, without us."""
        if self._notifier is not None and self._pidfd is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            os.close(self._pidfd)
            self._notifier = self._pidfd = None
        if self.process.returncode is None:
            self.process.returncode = 0  # or Python would complain that nobody waits for it


def _report(hook: Hook, what: str) -> None:
    if not hook.quiet:
        log.warning("the command of %s %s", hook.name, what)


def _timer(parent: QObject, milliseconds: int, call: Callable[[], None]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(call)
    return made
