"""Waits for real programs, and ends them in the right order.

Each wait has a limit, and its error says what it waited for. A limit is in seconds of an idle
machine. A busy machine gets more. The output of a program goes to a log file beside its data, which
is saved if a test fails.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")
LOAD = Path("/proc/loadavg")
STEP = 0.01
"""Seconds between two looks."""


class NotInTimeError(AssertionError):
    """Something did not happen within its limit."""


def patience(limit: float) -> float:
    """Return the seconds for this machine, if an idle machine needs `limit` at most.

    If three processes want each core, everything takes three times as long. The kernel's average
    is of a minute, so it does not know yet of what has just begun: what runs now counts, too.
    """
    average, *_rest, running, _last = LOAD.read_text(encoding="ascii").split()
    wanting = max(float(average), int(running.partition("/")[0]))
    return limit * max(1.0, wanting / len(os.sched_getaffinity(0)))


def wait_for(look: Callable[[], T | None], what: str, limit: float = 10.0) -> T:
    """Call `look` every 10 ms until its result is true, and return that.

    Raises:
        NotInTimeError: no result was true.

    """
    limit = patience(limit)
    end = time.monotonic() + limit
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() > end:
            raise NotInTimeError(f"Not within {limit:.3g} s: {what}")
        time.sleep(STEP)


def soon(look: Callable[[], object], limit: float = 0.3) -> bool:
    """Tell whether `look` becomes true within `limit`."""
    try:
        wait_for(look, "it is so", limit)
    except NotInTimeError:
        return False
    return True


def repeat(act: Callable[[], object], effect: Callable[[], object], what: str) -> None:
    """Call `act`, several times if necessary, until it has its effect.

    Raises:
        NotInTimeError: it has no effect.

    """
    wait_for(lambda: effect() or (act(), soon(effect, 1.0))[1], what, 30)


def stays(look: Callable[[], object], seconds: float) -> bool:
    """Tell whether `look` is true at each call, every 10 ms, for `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not look():
            return False
        time.sleep(STEP)
    return True


def listens(path: Path) -> bool:
    """Tell whether a program accepts connections at a socket, whose file exists before that."""
    with socket.socket(socket.AF_UNIX) as link:
        return link.connect_ex(str(path)) == 0


class Process:
    """A program that runs beside the test. Its output is in a file."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        log: Path,
        *,
        keep: Sequence[int] = (),
        at: Path | None = None,
    ) -> None:
        """Start `command` in the folder `at`. It inherits the file descriptors `keep`."""
        self.name = Path(command[0]).name
        self.log = log
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                list(command),
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=tuple(keep),
                cwd=at,
            )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self.popen.pid

    @property
    def runs(self) -> bool:
        """Whether the process runs."""
        return self.popen.poll() is None

    def wait(self, limit: float = 10.0) -> int:
        """Wait until the process ends, and return its exit code.

        Raises:
            NotInTimeError: the process did not end.

        """
        limit = patience(limit)
        try:
            return self.popen.wait(limit)
        except subprocess.TimeoutExpired as error:
            raise NotInTimeError(f"Not within {limit:.3g} s: {self.name} ends") from error

    def stop(self) -> None:
        """End the process with SIGTERM, then SIGKILL. Do nothing if it has ended."""
        if not self.runs:
            return
        self.popen.terminate()
        try:
            self.popen.wait(5)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    def kill(self) -> None:
        """Kill the process, as a crash does."""
        self.popen.kill()
        self.popen.wait()


def children_of_home(home: Path) -> list[int]:
    """Return this user's processes with `home` as SAFEPAUSE_HOME."""
    wanted = f"SAFEPAUSE_HOME={home}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return [pid for pid in found if pid != os.getpid() and not _ended(pid)]


def _ended(pid: int) -> bool:
    """Tell whether a process is gone, or is a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in "ZX"
