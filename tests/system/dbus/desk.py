"""Parts of a desktop that a test starts: a message bus, and programs on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepause.system.dbus.connection import Bus, NoBus
from safepause.system.dbus.lasting_bus import LastingBus
from safepause.system.dbus.message import Call, Message, Rule
from tests.system.notifications.fake_notifyd import CONTROL, NAME, PATH

if TYPE_CHECKING:
    import signal

    from pytestqt.qtbot import QtBot

    from safepause.system.dbus.message import DBusError

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
  </policy>
</busconfig>
"""
ROOT = Path(__file__).parents[3]
SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python that has Debian's python3-dbusmock."""
EVERYTHING = ("actions", "body", "body-markup")


class PrivateBus:
    """A dbus-daemon for one test."""

    def __init__(self, folder: Path, socket: Path | None = None) -> None:
        """Start the daemon, and wait for its address: a free one, or the file `socket`."""
        config = folder / "bus.conf"
        where = f"path={socket}" if socket is not None else "tmpdir=/tmp"
        config.write_text(CONFIG.replace("tmpdir=/tmp", where))
        command = ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork"]
        self._process = subprocess.Popen(  # noqa: S603  -- a fixed command
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def kill(self) -> None:
        """Kill the daemon. May be called twice."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def send(self, number: signal.Signals) -> None:
        """Send a Unix signal to the daemon, such as SIGSTOP."""
        self._process.send_signal(number)


def lasting(address: str) -> LastingBus:
    """Return a bus that connects to `address`, as the program's own buses do to theirs."""

    def connect() -> Bus | None:
        try:
            return Bus(address)
        except NoBus:
            return None

    return LastingBus("test", connect, lambda: address)


class Program:
    """Another program on the bus."""

    def __init__(self, command: list[str], address: str) -> None:
        """Start the program with `address` as its session bus and its system bus."""
        buses = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
        self._process = subprocess.Popen(command, env={**os.environ, **buses}, cwd=ROOT)  # noqa: S603

    def send(self, number: signal.Signals) -> None:
        """Send a Unix signal to the program, such as SIGSTOP."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill the program, even if it is stopped."""
        self._process.kill()
        self._process.wait()


class Wiretap:
    """A second connection, which knows the owners of names and the calls that the service got."""

    def __init__(self, address: str, qtbot: QtBot) -> None:
        """Connect, and wait until the subscription is active."""
        self._qtbot = qtbot
        self.bus = Bus(address)
        self.told: list[tuple[str, str, list[Any]]] = []
        self.bus.on_signal(Rule("", PATH, CONTROL), self._received)
        self.ask(Call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId"))

    def ask(self, call: Call, bus: Bus | None = None) -> Message | DBusError:
        """Send a call and wait for the answer, on this connection or another one."""
        answers: list[Message | DBusError] = []
        (bus or self.bus).call(call, answers.append, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def control(self, member: str, signature: str = "", *body: object) -> None:
        """Make the fake service do something."""
        answer = self.ask(Call(NAME, PATH, CONTROL, member, signature, body))
        assert isinstance(answer, Message), answer

    def calls(self, member: str) -> list[list[Any]]:
        """Return the arguments of each call that the service got."""
        return [body for name, _sender, body in self.told if name == member]

    def wait_for_calls(self, member: str, count: int) -> list[list[Any]]:
        """Wait until the service got `count` calls, and return their arguments."""
        self._qtbot.waitUntil(lambda: len(self.calls(member)) >= count)
        return self.calls(member)

    def wait_for_owner(self, name: str, *, present: bool = True) -> None:
        """Wait until a program owns the name, or none does."""
        owners: list[str] = []
        watch = self.bus.watch_name(name, owners.append)
        self._qtbot.waitUntil(lambda: bool(owners) and bool(owners[-1]) is present)
        watch.close()

    def owner(self, name: str) -> str:
        """Return the unique name of the program that owns the name."""
        answer = self.ask(
            Call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetNameOwner", "s", (name,))
        )
        assert isinstance(answer, Message), answer
        return str(answer.body[0])

    def wait_for_other_owner(self, name: str, before: str) -> None:
        """Wait until another program owns the name."""
        self._qtbot.waitUntil(lambda: self.owner(name) != before)

    def _received(self, signal: Message) -> None:
        member, sender, body = json.loads(signal.body[0])
        self.told.append((member, sender, body))


def notification_service(address: str, *abilities: str) -> Program:
    """Start a fake notification service."""
    return Program(
        [sys.executable, "-m", "tests.system.notifications.fake_notifyd", *abilities], address
    )


def has_mocks() -> bool:
    """Return whether dbusmock is installed."""
    probe = [SYSTEM_PYTHON, "-c", "import dbusmock"]
    return (
        Path(SYSTEM_PYTHON).exists()
        and subprocess.run(probe, check=False, capture_output=True).returncode == 0  # noqa: S603
    )


SYSTEM_TEMPLATES = ("logind", "timedated")
"""The services of dbusmock that belong to the computer's bus."""


def mock_service(bus: PrivateBus, tap: Wiretap, template: str, name: str) -> Program:
    """Start a service of dbusmock, and wait until it owns `name`."""
    which = ["--template", template, "--logfile", os.devnull]
    where = "--system" if template in SYSTEM_TEMPLATES else "--session"
    program = Program([SYSTEM_PYTHON, "-m", "dbusmock", where, *which], bus.address)
    tap.wait_for_owner(name)
    return program
