"""A message bus may end, hang and start again while the program runs."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus import lasting_bus
from safepause.system.dbus.lasting_bus import LastingBus, session_bus

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus

ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")
ECHO = frozenset({"org.freedesktop.DBus"})


def test_a_bus_that_comes_late_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A session without a bus has none. A bus that starts later is found without a question."""
    from tests.system.dbus.desk import PrivateBus

    place = tmp_path / "run/user/bus"
    monkeypatch.setenv(ADDRESS, f"unix:path={place}")
    monkeypatch.setattr(lasting_bus, "TRIES_MS", (100,))  # no try is left when the bus comes
    session = session_bus()
    assert session() is None
    for folder in (place.parent.parent, place.parent):
        folder.mkdir()
        qtbot.waitUntil(partial(_watches, session, folder))
        qtbot.waitUntil(lambda: not session._timer.isActive())  # noqa: SLF001
    with qtbot.waitSignal(session.came, timeout=10_000):
        late = PrivateBus(tmp_path, place)
    assert session.is_open
    session.close()
    late.kill()


def _watches(session: LastingBus, folder: Path) -> bool:
    """Return whether the changes of a folder are followed."""
    watcher = session._folder  # noqa: SLF001
    return watcher is not None and str(folder) in watcher.directories()


def test_a_lost_bus_is_logged_and_found_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The loss is logged. Then the closed bus is returned, until there is a new one."""
    from tests.system.dbus.desk import PrivateBus

    place = tmp_path / "bus"
    before = PrivateBus(tmp_path, place)
    monkeypatch.setenv(ADDRESS, f"unix:path={place}")
    session = session_bus()
    with qtbot.waitSignal(session.came):
        first = session()
    assert first is not None
    assert session() is first
    with qtbot.waitSignal(session.lost):
        before.kill()
    assert "the session bus is gone" in caplog.text
    assert session() is first
    with qtbot.waitSignal(session.came, timeout=10_000):
        again = PrivateBus(tmp_path, place)
    second = session()
    assert second is not None
    assert second is not first
    assert second.is_open
    session.close()
    again.kill()
    assert not second.is_open


def test_a_bus_that_hangs_comes_when_it_goes_on(
    private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A stopped bus takes the connection and does not come, until it answers."""
    monkeypatch.setenv(ADDRESS, private_bus.address)
    private_bus.send(signal.SIGSTOP)
    session = session_bus()
    with qtbot.assertNotEmitted(session.came, wait=100):
        assert session() is not None
    assert not session.look(ECHO).answers
    with qtbot.waitSignal(session.came):
        private_bus.send(signal.SIGCONT)
    session.close()


def test_one_look_serves_for_a_moment(
    private_bus: PrivateBus, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A silent bus is waited for once. A look at other names is a new one, if the bus answers."""
    del qtbot
    monkeypatch.setenv(ADDRESS, private_bus.address)
    session = session_bus()
    assert session.look(frozenset({"org.example.Nobody"})).owned == frozenset()
    assert session.look(ECHO).awake == ECHO
    private_bus.send(signal.SIGSTOP)
    assert session.look(ECHO).awake == ECHO
    session._looked.invalidate()  # noqa: SLF001  -- the last look is old
    assert not session.look(ECHO).answers
    private_bus.send(signal.SIGCONT)
    assert not session.look(frozenset({"org.example.Other"})).answers
    session.close()


def test_a_bus_that_hangs_up_is_tried_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A listener that ends each connection at once is left alone after some tries."""
    monkeypatch.setattr(lasting_bus, "TRIES_MS", (1, 2, 3))
    monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path}/bus")
    taken: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        listener.settimeout(0)
        session = session_bus()

        def hang_up() -> bool:
            with suppress(BlockingIOError):
                taken.append(listener.accept()[0])
                taken[-1].close()
            return len(taken) >= 3 and not session.is_open

        assert session() is not None
        qtbot.waitUntil(hang_up)
        assert not session._timer.isActive()  # noqa: SLF001
        assert session() is not None  # a use makes no other try
        assert not session.is_open
        session.close()
