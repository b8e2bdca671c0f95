"""The quick exit on a desktop with a notification daemon: everything is gone, nothing opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.tray_menu import TrayMenu
from tests.end2end.waiting import repeat, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

PAST = timedelta(minutes=31, seconds=30)
"""From a call to just after its return."""


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


WAYS: dict[str, Callable[[Rig], object]] = {
    "button": lambda rig: rig.press("Quick exit"),
    "menu": lambda rig: TrayMenu(rig).choose("Quick exit"),
}


@pytest.mark.parametrize("way", WAYS)
def test_all_of_a_return_goes_at_once(rig: Rig, clock: Clockwork, way: str) -> None:
    """The windows and the notification of a return are gone, and nothing comes. It stays due."""
    rig.start()
    rig.program.ask("pause")
    clock.sleep(PAST)
    rig.see("Time to come back")
    wait_for(lambda: not rig.notification().closed, "the notification is shown")
    WAYS[way](rig)
    rig.wait_hidden()
    wait_for(lambda: rig.notifications()[-1].closed, "the notification is taken away")
    said = len(rig.notifications())
    assert stays(lambda: not rig.windows() and len(rig.notifications()) == said, 1.5)
    assert rig.program.state() == "due"


def test_shift_three_times_hides_a_pause(rig: Rig) -> None:
    """Shift, pressed three times, hides the pause window and every other one."""
    rig.start()
    rig.program.ask("show")
    rig.see("Need a pause?")
    rig.program.ask("pause")
    rig.see("Back at")
    repeat(
        lambda: rig.screen.key("Shift_L", "Shift_L", "Shift_L"),
        lambda: not rig.windows(),
        "every window is hidden",
    )
    assert rig.program.state() == "paused"
    rig.click_icon()
    rig.see("Back at")
