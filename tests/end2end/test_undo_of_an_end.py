"""Ten seconds in which the end of a pause can be taken back, wherever it was asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app.delivery import LEFT_OVER
from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.tray_menu import TrayMenu
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

PAST = timedelta(minutes=31, seconds=30)
"""From a call to just after its return."""
HERE, REST, UNDO = "We're both here", "Let it rest today", "Undo a slip"


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


def come_due(rig: Rig, clock: Clockwork) -> None:
    """Call a pause, and let its return come."""
    rig.start()
    rig.program.ask("pause")
    clock.sleep(PAST)
    rig.see("Time to come back")


def offered(rig: Rig) -> bool:
    """Tell whether a notification that offers Undo is on the screen."""
    shown = rig.notifications()
    return bool(shown) and "undo" in shown[-1].actions and not shown[-1].closed


ENDS: dict[str, Callable[[Rig], object]] = {
    "window": lambda rig: rig.press(REST),
    "tray": lambda rig: TrayMenu(rig).choose(REST),
    "notification": lambda rig: rig.press_notification(REST),
    "let-go": lambda rig: rig.program.ask("let-go"),
    "return": lambda rig: rig.program.ask("return"),
}


@pytest.mark.parametrize("end", ENDS)
def test_every_end_can_be_undone(rig: Rig, clock: Clockwork, end: str) -> None:
    """Where an end was asked for, Undo is offered, and in the tray's menu. It brings all back."""
    come_due(rig, clock)
    ENDS[end](rig)
    wait_for(lambda: rig.program.state() == "idle", "the pause ends")
    assert UNDO in TrayMenu(rig).lines()
    if end == "window":
        rig.see("The reminders have stopped.")
        rig.press("Undo", limit=5)
    else:
        wait_for(lambda: offered(rig), "a notification offers Undo")
        rig.press_notification("Undo")
    wait_for(lambda: rig.program.state() == "due", "the pause is back")
    rig.see("Time to come back")
    assert rig.program.history() == []
    assert UNDO not in TrayMenu(rig).lines()


def test_the_menu_undoes_an_end(rig: Rig, clock: Clockwork) -> None:
    """The line in the tray's menu brings the pause back, and the notification goes."""
    come_due(rig, clock)
    rig.program.ask("let-go")
    wait_for(lambda: offered(rig), "a notification offers Undo")
    TrayMenu(rig).choose(UNDO)
    wait_for(lambda: rig.program.state() == "due", "the pause is back")
    wait_for(lambda: not offered(rig), "Undo is not offered any more")


def test_the_offer_ends_after_ten_seconds(rig: Rig, clock: Clockwork) -> None:
    """After ten seconds, window, menu and notification offer Undo no more."""
    come_due(rig, clock)
    TrayMenu(rig).choose(REST)
    wait_for(lambda: offered(rig), "a notification offers Undo")
    rig.see("The reminders have stopped.")
    wait_for(lambda: not offered(rig), "the notification goes", 15)
    wait_for(lambda: not rig.sees("The reminders have stopped."), "the window's offer goes")
    assert UNDO not in TrayMenu(rig).lines()
    refused = rig.program.run("undo")
    assert refused.returncode == 1


def test_a_new_pause_ends_the_offer(rig: Rig, clock: Clockwork) -> None:
    """A new pause is undone by itself; the end before it stands."""
    come_due(rig, clock)
    rig.program.ask("let-go")
    wait_for(lambda: offered(rig), "a notification offers Undo")
    rig.program.ask("pause")
    wait_for(lambda: not offered(rig), "the notification goes")
    rig.program.ask("undo")
    assert rig.program.state() == "idle"
    assert len(rig.program.history()) == 1


def test_a_kill_after_an_end_keeps_the_end(rig: Rig) -> None:
    """After kill -9 in these ten seconds, the end stands, and nothing offers to undo it."""
    running = rig.start()
    rig.program.ask("pause", "--by", "Quillfeather")
    rig.program.ask("return")
    wait_for(lambda: offered(rig), "a notification offers Undo")
    wait_for((rig.program.home / LEFT_OVER).exists, "the program knows its notification")
    running.kill()
    assert b"Quillfeather" not in rig.program.bytes_kept()
    rig.start()
    assert rig.program.state() == "idle"
    assert [each["ending"] for each in rig.program.history()] == ["returned"]
    assert UNDO not in TrayMenu(rig).lines()
    wait_for(lambda: not offered(rig), "the notification of the killed program goes")
    assert rig.program.run("undo").returncode == 1


def test_a_kill_after_an_undo_keeps_the_pause(rig: Rig, clock: Clockwork) -> None:
    """After an undone end and kill -9, the pause stands, and its return is announced."""
    running = rig.start()
    rig.program.ask("pause", "--by", "Alex")
    before = rig.program.status()["pause"]
    rig.program.ask("return")
    rig.program.ask("undo")
    running.kill()
    clock.set(timedelta(minutes=45))
    rig.start()
    after = rig.program.status()["pause"]
    assert (after["id"], after["called_by"]) == (before["id"], "Alex")
    assert rig.program.history() == []
    wait_for(lambda: rig.notifications()[-1].title == "It is time", "the return is announced")
    rig.see(HERE)
