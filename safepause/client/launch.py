"""Becomes the app, or shows the window of the one that runs: `safepause` without a command.

The tray icon waits for all that is imported here, so this imports nothing that only a command
needs: no parser, no JSON. Two never become the app at once: whoever holds the instance lock may.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Protocol, TextIO

from safepause.core.clock import SystemClock
from safepause.system import paths
from safepause.system.ipc import client
from safepause.system.ipc.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.core.clock import Clock

PATIENCE = 15.0
"""Seconds that an app gets to come up."""
STEP = 0.05
"""Seconds between two looks for it."""
PING_TIMEOUT = 2.0
"""Seconds of silence after which an app isn't there yet."""
PING, SHOW = ["status"], ["show"]
HIDDEN, DEMO = "--hidden", "--demo"
RawReply = tuple[int, str, str]
"""An exit code, and what goes to standard output and to standard error."""


class RunApp(Protocol):
    """Becomes the app, in this process, which holds the lock; returns the exit code at its end."""

    def __call__(self, *, hidden: bool, demo: bool) -> int:
        """Run until it is quit; `hidden` shows no window, `demo` runs the clock faster."""
        ...


class Ask(Protocol):
    """Has the running app carry out a command; `client.ask` is the real one."""

    def __call__(self, argv: list[str], timeout: float = ...) -> RawReply | None:
        """Return exit code, output and error output; None if no app answers."""
        ...


class InstanceLock:
    """The instance lock, in a folder that may not let anyone lock anything."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._lock = Lock(paths.lock_path())
        self.detail = ""
        """The system's word for why nobody can have a lock here."""

    def acquire(self) -> bool:
        """Return whether nobody else is the app: the lock is ours, or nobody can have one."""
        try:
            paths.make_private_home()
            return self._lock.acquire()
        except OSError as error:
            self.detail = error.strerror or str(error)
            return True

    def close(self) -> None:
        """Let go of it."""
        self._lock.release()


class Looks:
    """Looks for an app that may be coming up."""

    def __init__(
        self,
        clock: Clock | None = None,
        ask: Ask = client.ask,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Know how to ask an app, and to wait some seconds."""
        self._clock = clock or SystemClock()
        self._ask = ask
        self._wait = wait

    def __iter__(self) -> Iterator[None]:
        """Yield at once, and then in short steps until patience ends."""
        end = self._clock.monotonic() + PATIENCE
        while self._clock.monotonic() < end:
            yield
            self._wait(STEP)

    def found(self, greeting: list[str]) -> bool:
        """Greet the app with a command; return whether one answers."""
        return self._ask(greeting, PING_TIMEOUT) is not None


def is_start(argv: list[str]) -> bool:
    """Tell whether these arguments start the app, rather than giving it a command."""
    return set(argv) <= {HIDDEN, DEMO}


def become_app(argv: list[str], run_app: RunApp, looks: Looks) -> RawReply | None:
    """Become the app, or show the window of the one that runs, and return the answer at its end.

    None if there is an app that doesn't answer.
    """
    hidden = HIDDEN in argv
    if DEMO in argv:
        return _be_demo(run_app, hidden=hidden)
    lock = InstanceLock()
    for _look in looks:
        if looks.found(PING if hidden else SHOW):
            return 0, "", ""
        if lock.acquire():
            with closing(lock):
                return run_app(hidden=hidden, demo=False), "", ""
    return None


def _be_demo(run_app: RunApp, *, hidden: bool) -> RawReply:
    """Become an app with throw-away data, which never meets the real one."""
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="safepause-demo-")
    os.environ[paths.VARIABLE] = folder
    tell(sys.stdout, f"{paths.VARIABLE}={folder}\n")
    try:
        with closing(InstanceLock()) as lock:
            lock.acquire()
            return run_app(hidden=hidden, demo=True), "", ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tell(stream: TextIO | None, text: str) -> None:
    """Write at once, before the answer; a windowed program on Windows has nowhere to."""
    if stream is not None:
        stream.write(text)
        stream.flush()


def has_display() -> bool:
    """Tell whether there may be a screen to show anything on."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(key) for key in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
