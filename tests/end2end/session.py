"""What all desktops without a screen share: private folders, a message bus, and their end.

They use nothing of this machine's own desktop. At the end all processes are ended, the last started
one first, so that no program loses its display.
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
    """A login session that runs during its `with` block."""

    def __init__(self, place: Place | None = None) -> None:
        """Take the place. The default is English in UTC."""
        self.place = place or Place()
        self.env: dict[str, str] = {}
        """The environment for programs on this desktop."""
        self.address = ""
        """Where the bus listens, whether or not programs are told of it."""
        self.processes: dict[str, Process] = {}

    def __enter__(self) -> Self:
        """Start everything, and wait until it is ready."""
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
        """Start the parts of this desktop. `stack` ends them."""
        raise NotImplementedError

    def _lay_out(self, kind: Mapping[str, str]) -> None:
        """Make the private folders and the environment, which `kind` is added to."""
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
        """Start the bus. It starts these `services` when they are called, and no others.

        It is the system bus, too, so that tests can fake system services. The services inherit the
        present environment.
        """
        config = self.folder / "bus.conf"
        config.write_text(_BUS.format(folder=self.folder), encoding="utf-8")
        (self.folder / "services").mkdir()
        for name in services:
            file = f"{name}.service"
            (self.folder / "services" / file).symlink_to(_SERVICE_FOLDER / file)
        self.address = f"unix:path={self.folder}/bus"
        self.env |= dict.fromkeys(BUSES, self.address)
        self._start("bus", self._bus_command(), stack)
        wait_for(lambda: listens(self.folder / "bus"), "the bus stands")
        self.caller = Caller(self.address)
        stack.callback(self.caller.close)

    def lose_bus(self) -> None:
        """Kill the bus, as a crash does."""
        self.caller.close()
        self.watch.close()
        self.processes["bus"].kill()

    def bring_bus_back(self) -> None:
        """Start the bus again at the same address."""
        self._start("bus", self._bus_command())
        wait_for(lambda: listens(self.folder / "bus"), "the bus stands again")
        self.caller = Caller(self.address)
        self.watch = Watch(self.address)
        self._stack.callback(self.caller.close)
        self._stack.callback(self.watch.close)

    def _bus_command(self) -> list[str]:
        return ["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile"]

    def _watch_bus(self, stack: ExitStack) -> None:
        self.watch = Watch(self.address)
        stack.callback(self.watch.close)

    def wait_for_listener(self, member: str) -> None:
        """Wait until a program subscribes to the signal `member`."""
        wait_for(lambda: self._is_heard(member), f"a program listens to {member}")

    def wait_until_heard(self, caller: Caller, member: str) -> None:
        """Wait until the program that listens to `member` has read every signal of `caller`."""
        caller.wait_until_heard(self.watch.listener(member))

    def _is_heard(self, member: str) -> bool:
        listener = self.watch.listener(member)
        return bool(listener) and self.caller.has_owner(listener)

    def _start(self, name: str, command: list[str], stack: ExitStack | None = None) -> Process:
        process = Process(command, self.env, self.folder / f"{name}.log")
        self.processes[name] = process
        (stack or self._stack).callback(process.stop)
        return process


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    # A socket's path has at most 107 bytes, so the path of the folder is short.
    return tempfile.TemporaryDirectory(prefix="sp-", dir="/tmp", ignore_cleanup_errors=True)
