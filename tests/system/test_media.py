"""Players are paused over a real bus: only those that play, and none is started."""

from __future__ import annotations

import sys
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from safepause.app.media_controller import MediaController
from safepause.core.origin import Origin
from safepause.core.service import PauseService
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


class Player:
    """A media player on the bus that notes what it is asked."""

    def __init__(self, address: str, name: str, status: str) -> None:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        self.status, self.asked, self.flags = status, [], []  # type: ignore[var-annotated]
        self._link = open_dbus_connection(bus=address)
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        call = new_method_call(bus, "RequestName", "su", (f"org.mpris.MediaPlayer2.{name}", 4))
        self._link.send_and_get_reply(call)
        self._over = Event()
        self._thread = Thread(target=self._answer)
        self._thread.start()

    def close(self) -> None:
        """Leave the bus."""
        self._over.set()
        self._thread.join()
        self._link.close()

    def _answer(self) -> None:
        while not self._over.is_set():
            try:
                self._reply(self._link.receive(timeout=0.1))
            except TimeoutError:
                continue

    def _reply(self, message: Any) -> None:  # noqa: ANN401  -- jeepney has no types
        from jeepney import HeaderFields, MessageType, new_method_return

        if message.header.message_type is not MessageType.method_call:
            return
        member = message.header.fields[HeaderFields.member]
        self.asked.append(member)
        self.flags.append(int(message.header.flags))
        answer = ("v", (("s", self.status),)) if member == "Get" else (None, ())
        self._link.send(new_method_return(message, *answer))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[PrivateBus]:
    """Run a bus for one test."""
    from tests.system.dbus.desk import PrivateBus

    made = PrivateBus(tmp_path)
    yield made
    made.kill()


def test_a_pause_pauses_what_plays(bus: PrivateBus, qtbot: QtBot) -> None:
    """If the two want it, what plays is paused, and nothing else. No call may start a program."""
    from tests.system.dbus.desk import lasting

    session = lasting(bus.address)
    service = PauseService(FakeClock(), MemoryStore())
    controller, couple = MediaController(service, session), Couple(service, Origin.WINDOW)
    plays, rests = Player(bus.address, "one", "Playing"), Player(bus.address, "two", "Paused")
    try:
        couple.call()
        couple.undo()
        assert session() is not None
        with qtbot.waitSignal(session.came):
            pass
        assert not plays.asked
        service.set("pause_media", value=True)
        couple.call()
        qtbot.waitUntil(lambda: plays.asked == ["Get", "Pause"] and rests.asked == ["Get"])
        assert controller.capabilities()[0].available
        no_auto_start = 2
        assert all(flags & no_auto_start for flags in plays.flags + rests.flags)
        couple.come_back()
        couple.call()
        qtbot.waitUntil(lambda: len(rests.asked) == 2)
        assert "Play" not in plays.asked
    finally:
        plays.close()
        rests.close()
        session.close()
