"""The tray's menu as a panel reads it, in each state of a pause, and what its lines open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import clockwork
from tests.end2end.tray_menu import TrayMenu
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

PAST = timedelta(minutes=31, seconds=30)
"""From a call to just after its return."""
CALM = ["---", "Our agreement", "Settings", "More support", "---", "Quit"]


def test_the_menu_of_a_pause(rig: Rig) -> None:
    """In a pause the menu has its lines in their order, and the first of them opens the window."""
    with clockwork(rig) as clock:
        rig.start()
        rig.program.ask("pause")
        back = rig.clock_time(rig.program.status()["pause"]["return_at"])
        menu = TrayMenu(rig)
        undo, first, *others = menu.lines()
        assert undo == "Undo a slip"
        assert first.startswith(f"Back at {back} - ")
        assert others == [
            "Breathe",
            "We need more time",
            "We're both here\u2026",
            "Quick exit",
            *CALM,
        ]
        rig.press("Hide")
        rig.wait_hidden()
        menu.choose(menu.lines()[-11])
        rig.see(back)
        clock.sleep(PAST)
        rig.see("Time to come back")
        since, *answers = menu.lines()
        assert since.startswith("Time to come back, since")
        assert answers == [
            "We're both here\u2026",
            "Not ready yet",
            "Let it rest today",
            "Quick exit",
            *CALM,
        ]
        menu.choose("Not ready yet")
        rig.see("When will you try again?")


def test_an_early_return_is_asked_back(rig: Rig) -> None:
    """The line "We're both here…" asks in the window before it ends a pause early."""
    rig.start()
    rig.program.ask("pause")
    TrayMenu(rig).choose("We're both here\u2026")
    rig.see("Are you both here, and ready?")
    assert rig.program.state() == "paused"


def test_the_agreement_is_rehearsed(rig: Rig) -> None:
    """The agreement's rehearsal is a practice in its place. Nothing of it is kept."""
    rig.start()
    TrayMenu(rig).choose("Our agreement")
    rig.press("Rehearse it")
    rig.see("Practice: the clock runs fast.")
    assert not rig.sees("Read it aloud together")
    assert rig.program.state() == "idle"
    rig.press("Stop the practice")
    rig.see("Nothing of it was kept.")
    wait_for(lambda: "Practise" in TrayMenu(rig).lines(), "the practice is over")
    assert rig.program.history() == []
