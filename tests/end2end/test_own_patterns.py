"""A person adds a breathing pattern in the settings, tries it, chooses it, and keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end2end.waiting import repeat, wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

TOP, BOTTOM = "Search the settings", "Changes are kept at once."
"""What stands above and below the scrolling column."""


def open_breathing(rig: Rig) -> None:
    """Open the page of the breathing in the settings, from the home window."""
    rig.press("Settings")
    rig.see(TOP)
    repeat(
        lambda: rig.screen.click(*rig.see("Breathing").middle),
        lambda: rig.sees("How you breathe"),
        "the page of the breathing is open",
    )


def scroll_down(rig: Rig) -> None:
    """Turn the wheel at the edge of the column until its end is in sight."""
    below = rig.see(BOTTOM)
    at = (str(rig.see(TOP).left - 10), str(below.top - 120))
    rig.screen.run("xdotool", "mousemove", *at, "click", "--repeat", "60", "--delay", "10", "5")
    wait_for(lambda: rig.see("Keep these ideas").middle[1] < below.top, "the end is in sight")


def test_a_pattern_is_added_tried_and_kept(rig: Rig) -> None:
    """A pattern is typed, tried without a pause, and chosen. After a new start it still is."""
    rig.start()
    rig.program.ask("show")
    open_breathing(rig)
    scroll_down(rig)
    rig.press("Add a pattern")
    rig.see("Keep this pattern")
    rig.screen.type("Evening")
    rig.press("Keep this pattern")
    wait_for(
        lambda: rig.program.ask("settings", "get", "patterns") == "Evening: 4/0/6/0\n",
        "the pattern is kept",
    )
    rig.screen.click(*rig.reader.wait("Evening", "safepause", kind="radio").middle)
    wait_for(
        lambda: rig.program.ask("settings", "get", "technique") == "own:Evening\n",
        "the pattern is chosen",
    )
    rig.press("Try Evening")
    rig.see("Just rest")
    rig.see("Breathe")
    assert rig.program.state() == "idle"
    rig.program.anew()
    assert rig.program.ask("settings", "get", "patterns") == "Evening: 4/0/6/0\n"
    assert rig.program.ask("settings", "get", "technique") == "own:Evening\n"
    rig.program.ask("show")
    open_breathing(rig)
    scroll_down(rig)
    rig.press("Delete Evening")
    rig.see("You breathe like this now: Soft long exhale.")
    assert rig.program.ask("settings", "get", "technique") == "soft\n"


def test_bounds_are_refused_on_the_command_line(rig: Rig) -> None:
    """A pattern out of bounds is refused by the running program, and the others stay."""
    rig.start()
    rig.program.ask("settings", "set", "patterns", "Evening: 4/0/6/0")
    refused = rig.program.run("settings", "set", "patterns", "Evening: 4/0/6/0 | Fast: 1/0/1/0")
    assert refused.returncode != 0
    assert refused.stderr.strip()
    assert rig.program.ask("settings", "get", "patterns") == "Evening: 4/0/6/0\n"
