"""An app that was started for a request: it gets the request with its start, and answers it.

If the process ends without an answer, its last words say why. They are in memory, and nowhere else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING

from safepause.client import launch
from safepause.commands import Exit
from safepause.i18n.language import _
from safepause.system import cannot_start, paths
from safepause.system.ipc.protocol import unpack_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from safepause.client.launch import RawReply

MOST_BYTES = 64 * 1024
"""How much of what the process says is kept: the end of it."""
LAST_LINES, LINE = 6, 200
"""How many of the last lines are shown, and how many characters of each."""
STEP = 0.1
"""Seconds between two looks whether the process lives."""


class _Detached(subprocess.Popen[bytes]):
    """A process that continues after this one, which is no fault that Python should tell."""

    def __del__(self) -> None:
        """Say nothing. The base class warns of a process that still runs."""


class StartedApp:
    """The process, and what it says."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Read the answer and the last words from now on, so that the process never has to wait."""
        self.process = process
        self._answer, self._words = b"", b""
        self._answered = threading.Event()
        self._readers = [
            threading.Thread(target=read, daemon=True) for read in (self._hear, self._listen)
        ]
        for reader in self._readers:
            reader.start()

    def answer(self, waiting: Callable[[], object]) -> RawReply | None:
        """Wait for the answer as long as the process lives. Call `waiting` all the time.

        Return None if there is no answer. Then `last_words` says why.
        """
        while not self._answered.wait(STEP):
            waiting()
            if self.process.poll() is not None:
                self._answered.wait(STEP)  # what it has written is on the way
                break
        return unpack_answer(self._answer)

    def last_words(self) -> str:
        """Return why the process ended: a sentence, and the last lines of what it said."""
        code = self.process.wait()
        for reader in self._readers:
            reader.join(STEP)
        said = self._words.decode(errors="replace").splitlines()
        lines = [line.strip()[:LINE] for line in said if line.strip()]
        sentence = lines.pop() if code == Exit.UNREACHABLE and lines else _ending(code)
        return "\n  ".join((sentence, *lines[-LAST_LINES:]))

    def _hear(self) -> None:
        for data in _chunks(self.process.stdout):
            self._answer += data
            if unpack_answer(self._answer) is not None:
                break
        self._answered.set()

    def _listen(self) -> None:
        for data in _chunks(self.process.stderr):
            self._words = (self._words + data)[-MOST_BYTES:]


def _chunks(stream: IO[bytes] | None) -> Iterator[bytes]:
    """Yield what comes through a pipe, as soon as it comes."""
    if stream is not None:
        with stream:
            yield from iter(lambda: os.read(stream.fileno(), MOST_BYTES), b"")


def start_detached(request: bytes) -> StartedApp:
    """Start the app in a new process, which continues after this process and its terminal.

    The request is in the new process's standard input before that process exists.

    Raises:
        OSError: there can be no process, or nobody who hears its answer. Then the process is ended
            before it knows of the request.

    """
    # -P: Python imports no module from the working folder.
    command = [sys.executable, "-P", "-m", "safepause", launch.HIDDEN, launch.FIRST]
    environment = dict(os.environ)
    if paths.VARIABLE in environment:
        environment[paths.VARIABLE] = paths.home()  # the app has another working folder
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    reading, writing = os.pipe()
    try:
        with os.fdopen(writing, "wb") as handed:
            handed.write(request)
        process = _Detached(
            command,
            stdin=reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=os.sep,
            env=environment,
            creationflags=flags,
            start_new_session=True,
        )
    finally:
        os.close(reading)
    try:
        return StartedApp(process)
    except RuntimeError as error:  # the person has as many threads as the system allows
        process.kill()
        process.wait()
        raise OSError(str(error)) from error


def _ending(code: int) -> str:
    """Return the sentence for a process that ended without a reason of its own."""
    if code < 0:
        name = signal.strsignal(-code) or str(-code)
        return _("SafePause was ended while it started. ({signal})").format(signal=name)
    return cannot_start.why("")
