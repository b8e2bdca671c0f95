"""The return: at the promised time, late, after a sleep, after a crash."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

DUE = "We're both here"
PAST = timedelta(minutes=31, seconds=30)
"""From a call to just after its return: half an hour, and what was begun of the minute."""
SOON = 2.0
"""Seconds within which a return that has come due is announced."""


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


def test_notification_brings_them_back(rig: Rig, clock: Clockwork) -> None:
    """After a sleep past the return, a notification comes within 2 s. Its button ends the pause."""
    rig.start()
    rig.program.ask("pause", "--by", "Quillfeather")
    rig.see("We come back")
    clock.sleep(PAST)
    shown = rig.notification(limit=SOON)
    assert rig.program.state() == "due"
    assert "Quillfeather" not in shown.title + shown.body
    rig.press_notification("We're both here")
    wait_for(lambda: rig.program.state() == "idle", "they are back")
    wait_for(lambda: rig.notifications()[0].chosen == ["here"], "the bus has seen the button")
    wait_for(lambda: "undo" in rig.notifications()[-1].actions, "Undo is offered")
    (outcome,) = rig.program.history()
    assert outcome["ending"] == "returned"


def test_return_is_announced_once(rig: Rig, clock: Clockwork) -> None:
    """If the same sleep is reported several times, the return is announced once."""
    rig.start()
    rig.program.ask("pause")
    clock.sleep(PAST)
    rig.notification(limit=SOON)
    clock.sleep(timedelta(0))
    clock.sleep(timedelta(seconds=1))
    assert stays(lambda: len(rig.notifications()) == 1, 1.5)


def test_window_comes_with_the_notification(rig: Rig, clock: Clockwork) -> None:
    """At the return a shown or hidden window comes to the front. Its button ends the pause."""
    rig.start()
    rig.program.ask("pause")
    rig.press("Hide")
    rig.wait_hidden()
    clock.sleep(PAST)
    window = rig.window(limit=SOON)
    assert rig.on_top(window)
    rig.press(DUE)
    wait_for(lambda: rig.program.state() == "idle", "they are back")
    assert rig.program.history()[0]["ending"] == "returned"
    rig.see("Say hello first")


def test_return_takes_no_keys_from_the_one_who_writes(rig: Rig, clock: Clockwork) -> None:
    """The window of the return is in front, but the keyboard stays with the other program."""
    rig.start()
    rig.program.ask("pause")
    rig.press("Hide")
    rig.wait_hidden()
    with rig.other_window() as other:
        clock.sleep(PAST)
        window = rig.window(limit=SOON)
        wait_for(lambda: rig.on_top(window), "the window lies on top", 2)
        rig.screen.key("Return", "space", "a")
        wait_for(lambda: "keysym 0x61, a" in other.log.read_text(), "the other has the keys")
    assert rig.program.state() == "due"


def test_short_sleep_announces_nothing(rig: Rig, clock: Clockwork) -> None:
    """A sleep that ends before the return changes nothing and announces nothing."""
    rig.start()
    rig.program.ask("pause")
    before = rig.program.status()["pause"]
    clock.sleep(timedelta(minutes=10))
    after = rig.program.status()["pause"]
    assert after["return_at"] == before["return_at"]
    assert before["seconds_left"] - after["seconds_left"] >= 10 * 60
    assert stays(lambda: not rig.notifications(), 1)


def test_heads_up_comes_first_and_is_discreet(rig: Rig, clock: Clockwork) -> None:
    """After a sleep into the last two minutes, a notification comes, and no window."""
    rig.start()
    rig.program.ask("pause")
    rig.press("Hide")
    rig.wait_hidden()
    left = timedelta(seconds=rig.program.status()["pause"]["seconds_left"])
    clock.sleep(left - timedelta(minutes=1))
    rig.notification(limit=SOON)
    assert rig.program.state() == "paused"
    assert stays(lambda: not rig.windows(), 1)


def test_kill_and_restart_shows_the_same_pause(rig: Rig) -> None:
    """After kill -9 the next start has the same pause, caller and return time."""
    running = rig.start()
    rig.program.ask("pause", "--by", "Alex", "--minutes", "45")
    before = rig.program.status()["pause"]
    running.kill()
    told = rig.program.status()
    assert not told["running"]
    assert told["pause"]["id"] == before["id"]
    rig.start()
    after = rig.program.status()["pause"]
    assert {**after, "seconds_left": 0} == {**before, "seconds_left": 0}
    rig.click_icon()
    rig.see(rig.clock_time(before["return_at"]))


def test_return_that_came_due_while_off_is_announced_once(rig: Rig, clock: Clockwork) -> None:
    """A return that passed while the program was off is announced once, at the next start."""
    running = rig.start()
    rig.program.ask("pause")
    running.kill()
    clock.set(timedelta(minutes=45))  # well between two reminders
    rig.start()
    rig.notification()
    rig.see(DUE)
    assert rig.program.state() == "due"
    assert stays(lambda: len(rig.notifications()) == 1, 2)


def test_more_time_names_a_new_return(rig: Rig, clock: Clockwork) -> None:
    """`extend` of a due pause sets a new time, changes the window, and is limited."""
    rig.start()
    rig.program.ask("pause")
    clock.sleep(PAST)
    rig.see(DUE)
    rig.program.ask("extend", "--minutes", "20")
    pause = rig.program.status()["pause"]
    assert rig.program.state() == "paused"
    assert (pause["extensions"], pause["extensions_left"]) == (1, 1)
    rig.program.ask("extend", "--minutes", "20")
    refused = rig.program.run("extend", "--minutes", "20")
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1


def test_stop_reminders_lets_it_rest(rig: Rig, clock: Clockwork) -> None:
    """The button "Let it rest today" lets the pause go, and nothing more is announced."""
    rig.start()
    rig.program.ask("pause")
    clock.sleep(PAST)
    rig.see(DUE)
    rig.notification()
    rig.press("Let it rest today")
    wait_for(lambda: rig.program.state() == "idle", "it rests")
    assert rig.program.history()[0]["ending"] == "let_go"
    wait_for(lambda: rig.notifications()[-1].closed, "the notification is taken away")
