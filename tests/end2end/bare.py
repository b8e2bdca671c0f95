"""The real app without a desktop, for tests of commands alone: it is stopped, killed and asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from safepause.system.ipc.client import NoAnswerError, ask
from tests.end2end.program import START
from tests.end2end.waiting import Process, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
NOWHERE = "unix:path=/nonexistent"


class Bare:
    """A person's login session without a display, in a folder of its own."""

    def __init__(self) -> None:
        """Make the folder."""
        self._folder = tempfile.TemporaryDirectory(prefix="safepause-")
        self.folder = Path(self._folder.name)
        self.runtime = self.folder / "run"
        self.place = self.runtime / "safepause"
        self.runtime.mkdir(mode=0o700)
        self.env = {key: os.environ[key] for key in KEPT if key in os.environ} | {
            "HOME": self._folder.name,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": str(self.runtime),
            "DBUS_SESSION_BUS_ADDRESS": NOWHERE,
            "DBUS_SYSTEM_BUS_ADDRESS": NOWHERE,
        }
        self._apps: list[Process] = []

    def __enter__(self) -> Self:
        """Begin the session."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every app of this session."""
        for process in self.apps():
            os.kill(process, signal.SIGKILL)
        for app in self._apps:
            app.kill()
        self._folder.cleanup()

    def start(self) -> Process:
        """Start the app, and wait until it answers."""
        app = Process([*START, "--hidden"], self.env, self.folder / "app.log")
        self._apps.append(app)
        wait_for(self.answers, "SafePause answers", 20)
        return app

    def answers(self) -> bool:
        """Tell whether an app answers at the socket."""
        try:
            return self.ask(["status"]) is not None
        except NoAnswerError:
            return False

    def ask(self, argv: list[str], request_id: str = "") -> tuple[int, str, str] | None:
        """Send a request to the app once."""
        return ask(argv, 10.0, str(self.place / "socket"), request_id)

    def run(
        self, *argv: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command until it ends. `env` is added to the environment."""
        return self.begin(*argv, env=env).result()

    def begin(self, *argv: str, env: Mapping[str, str] | None = None) -> Command:
        """Begin a command, and return at once."""
        return Command([*START, *argv], {**self.env, **(env or {})})

    def status(self) -> dict[str, Any]:
        """Return the document of `status --json`."""
        document: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return document

    def extensions(self) -> int:
        """Return how many extensions the standing pause has."""
        return int(self.status()["pause"]["extensions"])

    def ended(self) -> int:
        """Return how many pauses have an outcome."""
        return len(json.loads(self.run("history", "--json").stdout)["outcomes"])

    def apps(self) -> list[int]:
        """Return the processes of this session that run as the app."""
        mark = f"XDG_RUNTIME_DIR={self.runtime}\0".encode()
        found = []
        for process in Path("/proc").iterdir():
            try:
                if (
                    process.name.isdigit()
                    and mark in (process / "environ").read_bytes()
                    and b"--hidden" in (process / "cmdline").read_bytes()
                ):
                    found.append(int(process.name))
            except OSError:  # it has ended, or is not ours
                continue
        return found

    def kill_apps(self) -> None:
        """Kill every app of this session as `kill -9` does, and wait until it has gone."""
        for process in self.apps():
            os.kill(process, signal.SIGKILL)
        for app in self._apps:
            app.kill()
        wait_for(lambda: not self.apps(), "the app is gone")


class Command:
    """A running command."""

    def __init__(self, command: list[str], env: Mapping[str, str]) -> None:
        """Start it."""
        self.command = command
        self._began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def result(self) -> subprocess.CompletedProcess[str]:
        """Wait for the end, and return code and output."""
        out, err = self.process.communicate(timeout=120)
        self.took = time.monotonic() - self._began
        return subprocess.CompletedProcess(self.command, self.process.returncode, out, err)
