"""A message bus of the tests' own, and somebody who listens in on it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from safepause.system.dbus.connection import Bus
    from tests.system.dbus.desk import PrivateBus, Program, Wiretap


@pytest.fixture
def private_bus(tmp_path: Path) -> Iterator[PrivateBus]:
    """Run a dbus-daemon."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    from tests.system.dbus.desk import PrivateBus

    daemon = PrivateBus(tmp_path)
    yield daemon
    daemon.kill()


@pytest.fixture
def tap(private_bus: PrivateBus, qtbot: QtBot) -> Iterator[Wiretap]:
    """Listen in on the private bus."""
    from tests.system.dbus.desk import Wiretap

    listener = Wiretap(private_bus.address, qtbot)
    yield listener
    listener.bus.close()


@pytest.fixture
def bus(private_bus: PrivateBus, qtbot: QtBot) -> Iterator[Bus]:  # noqa: ARG001  -- the loop
    """Connect to the private bus as SafePause does."""
    from safepause.system.dbus.connection import Bus

    connection = Bus(private_bus.address)
    yield connection
    connection.close()


@pytest.fixture
def logind(
    private_bus: PrivateBus, tap: Wiretap, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """Run dbusmock's logind on a system bus of our own."""
    from tests.system.dbus.desk import has_mocks, mock_service

    if not has_mocks():
        pytest.skip("no dbusmock for the system's Python: apt install python3-dbusmock")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    program = mock_service(private_bus, tap, "logind", "org.freedesktop.login1")
    yield program
    program.kill()
