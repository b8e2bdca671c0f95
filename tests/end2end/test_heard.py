"""What the program tells a screen reader over AT-SPI, the protocol of Linux desktops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from tests.end2end.reader import Thing
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

USED = ("button", "check box", "combo box", "entry", "text", "spin button", "page tab")
"""The kinds of what a person uses."""
MARKS = set("\u200b\u2066\u2067\u2068\u2069")
"""What places a text on the screen, and is not read."""


def used(rig: Rig) -> list[Thing]:
    """Return all that a person can use in the windows of SafePause now."""
    return [each for each in rig.reader.things("safepause") if each.kind.endswith(USED)]


def test_all_that_is_used_has_a_name(rig: Rig) -> None:
    """In the home window and the settings, each thing has a name, without marks for the eye."""
    rig.start(hidden=False)
    rig.program.ask("settings", "set", "name1", "Alex")
    rig.program.ask("settings", "set", "name2", "Sam")
    rig.see("I need a pause - Sam")
    home = used(rig)
    assert {"Pause now", "I need a pause - Alex", "I need a pause - Sam"} <= _names(home)
    rig.press("Settings")
    rig.see("Search the settings")
    found = [*home, *used(rig)]
    assert all(each.name for each in found), found
    assert not MARKS & set("".join(each.name for each in found))


def test_tabs_are_reached_by_keyboard(rig: Rig) -> None:
    """The settings have five tabs. Tab reaches them after the search, arrows turn the pages."""
    rig.start(hidden=False)
    rig.press("Settings")
    rig.see("Search the settings")
    tabs = wait_for(
        lambda: [each.name for each in used(rig) if each.kind == "page tab"], "there are tabs"
    )
    assert tabs == ["You two", "Breathing", "Sound", "Look", "This computer"]
    rig.screen.key("Tab", "Right")
    rig.see("Start with easier breaths")


def test_a_pause_is_answered_by_keyboard(rig: Rig) -> None:
    """From the page of a call, Tab goes to its first act, and not to Hide."""
    rig.start()
    rig.program.ask("pause")
    rig.see("Breathe in", 20)
    rig.screen.key("Tab", "Tab", "space")
    rig.see("Rest a while")
    assert rig.windows()


def _names(things: list[Thing]) -> set[str]:
    return {each.name for each in things}
