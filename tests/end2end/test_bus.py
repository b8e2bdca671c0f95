"""A message bus that hangs, ends or comes back freezes nothing, and doctor says what is true."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.desktop import Parts
from tests.end2end.waiting import patience, repeat, stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.conftest import Rigs
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end
LONGEST_STATUS = 0.5
"""Seconds that a status may take under any fault, on an idle machine."""
LONGEST_DOCTOR = 1.0
LOOK_COUNTS = 0.6
"""Seconds after which the app looks at the bus anew."""
CALL_TIMEOUT = 6.0
"""After this time calls over D-Bus have failed. What the bus is asked once must still be known."""

UNDO = 11
"""Longer than the end of a pause can be undone, in seconds: the offer moves the buttons."""


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


def answers_for_itself(rig: Rig) -> None:
    """Check that the app itself answers doctor, and says that the desktop is silent."""
    time.sleep(LOOK_COUNTS)
    said = rig.program.run("doctor", "--json")
    told = {each["key"]: each for each in json.loads(said.stdout)["capabilities"]}
    assert said.stderr == ""
    assert [each for each in told.values() if not each["known"]] == []
    assert told["tray"]["why"].startswith("The desktop doesn't answer.")
    assert told["notifications"]["why"] == "The desktop doesn't answer."


def test_a_bus_that_hangs_freezes_nothing(rigs: Rigs) -> None:
    """While the bus is stopped, commands are answered at once, and a call shows its window."""
    rig = rigs(Parts(reader=False))
    rig.start()
    with stopped(rig):
        answers_for_itself(rig)
        answers_fast(rig)
        assert seconds(rig, "pause") < patience(LONGEST_STATUS)
        rig.window(limit=2.0)
        answers_fast(rig)
        answers_for_itself(rig)
    wait_for(lambda: rig.program.capabilities()["tray"]["available"], "doctor knows of the tray")


@pytest.mark.parametrize(("name", "key"), [("notifyd", "notifications"), ("panel", "tray")])
def test_a_part_of_the_desktop_that_hangs_is_told(rigs: Rigs, name: str, key: str) -> None:
    """While the notification daemon or the panel is stopped, doctor comes in time.

    A stopped daemon counts as silent. Icons of a stopped panel are still there.
    """
    rig = rigs(Parts(reader=False))
    rig.start()
    with stopped(rig, name):
        time.sleep(LOOK_COUNTS)
        answers_fast(rig)
        told = rig.program.capabilities()
        assert told[key]["known"]
        assert told["notifications"]["available"] is (name != "notifyd")
        answers_fast(rig)
    time.sleep(LOOK_COUNTS)
    assert rig.program.capabilities()[key]["available"]


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
    tray = rig.program.capabilities()["tray"]
    assert "no message bus" in tray["why"]
    assert "log in again" in tray["advice"]
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


def marked(rig: Rig, place: tuple[int, int]) -> str:
    """Mark the word at a place, and return it."""
    rig.screen.mark(*place)
    return rig.screen.marked()


def test_a_minimised_page_outlives_the_return_of_the_bus(rigs: Rigs) -> None:
    """The page after a pause stays, minimised too, with its words. Closed, it makes way."""
    rig = rigs(Parts(reader=False))
    rig.start()
    rig.program.ask("pause")
    rig.program.ask("return")
    window = rig.window()
    wait_for(lambda: rig.screen.active() == window.number, "it has the keyboard")
    assert stays(lambda: rig.screen.active() == window.number, UNDO)
    left, top, _width, _height = rig.screen.place(window)
    rig.screen.click(left + 666, top + 505)  # Next
    assert stays(lambda: rig.screen.active() == window.number, 0.5)  # no double click
    rig.screen.click(left + 132, top + 153)  # We know who starts
    field = (left + 300, top + 132)
    rig.screen.click_and_type(*field, *"upset")
    wait_for(lambda: marked(rig, field) == "upset", "the word is written")
    rig.screen.minimise(window)
    rig.desktop.lose_bus()
    rig.desktop.bring_bus_back()
    wait_for(
        lambda: rig.program.capabilities()["notifications"]["available"], "they are shown again"
    )
    assert stays(lambda: window in rig.windows(), 2)  # a new start would take a second
    rig.screen.run("xdotool", "windowactivate", "--sync", window.number)
    wait_for(lambda: marked(rig, field) == "upset", "the word is there")
    log = rig.program.home / "safepause.log"
    assert "starts again" not in log.read_text(encoding="utf-8")
    rig.screen.click(left + 211, top + 505)  # Hide
    wait_for(lambda: "starts again" in log.read_text(encoding="utf-8"), "it starts again")
    assert wait_for(lambda: _both(rig), "doctor knows of the return", 20)


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


def test_an_input_method_that_hangs_keeps_no_app_from_its_start(rigs: Rigs) -> None:
    """IBus takes connections and answers none. A call shows its window, and Esc hides it."""
    rig = rigs(Parts())
    folder = rig.desktop.folder
    program = folder / "programs/ibus-daemon"  # Qt looks for this program first
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as ibus:
        ibus.bind(f"{folder}/ibus")
        ibus.listen()
        address = folder / "ibus-address"
        told = f"IBUS_ADDRESS=unix:path={folder}/ibus\nIBUS_DAEMON_PID={os.getpid()}\n"
        address.write_text(told, encoding="ascii")
        rig.program.env |= {
            "PATH": f"{program.parent}:{rig.program.env['PATH']}",
            "QT_IM_MODULE": "ibus",
            "IBUS_ADDRESS_FILE": str(address),
        }
        rig.program.ask("pause")
        rig.window()
        answers_fast(rig)
        hide = "Esc hides the window"
        repeat(lambda: rig.screen.key("Escape"), lambda: not rig.windows(), hide)


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
