"""The first start on a real desktop: the first page, a practice, and a real call that wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end
MARK = "Practice: the clock runs fast. Nothing is kept."


def test_a_couple_practises_and_a_real_call_wins(rig: Rig) -> None:
    """The first start shows the page. A practice is no pause, and a real call takes its place."""
    rig.program.welcomed = False
    rig.start(hidden=False)
    rig.see("A pause button for two")
    rig.press("Try it together, 1 minute")
    rig.see(MARK)
    assert rig.program.state() == "idle"
    assert rig.program.history() == []
    rig.program.ask("pause")
    wait_for(lambda: not rig.sees(MARK), "the practice is gone")
    assert rig.program.state() == "paused"
    assert len(rig.windows()) == 1


def test_a_start_at_a_login_shows_no_page(rig: Rig) -> None:
    """The autostart shows nothing. Whoever opens SafePause then sees the page, and later home."""
    rig.program.welcomed = False
    rig.start()
    assert not rig.windows()
    rig.program.ask()
    rig.see("A pause button for two")
    rig.press("Not now")
    rig.wait_hidden()
    rig.program.ask()
    rig.see("Need a pause?")
