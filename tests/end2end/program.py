"""The real SafePause, as a person at a computer has it: started, asked, killed, its files read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.end2end.waiting import Process, children_of_home, patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

START = (sys.executable, "-m", "safepause")


class Program:
    """SafePause with a data folder of its own on one desktop."""

    def __init__(self, env: Mapping[str, str], home: Path, log: Path) -> None:
        """Keep everything in `home`, which SafePause makes itself; what it says goes to `log`."""
        self.home = home
        self.env = {**env, "SAFEPAUSE_HOME": str(home)}
        self.log = log
        self._started: list[Process] = []

    def start(self, *arguments: str) -> Process:
        """Start the app and return at once."""
        process = Process([*START, *arguments], self.env, self.log)
        self._started.append(process)
        return process

    def started(self, *, hidden: bool = True) -> Process:
        """Start the app, with its window or, as at a login, without; wait until it answers."""
        process = self.start(*(["--hidden"] if hidden else []))
        wait_for(lambda: self._answers(process), "SafePause answers", 20)
        return process

    def run(self, *arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run one command of the command line to its end; `typed` is what stands in its input."""
        return subprocess.run(
            [*START, *arguments],
            env=self.env,
            input=typed or "",
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=patience(40),
        )

    def ask(self, *arguments: str) -> str:
        """Return what a command says, which has to do what it is asked."""
        done = self.run(*arguments)
        assert done.returncode == 0, f"{arguments}: {done.returncode}, {done.stderr}"
        return done.stdout

    def anew(self) -> Process:
        """End the pause that may stand, and the app, and start it again."""
        self.run("return")
        self.ask("quit")
        wait_for(lambda: not self.processes(), "SafePause ends")
        return self.started()

    def status(self) -> dict[str, Any]:
        """Return what `status --json` says."""
        status: dict[str, Any] = json.loads(self.ask("status", "--json"))
        return status

    def state(self) -> str:
        """Return idle, paused or due."""
        return str(self.status()["state"])

    def history(self) -> list[dict[str, Any]]:
        """Return the outcomes that `history --json` tells, the newest first."""
        outcomes: list[dict[str, Any]] = json.loads(self.ask("history", "--json"))["outcomes"]
        return outcomes

    def capabilities(self) -> dict[str, dict[str, Any]]:
        """Return what `doctor --json` says, by key; its exit code is left aside."""
        told = json.loads(self.run("doctor", "--json").stdout)["capabilities"]
        return {each["key"]: each for each in told}

    def bytes_kept(self) -> bytes:
        """Return everything in every file of the data folder, one after the other."""
        return b"".join(
            path.read_bytes() for path in sorted(self.home.rglob("*")) if path.is_file()
        )

    @property
    def said(self) -> str:
        """What the app wrote on its output so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def processes(self) -> list[int]:
        """Return every process that runs on this data folder."""
        return children_of_home(self.home)

    def end(self) -> None:
        """End every process that runs on this data folder, also those that detached."""
        wait_for(self._killed, "SafePause's processes are gone")
        for process in self._started:
            process.kill()

    def _killed(self) -> bool:
        """Kill what runs, and tell whether nothing did: one that ends may just start another."""
        running = self.processes()
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return not running

    def _answers(self, process: Process) -> bool:
        assert process.runs, f"SafePause ended with {process.wait(0)}: {self.said}"
        if not (self.home / "socket").exists():
            # A command would look at the data itself, and meet what the app is to meet first.
            return False
        done = self.run("status", "--json")
        return done.returncode == 0 and bool(json.loads(done.stdout)["running"])
