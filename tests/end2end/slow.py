"""A real slow start: Python itself waits in the app's process until the test lets it go.

Python imports `sitecustomize` at the start of each process. This one holds nothing but apps.
"""

from __future__ import annotations

import signal
import subprocess
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end2end.program import START
from tests.end2end.waiting import patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.program import Program

_HOOK = """
import os, sys, time

def wait():
    open({here!r} + "/" + str(os.getpid()), "w").close()
    while not os.path.exists({go!r}):
        time.sleep(0.02)

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "PySide6":
            sys.meta_path.remove(self)
            wait()

if "--hidden" in sys.orig_argv:
    {act}
"""


class Where(Enum):
    """Where the start is slow."""

    PYTHON = "wait()"
    """Before any of our code runs."""
    QT = "sys.meta_path.insert(0, Slow())"
    """While Qt is loaded. The app has the instance lock then."""


class SlowStart:
    """Holds each app that is started until `go`."""

    def __init__(self, program: Program, folder: Path, where: Where) -> None:
        """Change the environment of the program's processes."""
        self._program = program
        self._go, self._here = folder / "go", folder / "here"
        self._here.mkdir(parents=True)
        hook = _HOOK.format(here=str(self._here), go=str(self._go), act=where.value)
        (folder / "sitecustomize.py").write_text(hook, encoding="utf-8")
        program.env["PYTHONPATH"] = str(folder)
        self.commands: list[subprocess.Popen[str]] = []

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command that waits for the app."""
        command = subprocess.Popen(
            [*START, *arguments],
            env=self._program.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.commands.append(command)
        return command

    def wait(self, count: int = 1) -> None:
        """Wait until as many apps are held."""
        wait_for(lambda: len(list(self._here.iterdir())) >= count, f"{count} apps start", 20)

    def handed(self, count: int) -> None:
        """Wait until as many processes were started with a request."""
        wait_for(
            lambda: len(self._with_request()) >= count, f"{count} requests are handed over", 20
        )

    def _with_request(self) -> list[int]:
        found = []
        for pid in self._program.processes():
            with suppress(OSError):
                if b"--first-request" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(pid)
        return found

    def go(self) -> None:
        """Let the apps start."""
        self._go.touch()

    @staticmethod
    def said(command: subprocess.Popen[str]) -> tuple[int, str, str]:
        """Wait for the end of a command, and return what it said."""
        out, err = command.communicate(timeout=patience(40))
        return command.returncode, out, err


@contextmanager
def slow_start(program: Program, where: Where) -> Iterator[SlowStart]:
    """Have the program start slowly, and end all commands afterwards."""
    made = SlowStart(program, program.home.with_name(f"slow-{program.home.name}"), where)
    try:
        yield made
    finally:
        made.go()
        for command in made.commands:
            command.send_signal(signal.SIGKILL)
            command.communicate()
