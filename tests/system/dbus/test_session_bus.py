"""The session bus, which may end and start again while the program runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.session_bus import SessionBus

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus

ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


def test_a_session_without_a_bus_is_tried_once(
    private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there is no bus at the first use, there is none later."""
    session = SessionBus()
    assert session() is None
    monkeypatch.setenv(ADDRESS, private_bus.address)
    assert session() is None
    session.close()


def test_a_lost_bus_is_logged_and_replaced(
    private_bus: PrivateBus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The loss of a bus is logged. Then the closed bus is returned, until there is a new one."""
    from tests.system.dbus.desk import PrivateBus

    monkeypatch.setenv(ADDRESS, private_bus.address)
    session = SessionBus()
    first = session()
    assert first is not None
    assert session() is first
    with qtbot.waitSignal(first.closed):
        private_bus.kill()
    assert "the session bus is gone" in caplog.text
    assert session() is first
    (tmp_path / "next").mkdir()
    again = PrivateBus(tmp_path / "next")
    monkeypatch.setenv(ADDRESS, again.address)
    second = session()
    assert second is not first
    assert second is not None
    assert second.is_open
    session.close()
    again.kill()
    assert not second.is_open
