"""What is playing pauses when a pause begins, if the two want it: players on a real message bus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.system.dbus.connection import TIMEOUT
from tests.end2end.waiting import stays, wait_for
from tests.system.player import Manner, Player

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end


def want(rig: Rig) -> None:
    """Have the program pause what plays."""
    rig.program.ask("settings", "set", "pause_media", "true")


def test_a_pause_pauses_what_plays_and_starts_nothing(rig: Rig) -> None:
    """Each player that plays is paused, and no other. After the pause they stay paused."""
    address = rig.desktop.address
    rig.start()
    want(rig)
    with (
        Player(address, "music", "Playing") as music,
        Player(address, "film.instance7", "Playing") as film,
        Player(address, "paused", "Paused") as paused,
        Player(address, "stopped", "Stopped") as stopped,
    ):
        rig.click_icon()
        rig.window()
        wait_for(lambda: music.asked == film.asked == ["Get", "Pause"], "what plays is paused")
        rig.program.ask("return")
        rig.see("Say hello first")
        assert stays(lambda: (music.status, film.status) == ("Paused", "Paused"), 1)
        assert music.asked == film.asked == ["Get", "Pause"]
        assert paused.asked == stopped.asked == ["Get"]


def test_without_the_wish_no_player_is_asked(rig: Rig) -> None:
    """Until the two want it, the program does not even ask what plays."""
    rig.start()
    with Player(rig.desktop.address, "music", "Playing") as music:
        rig.program.ask("pause")
        rig.see("We come back")
        assert stays(lambda: not music.asked, 1)


def test_players_that_hang_hold_up_no_pause(rig: Rig) -> None:
    """Beside players that hang or answer with an error, a call shows its window at once.

    A call that waited for their answers would show it after the timeout of the bus.
    """
    address = rig.desktop.address
    rig.start()
    want(rig)
    with (
        Player(address, "hangs", "Playing", Manner.NEVER) as hangs,
        Player(address, "refuses", "Playing", Manner.ERROR) as refuses,
        Player(address, "works", "Playing") as works,
    ):
        rig.program.ask("pause")
        rig.window(limit=TIMEOUT / 2)
        wait_for(lambda: works.status == "Paused", "the other one is paused")
        assert len(hangs.asked) == len(refuses.asked) == 1
        assert rig.program.state() == "paused"
    assert "Traceback" not in rig.program.said
