"""Players are paused over a real bus: only those that play, and none is started."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from safepause.app.media_controller import MediaController
from safepause.core.origin import Origin
from safepause.core.service import PauseService
from tests.couple import Couple
from tests.fakes import FakeClock, MemoryStore
from tests.system.player import Manner, Player

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.system.dbus.desk import PrivateBus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")


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
    with (
        Player(bus.address, "one", "Playing") as plays,
        Player(bus.address, "two", "Paused") as rests,
    ):
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
        assert not any(plays.may_start + rests.may_start)
        couple.come_back()
        plays.status = "Playing"  # a person has started it again
        couple.call()
        qtbot.waitUntil(lambda: plays.asked == 2 * ["Get", "Pause"])
    session.close()


@pytest.mark.parametrize("manner", [Manner.ERROR, Manner.ODD, Manner.NEVER])
def test_a_player_that_answers_oddly_holds_up_no_other(
    bus: PrivateBus, qtbot: QtBot, manner: Manner
) -> None:
    """One that hangs, or whose answer is no status, is left alone, and the others are paused."""
    from safepause.system.media import pause_media
    from tests.system.dbus.desk import lasting

    session = lasting(bus.address)
    opened = session()
    assert opened is not None
    with qtbot.waitSignal(session.came):
        pass
    with (
        Player(bus.address, "aaa", "Playing", manner) as odd,
        Player(bus.address, "zzz", "Playing") as plays,
    ):
        pause_media(opened)
        qtbot.waitUntil(lambda: plays.status == "Paused" and odd.asked == ["Get"])
    session.close()
