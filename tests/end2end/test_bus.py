"""A message bus that hangs, ends or comes back freezes nothing, and doctor says what is true."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.desktop import Parts
from tests.end2end.rig import GUARDED
from tests.end2end.waiting import patience, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.conftest import Rigs
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end
LONGEST_STATUS = 0.5
"""Seconds that a status may take under any fault, on an idle machine."""
LONGEST_DOCTOR = 1.0
CALL_TIMEOUT = 6.0
"""After this time calls over D-Bus have failed. What the bus is asked once must still be known."""


@contextmanager
def stopped(rig: Rig, name: str = "bus") -> Iterator[None]:
    """Stop a process of the desktop, and let it go on at the end."""
    process = rig.desktop.processes[name].pid
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def seconds(rig: Rig, *arguments: str) -> float:
    """Run a command, and return how long it took."""
    begun = time.monotonic()
    rig.program.run(*arguments)
    return time.monotonic() - begun


def answers_fast(rig: Rig) -> None:
    """Check that doctor comes in time, and each status before and after it."""
    for command, limit in (
        ("status", LONGEST_STATUS),
        ("doctor", LONGEST_DOCTOR),
        ("status", LONGEST_STATUS),
    ):
        took = seconds(rig, command)
        print(f"{command}: {took:.2f} s")
        assert took < patience(limit), command


def test_a_bus_that_hangs_freezes_nothing(rigs: Rigs) -> None:
    """While the bus is stopped, commands are answered at once, and a call shows its window."""
    rig = rigs(Parts(reader=False))
    rig.start()
    with stopped(rig):
        answers_fast(rig)
        assert "doesn't answer" in rig.program.capabilities()["tray"]["why"]
        assert seconds(rig, "pause") < patience(LONGEST_STATUS)
        rig.window(limit=2.0)
        answers_fast(rig)
    wait_for(lambda: rig.program.capabilities()["tray"]["available"], "doctor knows of the tray")


def test_an_app_starts_while_the_bus_hangs(rigs: Rigs) -> None:
    """An app that is started while the bus is stopped comes up, and shows the window of a pause."""
    rig = rigs(Parts(reader=False))
    with stopped(rig):
        begun = time.monotonic()
        rig.program.started()
        print(f"up after {time.monotonic() - begun:.2f} s")
        assert time.monotonic() - begun < patience(6)
        answers_fast(rig)
        assert seconds(rig, "pause") < patience(LONGEST_STATUS)
        rig.window(limit=2.0)
        answers_fast(rig)
        time.sleep(CALL_TIMEOUT)
    wait_for(
        lambda: rig.program.capabilities()["notifications"]["available"],
        "our own connection finds the bus again",
    )
    assert rig.program.capabilities()["tray"]["available"]  # XFCE's tray speaks XEmbed, too
    rig.program.ask("undo")
    rig.wait_for_icon()  # the program has started again, and now the bus has the icon


def test_a_bus_that_comes_back_is_whole_again(rigs: Rigs) -> None:
    """After the bus was killed and started again, icon and notifications are back by themselves.

    Meanwhile doctor does not claim them.
    """
    rig = rigs(Parts(reader=False))
    first = rig.start()
    rig.desktop.lose_bus()
    wait_for(
        lambda: not rig.program.capabilities()["tray"]["available"], "doctor knows of the loss"
    )
    answers_fast(rig)
    rig.desktop.bring_bus_back()
    rig.wait_for_icon()
    assert rig.program.processes() == [first.pid]
    told = wait_for(lambda: _both(rig), "doctor knows of the return")
    assert "lost" not in told
    rig.click_icon()
    rig.window()
    assert rig.program.state() == "paused"


def test_a_bus_that_comes_back_during_a_pause(rigs: Rigs) -> None:
    """A pause stands through the loss of the bus, and its return is announced on the new one."""
    rig = rigs(Parts(reader=False))
    first = rig.start()
    rig.program.ask("pause")
    rig.window()
    rig.desktop.lose_bus()
    answers_fast(rig)
    rig.desktop.bring_bus_back()
    wait_for(
        lambda: rig.program.capabilities()["notifications"]["available"], "they are shown again"
    )
    rig.desktop.wait_for_listener("PrepareForSleep")
    rig.desktop.wait_for_listener("ActiveChanged")
    assert first.runs
    assert rig.program.state() == "paused"


def test_a_minimised_page_outlives_the_return_of_the_bus(rigs: Rigs) -> None:
    """The page after a pause stays, minimised too, with its words. Closed, it makes way."""
    rig = rigs(Parts(reader=False))
    rig.start()
    rig.program.ask("pause")
    rig.program.ask("return")
    window = rig.window()
    wait_for(lambda: rig.screen.active() == window.number, "it has the keyboard")
    assert stays(lambda: rig.screen.active() == window.number, GUARDED)
    rig.screen.key("Tab")
    rig.screen.type("worried")
    rig.screen.minimise(window)
    rig.desktop.lose_bus()
    rig.desktop.bring_bus_back()
    wait_for(
        lambda: rig.program.capabilities()["notifications"]["available"], "they are shown again"
    )
    assert stays(lambda: window in rig.windows(), 2)  # a new start would take a second
    rig.screen.run("xdotool", "windowactivate", "--sync", window.number)
    rig.screen.key("ctrl+a")
    assert rig.screen.marked() == "worried"
    rig.screen.key("Escape")
    rig.wait_for_icon()
    assert wait_for(lambda: _both(rig), "doctor knows of the return")


def _both(rig: Rig) -> str:
    """Return what doctor says of tray and notifications, once both are available."""
    found = rig.program.capabilities()
    shown = [found[key] for key in ("tray", "notifications")]
    return " ".join(each["why"] for each in shown) if all(e["available"] for e in shown) else ""


@pytest.mark.parametrize("hung", ["at-spi-bus-launcher", "dbus-daemon"])
def test_an_accessibility_bus_that_hangs_keeps_no_app_from_its_start(rigs: Rigs, hung: str) -> None:
    """The program that starts the accessibility bus may hang, or that bus itself."""
    rig = rigs(Parts())
    rig.start()
    rig.program.ask("pause")
    rig.see("We come back")  # the accessibility bus runs now
    rig.program.ask("return")
    rig.program.ask("quit")
    wait_for(lambda: not rig.program.processes(), "SafePause ends")
    (process,) = (each for each in _children_named(rig, hung))
    os.kill(process, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        rig.program.started()
        print(f"up after {time.monotonic() - begun:.2f} s")
        assert time.monotonic() - begun < patience(6)
        answers_fast(rig)
        rig.program.ask("pause")
        rig.window(limit=2.0)
        answers_fast(rig)
    finally:
        os.kill(process, signal.SIGCONT)


def _children_named(rig: Rig, name: str) -> list[int]:
    """Return the processes of this desktop with a name, without the desktop's own bus."""
    own = rig.desktop.processes["bus"].pid
    here = f"XDG_RUNTIME_DIR={rig.desktop.folder}/run".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != own:
            with suppress(OSError):
                program = (entry / "cmdline").read_bytes().split(b"\0")[0]
                if program.endswith(name.encode()) and here in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
    return found
