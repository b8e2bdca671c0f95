"""The return's own notification, which stays on the screen, covers no button of the window."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.desktop import Parts
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.conftest import Rigs
    from tests.end2end.reader import Thing
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

PAST = timedelta(minutes=31, seconds=30)
SMALL = "1024x768"
MODE = ("65", "1024", "1048", "1184", "1344", "768", "771", "777", "806")
"""A mode of 1024 x 768, as xrandr takes it."""


@pytest.fixture
def own(rigs: Rigs) -> Rig:
    """Return a rig whose screen the test may change."""
    return rigs(Parts(panel=False))


@pytest.fixture
def clock(own: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(own) as made:
        yield made


def under(button: Thing, popup: tuple[int, int, int, int]) -> bool:
    """Tell whether a notification covers a part of a button."""
    left, top, width, height = popup
    return (
        button.left < left + width
        and left < button.left + button.width
        and button.top < top + height
        and top < button.top + button.height
    )


@pytest.mark.parametrize("size", ["usual", "small"])
def test_no_button_is_under_the_notification(own: Rig, clock: Clockwork, size: str) -> None:
    """At the return, and on the page of new times, every button can be seen and clicked."""
    if size == "small":
        own.screen.run("xrandr", "--newmode", SMALL, *MODE)
        own.screen.run("xrandr", "--addmode", "screen", SMALL)
        own.screen.run("xrandr", "--output", "screen", "--mode", SMALL, "--fb", SMALL)
    own.start()
    own.program.ask("pause")
    own.see("We come back")
    clock.sleep(PAST)
    for words, then in (("Time to come back", "Not ready yet"), ("When will you try", "Back")):
        own.see(words)
        shown = wait_for(lambda: own.screen.popups("xfce4-notifyd"), "the notification is shown")
        buttons = [each for each in own.reader.things("safepause") if "button" in each.kind]
        covered = [each.name for each in buttons for popup in shown if under(each, popup)]
        assert not covered, f"under {shown}"
        own.press(then)
