"""The real SafePause: it is started, asked and killed, and its files are read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from safepause.core.clock import SystemClock
from safepause.store import open_store
from tests.end2end.waiting import Process, children_of_home, patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

START = (sys.executable, "-m", "safepause")


class Program:
    """SafePause with its own data folder on one desktop."""

    def __init__(
        self, env: Mapping[str, str], home: Path, log: Path, command: Sequence[str] = START
    ) -> None:
        """Take the data folder `home`, which SafePause makes, and the file for its output.

        `command` starts the program.
        """
        self._command = tuple(command)
        self.home = home
        self.env = {**env, "SAFEPAUSE_HOME": str(home)}
        self.log = log
        self._started: list[Process] = []
        self.welcomed = True
        """Whether the page of the first run was shown before the first start."""

    def run_through(self, *before: str) -> None:
        """Put other words, such as those of `unshare`, before each command from now on."""
        self._command = (*before, *START)

    def run_by(self, python: Path) -> None:
        """Use another Python from now on."""
        self._command = (str(python), *START[1:])

    def start(self, *arguments: str) -> Process:
        """Start the app and return at once."""
        process = Process([*self._command, *arguments], self.env, self.log)
        self._started.append(process)
        return process

    def started(self, *, hidden: bool = True) -> Process:
        """Start the app with or without its window, and wait until it answers."""
        if self.welcomed and not self.home.exists():
            self._welcome()
        process = self.start(*(["--hidden"] if hidden else []))
        wait_for(lambda: self._answers(process), "SafePause answers", 20)
        return process

    def run(self, *arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command until it ends. `typed` is its standard input."""
        return subprocess.run(
            [*self._command, *arguments],
            env=self.env,
            input=typed or "",
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=patience(40),
        )

    def ask(self, *arguments: str) -> str:
        """Return the output of a command, which must succeed."""
        done = self.run(*arguments)
        assert done.returncode == 0, f"{arguments}: {done.returncode}, {done.stderr}"
        return done.stdout

    def anew(self) -> Process:
        """End a standing pause and the app, and start the app again."""
        self.run("return")
        self.ask("quit")
        wait_for(lambda: not self.processes(), "SafePause ends")
        return self.started()

    def status(self) -> dict[str, Any]:
        """Return the document of `status --json`."""
        status: dict[str, Any] = json.loads(self.ask("status", "--json"))
        return status

    def state(self) -> str:
        """Return "idle", "paused" or "due"."""
        return str(self.status()["state"])

    def history(self) -> list[dict[str, Any]]:
        """Return the outcomes of `history --json`, the newest first."""
        outcomes: list[dict[str, Any]] = json.loads(self.ask("history", "--json"))["outcomes"]
        return outcomes

    def capabilities(self) -> dict[str, dict[str, Any]]:
        """Return the capabilities of `doctor --json` by key, whatever its exit code is."""
        told = json.loads(self.run("doctor", "--json").stdout)["capabilities"]
        return {each["key"]: each for each in told}

    def bytes_kept(self) -> bytes:
        """Return the bytes of all files in the data folder."""
        return b"".join(
            path.read_bytes() for path in sorted(self.home.rglob("*")) if path.is_file()
        )

    @property
    def said(self) -> str:
        """The output of the app so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def processes(self) -> list[int]:
        """Return all processes with this data folder."""
        return children_of_home(self.home)

    def _welcome(self) -> None:
        """Keep in new data that the page of the first run was shown."""
        opened = open_store(self.home, SystemClock())
        opened.store.set("welcomed", value=True)
        opened.store.close()

    def end(self) -> None:
        """End all processes with this data folder, detached ones included."""
        wait_for(self._killed, "SafePause's processes are gone")
        for process in self._started:
            process.kill()

    def _killed(self) -> bool:
        """Kill the running processes. Tell whether there were none, as one may start another."""
        running = self.processes()
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return not running

    def _answers(self, process: Process) -> bool:
        assert process.runs, f"SafePause ended with {process.wait(0)}: {self.said}"
        if not (self.home / "socket").exists():
            # A command would open the data before the app does.
            return False
        done = self.run("status", "--json")
        return done.returncode == 0 and bool(json.loads(done.stdout)["running"])
