"""What every desktop without a screen begins with: private folders, a message bus, and an end.

Nothing of this machine's own desktop is left in it. Whatever happens, what was started is ended,
the last started first, so that nobody loses the display that it draws on.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.end2end.bus import Caller, Watch
from tests.end2end.place import Place
from tests.end2end.waiting import Process, listens, wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

BUSES = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS")
_SERVICE_FOLDER = Path("/usr/share/dbus-1/services")
_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Session:
    """A person's session that stands while its `with` block runs."""

    def __init__(self, place: Place | None = None) -> None:
        """Start nothing yet; the place is English and in UTC, if not said."""
        self.place = place or Place()
        self.env: dict[str, str] = {}
        """The environment for programs on this desktop."""
        self.address = ""
        """Where the bus listens, whether or not programs are told of it."""
        self.processes: dict[str, Process] = {}

    def __enter__(self) -> Self:
        """Start everything, and wait until it stands."""
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(_temporary_folder()))
            self._build(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End everything, the last started first."""
        self._stack.close()

    def _build(self, stack: ExitStack) -> None:
        """Start what this desktop is made of; `stack` ends it."""
        raise NotImplementedError

    def _lay_out(self, kind: Mapping[str, str]) -> None:
        """Make the private folders, and the environment: what all have, and this `kind`."""
        for name in ("config", "data", "cache", "home", "run"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
        self.env = {
            **kept,
            "HOME": f"{self.folder}/home",
            "XDG_RUNTIME_DIR": f"{self.folder}/run",
            "XDG_CONFIG_HOME": f"{self.folder}/config",
            "XDG_DATA_HOME": f"{self.folder}/data",
            "XDG_CACHE_HOME": f"{self.folder}/cache",
            "GSETTINGS_BACKEND": "memory",
            **self.place.environment(),
            **kind,
        }

    def _start_bus(self, stack: ExitStack, services: Sequence[str]) -> None:
        """Start the bus, which starts these `services` when they are called, and no others.

        It serves as the system's bus as well, so that tests can play that. What it starts inherits
        the environment that stands now.
        """
        config = self.folder / "bus.conf"
        config.write_text(_BUS.format(folder=self.folder), encoding="utf-8")
        (self.folder / "services").mkdir()
        for name in services:
            file = f"{name}.service"
            (self.folder / "services" / file).symlink_to(_SERVICE_FOLDER / file)
        self.address = f"unix:path={self.folder}/bus"
        self.env |= dict.fromkeys(BUSES, self.address)
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"]
        self._start("bus", command, stack)
        wait_for(lambda: listens(self.folder / "bus"), "the bus stands")
        self.caller = Caller(self.address)
        stack.callback(self.caller.close)

    def _watch_bus(self, stack: ExitStack) -> None:
        self.watch = Watch(self.address)
        stack.callback(self.watch.close)

    def wait_for_listener(self, member: str) -> None:
        """Wait until a program listens to the signal `member`."""
        wait_for(lambda: self._is_heard(member), f"a program listens to {member}")

    def _is_heard(self, member: str) -> bool:
        listener = self.watch.listener(member)
        return bool(listener) and self.caller.has_owner(listener)

    def _start(self, name: str, command: list[str], stack: ExitStack | None = None) -> Process:
        process = Process(command, self.env, self.folder / f"{name}.log")
        self.processes[name] = process
        (stack or self._stack).callback(process.stop)
        return process


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    # A socket's path has 107 bytes at most, so the folder's is kept short.
    return tempfile.TemporaryDirectory(prefix="sp-", dir="/tmp", ignore_cleanup_errors=True)
