"""Starts the app in this process, or shows the window of the running app: `safepause` alone.

The tray icon waits for the imports of this module. So the module imports nothing that only a
command needs: no parser, no JSON. Only the process that holds the instance lock is the app.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING, Protocol, TextIO

from safepause.core.clock import SystemClock
from safepause.core.ports import NotKept
from safepause.system import paths
from safepause.system.ipc import client
from safepause.system.ipc.lock import Lock, Locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.core.clock import Clock
    from safepause.system.ipc.lock import OneLock

PATIENCE = 15.0
"""Seconds that an app has to start and answer."""
STEP = 0.05
"""Seconds between two tries to reach an app."""
PING_TIMEOUT = 2.0
"""Seconds that one try waits for an answer."""
PING, SHOW = ["status"], ["show"]
HIDDEN, DEMO = "--hidden", "--demo"
RawReply = tuple[int, str, str]
"""An exit code, the text for standard output, and the text for standard error."""


class RunApp(Protocol):
    """Runs the app in this process, which holds the instance lock."""

    def __call__(self, *, hidden: bool, demo: bool) -> int:
        """Run until the app quits, and return its exit code.

        With `hidden`, no window is shown at the start. With `demo`, the clock runs faster.
        """
        ...


class Ask(Protocol):
    """Has the running app carry out a command, as `client.ask` does."""

    def __call__(
        self, argv: list[str], timeout: float = ..., *, request_id: str = ...
    ) -> RawReply | None:
        """Return the answer; None if no app listens.

        Raises:
            NoAnswerError: an app has the command, and no answer came.

        """
        ...


class InstanceLock:
    """The instance lock. Where nothing can be locked, every process gets the lock."""

    def __init__(self) -> None:
        self._locks: Locks | None = None
        self.detail = ""
        """The system's message if the folder can't be used; otherwise empty."""

    def acquire(self) -> bool:
        """Take the lock. Return whether this process has it."""
        try:
            paths.make_private_home()
            self._locks = self._locks or _instance_locks()
            return self._locks.acquire()
        except OSError as error:
            self.detail = error.strerror or str(error)
            return True

    def close(self) -> None:
        """Release the lock."""
        if self._locks is not None:
            self._locks.release()


def _instance_locks() -> Locks:
    with suppress(OSError):  # then its lock can't be made either, and the others are enough
        paths.make_meeting_place()
    locks: list[OneLock] = [Lock(path) for path in paths.lock_paths()]
    name = paths.abstract_name("lock")
    if sys.platform == "linux" and name:
        from safepause.system.ipc.name_lock import NameLock  # the other systems have no such names

        locks.append(NameLock(name))
    return Locks(locks)


def app_is_stopped() -> bool:
    """Tell whether a signal has stopped the process that holds the instance lock."""
    return paths.holder_of(paths.lock_paths()[0]).state == paths.STOPPED


class Looks:
    """Tries repeatedly, for `PATIENCE` seconds, to reach an app that may be starting."""

    def __init__(
        self,
        clock: Clock | None = None,
        ask: Ask = client.ask,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock or SystemClock()
        self._ask = ask
        self._wait = wait

    def __iter__(self) -> Iterator[int]:
        """Yield the number of each try, from 0 on."""
        end = self._clock.monotonic() + PATIENCE
        for number in count():
            if self._clock.monotonic() >= end:
                return
            yield number
            self._wait(STEP)

    def found(self, greeting: list[str]) -> bool:
        """Send a command that may come twice to the app. Return whether an app answers."""
        try:
            return self._ask(greeting, PING_TIMEOUT) is not None
        except client.NoAnswerError:
            return False


def is_start(argv: list[str]) -> bool:
    """Tell whether the arguments start the app. Otherwise they name a command."""
    return set(argv) <= {HIDDEN, DEMO}


def become_app(argv: list[str], run_app: RunApp, looks: Looks) -> RawReply | None:
    """Run the app in this process until it quits, or show the window of the running app.

    Return the answer of this process, or None if an app runs and doesn't answer.
    """
    _open_standard_streams()
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
        if app_is_stopped():
            return None
    return None


def _be_demo(run_app: RunApp, *, hidden: bool) -> RawReply:
    """Run an app with its data in a temporary folder, beside the real app."""
    import shutil  # only a demo needs these two modules; without a demo, the icon would wait

    from safepause.system import demo_folder

    with suppress(NotKept):  # a folder of an earlier demo stays; this demo has another one
        demo_folder.sweep()
    folder = demo_folder.make()
    os.environ[paths.VARIABLE] = folder
    tell(sys.stdout, f"{paths.VARIABLE}={folder}\n")
    try:
        with closing(InstanceLock()) as lock:
            lock.acquire()
            return run_app(hidden=hidden, demo=True), "", ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open_standard_streams() -> None:
    """Open the null device in the place of standard streams that the parent has closed.

    Otherwise the app's next files get these numbers, and what a library or a person's own command
    writes to standard output goes into them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number


def tell(stream: TextIO | None, text: str) -> None:
    """Write to a stream at once. A windowed program on Windows has no standard streams."""
    if stream is not None:
        stream.write(text)
        stream.flush()


def has_display() -> bool:
    """Tell whether a window can be shown. Only on Linux the environment says this."""
    keys = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(key) for key in keys)
