"""A pause that is called while the clock is wrong, in the real program, and a clock put right."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.end2end.clockwork import Clockwork, clockwork
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

YEAR = timedelta(days=365)
HOURS = timedelta(hours=2)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WHOLE = timedelta(minutes=31)
"""A pause of half an hour, and what was begun of its last minute."""
DUE = "We're both here"


@pytest.fixture
def clock(rig: Rig) -> Iterator[Clockwork]:
    """Return the clock of the rig's SafePause."""
    with clockwork(rig) as made:
        yield made


_START = """
set -e
mount --bind "$1" /proc/sys/kernel/random/boot_id
shift
exec "$@"
"""
"""Gives a program another name for the start of the computer, in a mount namespace of its own."""


def start_computer_again(rig: Rig) -> None:
    """Let SafePause run as if the computer had started a minute ago.

    The steady clock is that of a time namespace. Every process gets one with the same clock.
    """
    name = rig.program.home.with_suffix(".boot")
    name.write_text(f"{uuid4()}\n", encoding="ascii")
    up = f"{60 - time.clock_gettime(time.CLOCK_BOOTTIME):.0f}"
    namespace = ["unshare", "--mount", "--time", "--boottime", up]
    if os.geteuid() != 0:
        namespace += ["--user", "--map-root-user"]
    before = [*namespace, "sh", "-c", _START, "sh", str(name)]
    if subprocess.run([*before, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine has no other time for a single program")
    rig.program.run_through(*before)


def left(rig: Rig) -> timedelta:
    """Return how long until the return, by the status of the app."""
    return timedelta(seconds=rig.program.status()["pause"]["seconds_left"])


def return_at(rig: Rig) -> datetime:
    """Return when the return is."""
    return datetime.fromisoformat(rig.program.status()["pause"]["return_at"])


@pytest.mark.parametrize("ahead", [HOURS, YEAR], ids=["two hours", "a year"])
def test_a_pause_of_a_fast_clock_is_put_right(rig: Rig, clock: Clockwork, ahead: timedelta) -> None:
    """Called while the clock is fast: the pause is of half an hour, and its return is said anew."""
    clock.set(ahead)
    rig.start()
    rig.program.ask("pause")
    wrong = rig.program.status()["pause"]
    rig.see(rig.clock_time(wrong["return_at"]))
    clock.put_right()
    shown = rig.notification(limit=2)
    assert timedelta(0) < left(rig) <= WHOLE
    right = rig.program.status()["pause"]
    assert right["id"] == wrong["id"]
    assert rig.clock_time(right["return_at"]) in shown.body
    rig.see(rig.clock_time(right["return_at"]))
    assert abs(return_at(rig) - datetime.now(UTC)) <= WHOLE
    clock.sleep(WHOLE)
    rig.see(DUE)
    assert rig.program.state() == "due"
    rig.program.ask("return")
    (outcome,) = rig.program.history()
    assert abs(datetime.fromisoformat(outcome["started_at"]) - datetime.now(UTC)) < WHOLE
    rig.program.ask("pause")
    assert timedelta(0) < left(rig) <= WHOLE


def test_a_pause_of_a_slow_clock_is_put_right(rig: Rig, clock: Clockwork) -> None:
    """Called while the clock is slow: the return does not come at once."""
    clock.set(-HOURS)
    rig.start()
    rig.program.ask("pause")
    clock.put_right()
    rig.notification(limit=2)
    assert rig.program.state() == "paused"
    assert timedelta(minutes=28) < left(rig) <= WHOLE
    assert stays(lambda: rig.program.state() == "paused", 1)


def test_the_first_command_puts_it_right(rig: Rig, clock: Clockwork) -> None:
    """Where nothing tells of a clock that is set, the next command knows it. A slip is undone."""
    clock.set(YEAR)
    rig.start()
    rig.program.ask("pause")
    clock.set(timedelta(0))
    rig.program.ask("undo")
    assert (rig.program.state(), rig.program.history()) == ("idle", [])
    clock.set(YEAR)
    rig.program.ask("pause", "--minutes", "1440")
    clock.set(timedelta(0))
    assert timedelta(hours=23) < left(rig) <= timedelta(hours=24)


@pytest.mark.parametrize("runs", [True, False], ids=["with the app", "without the app"])
def test_a_restart_puts_it_right(rig: Rig, clock: Clockwork, *, runs: bool) -> None:
    """Called while the clock was a year fast, then killed: the next start or command knows it."""
    clock.set(YEAR)
    running = rig.start()
    rig.program.ask("pause")
    running.kill()
    clock.set(timedelta(0))
    if runs:
        rig.start()
        rig.notification()
    assert timedelta(minutes=28) < left(rig) <= WHOLE + timedelta(minutes=1)
    first = return_at(rig)
    assert return_at(rig) == first
    rig.program.ask("return")
    assert rig.program.state() == "idle"
    assert rig.program.history()[0]["ending"] == "returned"


@pytest.mark.parametrize(
    "off",
    [
        pytest.param(timedelta(days=1) - (datetime.now(UTC) - EPOCH), id="1970"),
        pytest.param(-HOURS, id="two hours behind"),
        pytest.param(HOURS, id="two hours ahead"),
    ],
)
def test_the_computer_starts_again_with_a_wrong_clock(
    rig: Rig, clock: Clockwork, off: timedelta
) -> None:
    """Called by a right clock: while the next one is wrong, the pause is short, and then right."""
    clock.set(timedelta(0))
    running = rig.start()
    rig.program.ask("pause")
    promised = rig.program.status()["pause"]
    promised_at = return_at(rig)
    running.kill()
    start_computer_again(rig)
    clock.set(off)
    rig.start()
    if off < timedelta(0):
        assert timedelta(minutes=28) < left(rig) <= WHOLE + timedelta(minutes=1)
        assert return_at(rig) < promised_at - HOURS / 2
    else:
        assert rig.program.state() == "due"
        rig.program.ask("show")
        rig.see(DUE)
    clock.put_right()
    wait_for(lambda: rig.program.state() == "paused", "the pause stands")
    wait_for(lambda: return_at(rig) == promised_at, "it is right")
    rig.program.ask("show")
    rig.see(rig.clock_time(promised["return_at"]))
    assert rig.program.status()["pause"]["started_at"] == promised["started_at"]
    clock.sleep(WHOLE)
    rig.see(DUE)


def test_the_computer_starts_again_with_the_same_wrong_clock(rig: Rig, clock: Clockwork) -> None:
    """Called by a fast clock that is as fast after a start of the computer, and then put right."""
    clock.set(HOURS)
    running = rig.start()
    rig.program.ask("pause")
    wrong = return_at(rig)
    running.kill()
    start_computer_again(rig)
    rig.start()
    assert return_at(rig) == wrong
    clock.put_right()
    shown = rig.notification(limit=2)
    assert abs(return_at(rig) - (wrong - HOURS)) <= timedelta(minutes=1)
    assert rig.clock_time(return_at(rig).isoformat()) in shown.body


def test_a_sleep_with_a_wrong_clock(rig: Rig, clock: Clockwork) -> None:
    """A sleep past the return is announced, though its clock was put right before."""
    clock.set(HOURS)
    rig.start()
    rig.program.ask("pause")
    clock.put_right()
    assert left(rig) <= WHOLE
    clock.sleep(WHOLE)
    wait_for(lambda: rig.program.state() == "due", "the return is due")
    rig.see(DUE)


def test_a_clock_time_that_has_just_passed(rig: Rig) -> None:
    """`pause --until` with the time of a minute ago is no day: a line says what is."""
    rig.start()
    ago = datetime.now(UTC) - timedelta(minutes=1)
    wall = rig.clock_time(ago.isoformat())
    refused = rig.program.run("pause", "--until", wall)
    assert (refused.returncode, rig.program.state()) == (1, "idle")
    (line,) = refused.stderr.strip().splitlines()
    assert wall in line
    way = line.split()[-2:]
    assert way[0] == "--minutes"
    rig.program.ask("pause", *way)
    assert rig.clock_time(rig.program.status()["pause"]["return_at"]) == wall
