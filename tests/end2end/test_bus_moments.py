"""The message bus stops, ends, or comes back at bad moments. No pause and no return is lost."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import clockwork
from tests.end2end.desktop import Parts
from tests.end2end.program import Program
from tests.end2end.test_bus import LONGEST_STATUS, seconds, stopped
from tests.end2end.waiting import patience, stays, wait_for

if TYPE_CHECKING:
    from tests.end2end.conftest import Rigs
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end
LONGEST_QUIT = 2.0


def fast(rig: Rig, *command: str) -> None:
    """Run a command, which must be answered at once."""
    took = seconds(rig, *command)
    print(f"{' '.join(command)}: {took:.2f} s")
    assert took < patience(LONGEST_STATUS), command


def test_a_bus_that_stops_in_the_middle_of_everything(rigs: Rigs) -> None:
    """Call, change, return, restart page, windows and quit work while the bus is stopped."""
    rig = rigs(Parts(reader=False))
    rig.start()
    with stopped(rig):
        fast(rig, "show")
        rig.window(limit=2.0)
        fast(rig, "status")
        rig.screen.key("Escape")
        rig.wait_hidden()
        fast(rig, "pause")
        rig.window(limit=2.0)
        for command in (["extend"], ["status"], ["show"], ["return"], ["status"]):
            fast(rig, *command)
        rig.window(limit=2.0)
        rig.screen.type("words of the restart")
        rig.screen.key("Tab")
        rig.screen.key("Return")
        fast(rig, "status")
        begun = time.monotonic()
        fast(rig, "quit")
        wait_for(lambda: not rig.program.processes(), "the program ends")
        took = time.monotonic() - begun
        print(f"ended after {took:.2f} s")
        assert took < patience(LONGEST_QUIT)
    assert [each["ending"] for each in rig.program.history()] == ["returned"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("Settings", "Your pauses"),
        ("Our agreement", "on a calm day"),
        ("Our pauses", "Forget everything"),
        ("More support", "In danger now?"),
    ],
)
def test_a_bus_that_stops_while_a_window_opens(rigs: Rigs, entry: str, words: str) -> None:
    """Each window opens while the bus is stopped, and commands are answered."""
    rig = rigs(Parts())
    rig.start(hidden=False)
    rig.see(entry)
    with stopped(rig):
        rig.press(entry)
        for _try in range(5):
            fast(rig, "status")
        rig.see(words)
        fast(rig, "status")


def test_a_bus_that_comes_back_twice(rigs: Rigs) -> None:
    """The bus is killed and started again, twice, first at rest and then in a pause."""
    rig = rigs(Parts(reader=False))
    rig.start()
    for _time in range(2):
        rig.desktop.lose_bus()
        fast(rig, "status")
        rig.desktop.bring_bus_back()
        rig.wait_for_icon()
    rig.click_icon()
    rig.window()
    for _time in range(2):
        rig.desktop.lose_bus()
        fast(rig, "status")
        rig.desktop.bring_bus_back()
        wait_for(
            lambda: rig.program.capabilities()["notifications"]["available"], "they are shown again"
        )
    assert rig.program.state() == "paused"
    rig.program.ask("return")


@pytest.mark.parametrize("what", ["bus", "daemon"])
def test_the_return_is_announced_again(rigs: Rigs, what: str) -> None:
    """Its notification goes with the bus or the daemon, and comes back with it, with its button.

    The screen reader goes with the bus, and with it the way to the button. A new bus counts serials
    and senders again from 1, so they may be those of the first notification.
    """
    rig = rigs(Parts(reader=what == "daemon"))
    with clockwork(rig) as clock:
        rig.start()
        rig.program.ask("pause")
        rig.window()
        clock.sleep(timedelta(minutes=31))
        before = rig.notification()
        if what == "bus":
            rig.desktop.lose_bus()
            fast(rig, "status")
            rig.desktop.bring_bus_back()
        else:
            rig.desktop.processes["notifyd"].kill()
            fast(rig, "status")
            rig.desktop.start_notifications()
        again = wait_for(
            lambda: [each for each in rig.notifications() if each is not before],
            "the return is announced again",
            30,
        )
        assert [(each.title, each.actions) for each in again] == [(before.title, before.actions)]
        assert rig.program.state() == "due"
        if what == "daemon":
            rig.press_notification("We're both here")
            wait_for(lambda: rig.program.state() == "idle", "the button ends the pause")


def test_a_bus_that_is_lost_between_two_looks(rigs: Rigs) -> None:
    """The bus is killed again right after it came back."""
    rig = rigs(Parts(reader=False))
    rig.start()
    rig.desktop.lose_bus()
    for _time in range(4):
        process = rig.desktop._start("bus", rig.desktop._bus_command())  # noqa: SLF001
        wait_for((rig.desktop.folder / "bus").exists, "the bus makes its socket")
        time.sleep(0.05 * _time)
        process.kill()
        fast(rig, "status")
    rig.desktop.bring_bus_back()
    rig.wait_for_icon()
    assert len(rig.program.processes()) == 1
    rig.click_icon()
    rig.window()
    assert rig.program.state() == "paused"


def test_a_bus_that_comes_back_after_python_is_gone(rigs: Rigs) -> None:
    """Python was replaced under the app, as with the system's. The app stays, and doctor says so.

    It would have to start again for its icon on the new bus.
    """
    rig = rigs(Parts(reader=False))
    python = rig.desktop.folder / "python"
    python.symlink_to(Path(sys.executable).resolve())
    rig.program.env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    outside = Program(rig.program.env, rig.program.home, rig.program.log)
    rig.program.run_by(python)
    first = rig.start()
    python.unlink()
    rig.desktop.lose_bus()
    known = "doctor knows of the loss"
    wait_for(lambda: not outside.capabilities()["tray"]["available"], known)
    rig.desktop.bring_bus_back()
    shown = "notifications are shown again"
    wait_for(lambda: outside.capabilities()["notifications"]["available"], shown)
    assert stays(lambda: first.runs, 2)  # a new start would take a second
    told = outside.capabilities()["program"]
    assert (told["available"], told["why"]) == (False, "A part of SafePause is missing.")
    outside.ask("pause")
    rig.window()
