"""A request outlives impatience: it is carried out however long the start of the app takes."""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.client.launch import PATIENCE, SAID_AFTER
from tests.end2end.slow import SlowStart, Where, slow_start
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

HEADLINE = "We come back"
WAITING = "SafePause is still starting. The pause will be called.\n"
AT_MOST = timedelta(seconds=2)
"""How long after its key a command has surely begun to run."""


@pytest.fixture(params=Where, ids=lambda where: where.name.lower())
def slow(rig: Rig, request: pytest.FixtureRequest) -> Iterator[SlowStart]:
    """Return an app that starts slowly: before our code runs, or with the lock in its hand."""
    with slow_start(rig.program, request.param) as made:
        yield made


@pytest.fixture
def slow_qt(rig: Rig) -> Iterator[SlowStart]:
    """Return an app that starts slowly, and holds the instance lock meanwhile."""
    with slow_start(rig.program, Where.QT) as made:
        yield made


def times(rig: Rig) -> tuple[datetime, datetime]:
    """Return when the standing pause began and when it ends."""
    pause = rig.program.status()["pause"]
    return datetime.fromisoformat(pause["started_at"]), datetime.fromisoformat(pause["return_at"])


def test_a_call_outlives_its_command(rig: Rig, slow: SlowStart) -> None:
    """The command is killed while the app starts. The pause is called, from the key on."""
    key = datetime.now(UTC)
    command = slow.command("pause", "--minutes", "20", "--by", "Alex")
    slow.wait()
    lines = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in rig.program.processes()]
    assert len(lines) == 2
    assert not any(b"Alex" in line for line in lines), "others can read the name"
    command.kill()
    time.sleep(3)  # the start takes this much longer
    slow.go()
    rig.see(HEADLINE, 20)
    began, ends = times(rig)
    assert key - timedelta(seconds=1) <= began <= key + AT_MOST
    assert timedelta(minutes=20) <= ends - began <= timedelta(minutes=21)
    assert rig.program.status()["pause"]["called_by"] == "Alex"


def test_a_call_waits_for_the_real_answer(rig: Rig, slow: SlowStart) -> None:
    """The command waits as long as the app starts, says so, and ends with the pause's time."""
    key = datetime.now(UTC)
    command = slow.command("pause", "--minutes", "20")
    slow.wait()
    time.sleep(PATIENCE + SAID_AFTER)  # longer than any app needs that is not slow
    slow.go()
    code, out, err = slow.said(command)
    _began, ends = times(rig)
    assert (code, err) == (0, WAITING)
    day = "tomorrow at " if rig.is_tomorrow(ends) else ""
    assert out == f"Pause until {day}{rig.clock_time(ends.isoformat())}.\n"
    assert ends - key <= timedelta(minutes=21)


def test_impatient_keys_call_one_pause(rig: Rig, slow: SlowStart) -> None:
    """Keys that are pressed again while the app starts: each is answered, and one pause stands."""
    commands = [slow.command("pause") for _key in range(4)]
    slow.wait()
    time.sleep(0.5)  # all four have begun
    slow.go()
    said = [slow.said(command) for command in commands]
    assert [code for code, _out, _err in said] == [0] * 4
    assert sum(out.startswith("Pause until") for _code, out, _err in said) == 1
    assert sum(out.startswith("There is a pause already") for _code, out, _err in said) == 3
    wait_for(lambda: len(rig.program.processes()) == 1, "one app runs")
    rig.program.ask("return")
    assert len(rig.program.history()) == 1


def test_commands_of_one_start_are_all_carried_out(rig: Rig, slow_qt: SlowStart) -> None:
    """While one start is under way, other starting commands are answered by the same app."""
    show = slow_qt.command("show")
    slow_qt.wait()
    pause = slow_qt.command("pause", "--minutes", "30")
    slow_qt.handed(2)
    pause.kill()
    later = [slow_qt.command(*words) for words in ([], ["show"], ["breathe"])]
    slow_qt.handed(4)
    slow_qt.go()
    assert [slow_qt.said(command)[0] for command in (show, *later)] == [0] * 4
    wait_for(lambda: rig.program.state() == "paused", "the pause is called")
    wait_for(lambda: len(rig.program.processes()) == 1, "one app runs")


def test_an_undo_during_the_start_takes_the_call_back(rig: Rig, slow_qt: SlowStart) -> None:
    """An undo in the first seconds after the key waits for the app, too, and leaves no trace."""
    call = slow_qt.command("pause")
    slow_qt.wait()
    undo = slow_qt.command("undo")
    time.sleep(12)  # longer than the time for an undo
    slow_qt.go()
    assert slow_qt.said(call)[0] == 0
    code, out, err = slow_qt.said(undo)
    assert (code, out) == (0, "Undone, without a trace.\n"), err
    assert rig.program.state() == "idle"
    assert rig.program.history() == []


def test_a_late_pause_can_still_be_undone_by_hand(rig: Rig, slow_qt: SlowStart) -> None:
    """Undo has its time from the moment at which the window comes."""
    command = slow_qt.command("pause")
    slow_qt.wait()
    time.sleep(12)  # longer than the time for an undo
    slow_qt.go()
    assert slow_qt.said(command)[0] == 0
    rig.press("Undo a slip")
    wait_for(lambda: rig.program.state() == "idle", "the pause is undone")


def test_an_accessibility_bus_that_hangs_loses_no_call(rig: Rig) -> None:
    """Such a bus holds the start up longer than usual. The call is answered, and stands."""
    path = rig.desktop.folder / "hanging"
    rig.program.env["AT_SPI_BUS_ADDRESS"] = f"unix:path={path}"
    hanging = socket.socket(socket.AF_UNIX)
    hanging.bind(str(path))
    hanging.listen()
    end = threading.Timer(PATIENCE + SAID_AFTER, hanging.close)
    end.start()
    try:
        done = rig.program.run("pause", "--minutes", "20")
    finally:
        end.cancel()
        hanging.close()
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Pause until ")
    assert rig.program.state() == "paused"
    wait_for(rig.windows, "the window comes when Qt goes on")
