"""Commands on fakes: a clock, a store and a host."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from safepause import commands
from safepause.core.capability import Capability, CapabilityKey, LogTail
from safepause.core.ports import NotKept
from safepause.core.service import PauseService
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from pathlib import Path

    from safepause.commands import Reply


class FakeAutostart:
    """An autostart record in memory. With `asks` it changes later, with `refuses` never."""

    def __init__(self) -> None:
        """Start nothing."""
        self.on = False
        self.asks = False
        self.refuses = False

    def enabled(self) -> bool:
        """Return the record."""
        return self.on

    def enable(self) -> None:
        """Change the record."""
        self._change(on=True)

    def disable(self) -> None:
        """Change the record."""
        self._change(on=False)

    def capability(self) -> Capability:
        """Return that the record works."""
        return Capability(CapabilityKey.AUTOSTART, available=True, why="It can.")

    def _change(self, *, on: bool) -> None:
        if self.refuses:
            raise NotKept("read-only")
        self.on = self.on if self.asks else on


@dataclass
class FakeHost:
    """A host that records what it was asked."""

    running: bool = True
    version: str = "9.9"
    asked: list[str] = field(default_factory=list)
    autostart: FakeAutostart = field(default_factory=FakeAutostart)
    display: str = ":0"
    hidden_data: str = ""
    unread_data: str = ""

    def show(self) -> None:
        """Record the call."""
        self.asked.append("show")

    def breathe(self) -> None:
        """Record the call."""
        self.asked.append("breathe")

    def elsewhere(self, display: str) -> str:
        """Return the display of the windows, unless it is the caller's."""
        return "" if display == self.display else self.display

    def quit(self) -> None:
        """Record the call."""
        self.asked.append("quit")

    def log_tail(self) -> LogTail:
        """Return a log of two lines."""
        return LogTail("/data/safepause.log", ("one", "two"))

    def capabilities(self) -> list[Capability]:
        """Return a capability that works and one that does not."""
        return [
            Capability(CapabilityKey.TRAY, available=True, why="It stands."),
            Capability(CapabilityKey.LOCK, available=False, why="No locker.", advice="Start one."),
        ]


class FakeFolder:
    """Files in memory; `broken` is the error of every write."""

    def __init__(self) -> None:
        """Start without files."""
        self.files: dict[str, bytes] = {}
        self.modes: set[int] = set()
        self.broken: OSError | None = None

    def write(self, path: Path, content: bytes, mode: int, *, replace: bool) -> None:
        """Keep a file."""
        if self.broken is not None:
            raise self.broken
        if str(path) in self.files and not replace:
            raise FileExistsError(str(path))
        self.files[str(path)] = content
        self.modes.add(mode)


class Rig:
    """Commands on a fake clock, store, host and folder; it is 20:10."""

    def __init__(self) -> None:
        """Start idle."""
        self.clock, self.store, self.host = FakeClock(), MemoryStore(), FakeHost()
        self.folder = FakeFolder()
        self.service = PauseService(self.clock, self.store, autostart=lambda: self.host.autostart)

    def run(self, *argv: str, request_id: str = "") -> Reply:
        """Carry out a command."""
        return commands.run(argv, self.service, self.host, self.folder.write, request_id)

    def restart(self) -> None:
        """Begin a new run on the same store."""
        self.service = PauseService(self.clock, self.store, autostart=lambda: self.host.autostart)

    def document(self, *argv: str) -> Any:  # noqa: ANN401  -- as json.loads
        """Carry out a command with --json and return its document."""
        return json.loads(self.run(*argv, "--json").out)
