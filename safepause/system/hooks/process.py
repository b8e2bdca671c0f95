"""The process of a hook: its start, its end, and what differs between systems in both."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_open_pidfd: Callable[[int], int] | None = getattr(os, "pidfd_open", None)
"""Only Linux has it."""
AFTER_QUIT = 10
"""Seconds that a process may run on after the program."""
_GUARD = """
left=$2
while [ "$left" -gt 0 ]; do kill -0 "$1" || exit 0; sleep 1; left=$((left - 1)); done
kill -s TERM -- "-$1" && sleep 2 && kill -s KILL -- "-$1"
"""
"""Ends a process and those that it has started, unless it has ended by then. For a POSIX shell."""


class Process:
    """A process in a session of its own, without a terminal. Its output is not kept."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a program in the home folder. `environment` is added to our own.

        Raises:
            OSError: the program can't be started.

        """
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        self._popen = subprocess.Popen(  # noqa: S603  -- the person's own command, split by us
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=os.path.expanduser("~"),  # noqa: PTH111  -- as paths.py
            env={**os.environ, **environment},
            creationflags=flags,
            start_new_session=True,
        )
        self._pidfd = -1
        self._notifier: QSocketNotifier | None = None

    def watch(self, ended: Callable[[], None]) -> bool:
        """Call `ended` when the process ends. Return whether this system can do that."""
        if _open_pidfd is None:
            return False
        try:
            self._pidfd = _open_pidfd(self._popen.pid)
        except OSError:  # a container may forbid it
            return False
        self._notifier = QSocketNotifier(self._pidfd, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(ended)
        return True

    def exit_code(self) -> int | None:
        """Return the exit code, or None if the process runs."""
        return self._popen.poll()

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the process, for so long at most. Return whether it has ended."""
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self, *, by_force: bool = False) -> None:
        """End the process and those that it has started. With force they can't refuse."""
        if sys.platform == "win32":
            self._popen.terminate()
        else:
            with contextlib.suppress(OSError):
                os.killpg(self._popen.pid, signal.SIGKILL if by_force else signal.SIGTERM)

    def guard(self) -> None:
        """Have a process that runs ended some time after the program, by a shell that goes on."""
        if sys.platform != "win32" and self.exit_code() is None:
            command = ["/bin/sh", "-c", _GUARD, "sh", str(self._popen.pid), str(AFTER_QUIT)]
            with contextlib.suppress(OSError):
                guard = subprocess.Popen(  # noqa: S603  -- our own words, and two numbers
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                guard.returncode = 0  # as in `leave`

    def leave(self) -> None:
        """Watch the process no longer. If it runs, it runs on."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            os.close(self._pidfd)
            self._notifier = None
        if self._popen.returncode is None:
            self._popen.returncode = 0  # otherwise Python warns that the process still runs
