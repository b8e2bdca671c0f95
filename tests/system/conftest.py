"""Fixtures for all tests of safepause.system: a message bus, and an X server, of their own."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.system.xserver import XServer, missing

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
    """Connect a second program to the private bus."""
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
    """Run dbusmock's logind on the private bus, as the system bus."""
    from tests.system.dbus.desk import has_mocks, mock_service

    if not has_mocks():
        pytest.skip("no dbusmock for the system's Python: apt install python3-dbusmock")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", private_bus.address)
    program = mock_service(private_bus, tap, "logind", "org.freedesktop.login1")
    yield program
    program.kill()


@pytest.fixture(scope="session")
def _shared_server() -> Iterator[XServer]:
    if sys.platform != "linux" or missing():
        reason = f"not here: {missing()}" if sys.platform == "linux" else "X11 is for Linux"
        pytest.skip(reason)
    server = XServer()
    yield server
    server.kill()


@pytest.fixture
def server(_shared_server: XServer, monkeypatch: pytest.MonkeyPatch) -> XServer:
    """Return an X server with a US keyboard, which is the display of this process."""
    monkeypatch.setenv("DISPLAY", _shared_server.display)
    _shared_server.layout("us", "-option", "")
    return _shared_server
