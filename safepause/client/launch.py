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

from safepause.client.caller_display import as_typed, with_display
from safepause.core.clock import SystemClock
from safepause.core.ports import NotKept
from safepause.system import paths
from safepause.system.ipc import client
from safepause.system.ipc.lock import Lock, Locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.core.clock import Clock
    from safepause.system.ipc.handover import FirstRequest
    from safepause.system.ipc.lock import NamedLock, OneLock

PATIENCE = 15.0
"""Seconds in which an app answers that listens."""
START_PATIENCE = 600.0
"""Seconds in which an app starts. Until then it holds the instance lock, and doesn't listen."""
SAID_AFTER = 3.0
"""Seconds after which a person is told that the app is still starting."""
STEP, LONG_STEP = 0.05, 0.5
"""Seconds between two tries to reach an app: in the first seconds, and later."""
TRY_TIMEOUT = 5.0
"""Seconds that one try waits for an answer."""
PING, SHOW = ["status"], ["show"]
HIDDEN, DEMO = "--hidden", "--demo"
STARTING = "SafePause is still starting."
FIRST = "--first-request"
"""Says that the first request is in the standard input. It is for our own command line."""
RawReply = tuple[int, str, str]
"""An exit code, the text for standard output, and the text for standard error."""


class RunApp(Protocol):
    """Runs the app in this process, which holds the instance lock."""

    def __call__(self, *, hidden: bool, demo: bool, first: FirstRequest | None) -> int:
        """Run until the app quits, and return its exit code.

        With `hidden`, no window is shown at the start. With `demo`, the clock runs faster. The app
        carries out `first` as soon as it can.
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
        """Take the lock. Return whether this process has it.

        Without a folder for the data, the other locks count.
        """
        self.detail = ""
        try:
            paths.make_private_home()
        except OSError as error:
            self.detail = error.strerror or str(error)
        self._locks = self._locks or _instance_locks()
        try:
            return self._locks.acquire()
        except OSError as error:
            self.detail = self.detail or error.strerror or str(error)
            return True

    def close(self) -> None:
        """Release the lock."""
        if self._locks is not None:
            self._locks.release()


def _instance_locks() -> Locks:
    with suppress(OSError):  # then its lock can't be made either, and the others are enough
        paths.make_meeting_place()
    locks: list[OneLock] = [Lock(path) for path in paths.lock_paths()]
    name = _name_lock()
    return Locks(locks if name is None else [*locks, name])


def _name_lock() -> NamedLock | None:
    name = paths.abstract_name("lock")
    if sys.platform == "linux" and name:
        from safepause.system.ipc.name_lock import NameLock  # the other systems have no such names

        return NameLock(name)
    return None


def holder() -> tuple[int, str]:
    """Return the process that holds the instance lock, and its state, such as "S".

    Who has deleted the lock files has left the lock without a file. Return 0 and an empty text if
    nobody holds the lock, or nobody can say who.
    """
    found, name = paths.holder(), _name_lock()
    process = found.process or (name.holder() if name is not None else 0)
    return process, found.state or paths.state_of(process)


def app_is_stopped() -> bool:
    """Tell whether a signal has stopped the process that holds the instance lock."""
    return holder()[1] == paths.STOPPED


class Looks:
    """Tries repeatedly to reach an app that may be starting.

    An app that starts holds the instance lock, and doesn't listen yet: it may take its time. An app
    that listens has `PATIENCE` seconds for its answer.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        ask: Ask = client.ask,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock or SystemClock()
        self._ask = ask
        self._wait = wait
        self._began = self._clock.monotonic()
        self._silent_since: float | None = None
        """Since when an app listens and does not answer."""
        self.waiting = ""
        """The message for a person who waits long; it is told once."""
        self.may_be_done = False
        """Whether an app had the request and has not answered."""

    def __iter__(self) -> Iterator[int]:
        """Yield the number of each try, from 0 on, until it is no use to try again."""
        for number in count():
            now = self._clock.monotonic()
            silent = 0.0 if self._silent_since is None else now - self._silent_since
            if silent >= PATIENCE or now - self._began >= START_PATIENCE:
                return
            yield number
            self.tell_waiting()
            self._wait(STEP if now - self._began < PATIENCE else LONG_STEP)

    @property
    def silent(self) -> bool:
        """Whether an app listens and does not answer."""
        return self._silent_since is not None

    def tell_waiting(self) -> None:
        """Tell the person that the app is still starting, once, if they have waited long."""
        if self.waiting and self._clock.monotonic() - self._began >= SAID_AFTER:
            from safepause.i18n.language import _  # who does not wait long needs no words

            tell(sys.stderr, f"{_(self.waiting)}\n")
            self.waiting = ""

    def ask(self, argv: list[str], request_id: str) -> RawReply | None:
        """Send a request, perhaps once more. Return the answer; None if there is none yet."""
        now = self._clock.monotonic()
        try:
            answer = self._ask(argv, TRY_TIMEOUT, request_id=request_id)
        except client.InterruptedRequestError:
            self.may_be_done = True
            raise
        except client.NoAnswerError as error:
            self.may_be_done = True
            if not error.ended and self._silent_since is None:
                self._silent_since = now
            return None
        self._silent_since = None
        typed = as_typed(argv)
        if answer is None or answer[0] != client.WRONG_ARGUMENTS or typed == argv:
            return answer
        # An app of an older version knows nothing that is added, and has executed nothing.
        return self.ask(typed, request_id)


def is_start(argv: list[str]) -> bool:
    """Tell whether the arguments start the app. Otherwise they name a command."""
    return set(argv) <= {HIDDEN, DEMO, FIRST}


def become_app(argv: list[str], run_app: RunApp, looks: Looks, request_id: str) -> RawReply | None:
    """Run the app in this process until it quits, or have the running app show its window.

    Return the answer of this process, or None if an app runs and doesn't answer. A first request
    is carried out by the app, whichever process that is.
    """
    _open_standard_streams()
    hidden = HIDDEN in argv
    if DEMO in argv:
        return _be_demo(run_app, hidden=hidden)
    first = _first_request() if FIRST in argv else None
    greeting = PING if hidden else with_display(SHOW)
    looks.waiting = "" if hidden else STARTING
    lock = InstanceLock()
    for _look in looks:
        if first is not None:
            answer = looks.ask(first.argv, first.request_id)
        else:
            answer = looks.ask(greeting, request_id)
        if answer is not None:
            if first is not None:
                first.answer(answer)
            return (0, "", "") if hidden else answer
        if lock.acquire():
            with closing(lock):
                return run_app(hidden=hidden, demo=False, first=first), "", ""
        if app_is_stopped():
            return None
    return None


def _first_request() -> FirstRequest | None:
    from safepause.system.ipc import handover  # an app that nobody asks for anything needs none

    return handover.receive()


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
            return run_app(hidden=hidden, demo=True, first=None), "", ""
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
