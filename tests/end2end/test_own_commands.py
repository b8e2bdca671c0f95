"""The real program runs a person's own commands, writes its log, and answers doctor."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.system.hooks.process import AFTER_QUIT
from tests.end2end.clockwork import clockwork
from tests.end2end.waiting import patience, stays, wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig
    from tests.end2end.waiting import Process

pytestmark = pytest.mark.end2end

_ENDED = AFTER_QUIT + 5
"""Seconds in which a command that hangs is ended after SafePause."""
HOOKS = ("hook_paused", "hook_due", "hook_returned")
_SLOW = """
mkdir $1/running || touch $1/two
trap "rmdir $1/running; exit 0" TERM
sleep 1.2 & wait
rmdir $1/running
echo "ended $SAFEPAUSE_STATE" >>$1/told
"""
"""A command that takes its time, and notices another one at the same time."""
_DEAF = """
test -e $1/pid && kill -0 $(cat $1/pid) && touch $1/two
echo $$ >$1/pid
echo $SAFEPAUSE_STATE >>$1/told
trap "" TERM
while :; do sleep 0.1; done
"""
"""A command that never ends, and notices another one at the same time."""


def _set_commands(rig: Rig, script: str) -> None:
    for key in HOOKS:
        rig.program.ask("settings", "set", key, f"sh -c '{script}'")


def _pause_quickly(rig: Rig, times: int, script: str) -> Process:
    """Start the app, and call and end pauses whose commands all run a script. Return the app."""
    app = rig.start()
    file = rig.program.home / "script.sh"
    file.write_text(script, encoding="utf-8")
    for key in HOOKS:
        rig.program.ask("settings", "set", key, f"sh {file} {rig.program.home}")
    for _ in range(times):
        rig.program.ask("pause")
        rig.program.ask("return")
    return app


def _told(rig: Rig) -> list[str]:
    path = rig.program.home / "told"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def test_commands_follow_a_pause_and_its_undo(rig: Rig) -> None:
    """Each event runs its command: call, undo, call, due, return. No name is passed to it."""
    with clockwork(rig) as clock:
        rig.start()
        _set_commands(rig, f"echo $SAFEPAUSE_EVENT >>{rig.program.home}/told")
        rig.program.ask("pause", "--by", "Alex")
        rig.program.ask("undo")
        rig.program.ask("pause", "--by", "Alex")
        clock.sleep(timedelta(minutes=31, seconds=30))
        wait_for(lambda: "due" in _told(rig), "the command of the return is run")
        rig.program.ask("return")
        rig.program.ask("quit")
        whole = ["paused", "undone", "paused", "due", "returned"]
        wait_for(lambda: _told(rig) == whole, "each command was run, the last though it quit")


def test_a_command_that_hangs_is_in_nobodys_way(rig: Rig) -> None:
    """While a command hangs, and after one has failed, a pause is called, shown and ended."""
    rig.start()
    _set_commands(rig, "sleep 600")
    rig.program.ask("pause")
    rig.see("We come back")
    assert rig.program.state() == "paused"
    rig.program.ask("return")
    assert rig.program.state() == "idle"
    rig.program.ask("quit")
    wait_for(lambda: not rig.program.processes(), "the command is ended, too", _ENDED)


def test_slow_commands_run_one_at_a_time(rig: Rig) -> None:
    """60 quick pauses with slow commands, then quit: one command runs at a time, and the last."""
    app = _pause_quickly(rig, 60, _SLOW)
    rig.program.ask("pause")
    began = time.monotonic()
    rig.program.ask("quit")
    told = rig.program.home / "told"
    wait_for(lambda: not app.runs, "SafePause has ended", 10)
    assert time.monotonic() - began < patience(5)
    wait_for(lambda: not rig.program.processes(), "the last command has ended", 10)
    wait_for(lambda: told.read_text().split()[-2:] == ["ended", "paused"], "the last one has run")
    assert not (rig.program.home / "two").exists()
    ran = told.read_text().splitlines()
    assert 2 <= len(ran) < 60
    assert stays(lambda: told.read_text().splitlines() == ran, 2)


def test_commands_that_hang_do_not_pile_up(rig: Rig) -> None:
    """20 quick pauses with commands that hang and refuse to end: one at a time, then the last."""
    _pause_quickly(rig, 20, _DEAF)
    began = time.monotonic()
    rig.program.ask("quit")
    assert time.monotonic() - began < patience(1)
    wait_for(lambda: _told(rig) == ["paused", "idle"], "the first one and the last one have run")
    assert time.monotonic() - began < patience(5)
    assert not (rig.program.home / "two").exists()
    assert stays(lambda: _told(rig) == ["paused", "idle"], 1)
    wait_for(lambda: not rig.program.processes(), "the last one is ended, too", _ENDED)


def test_a_command_that_leaves_a_process_behind_holds_nobody_up(rig: Rig) -> None:
    """A daemon that keeps the output of its command open: the next command and the caller go on."""
    rig.start()
    _set_commands(rig, f"setsid sleep 600 & echo $SAFEPAUSE_EVENT >>{rig.program.home}/told")
    rig.program.ask("quit")
    wait_for(lambda: not rig.program.processes(), "SafePause has ended")
    began = time.monotonic()
    rig.program.ask("pause")  # which starts the app, and its first command
    wait_for(lambda: _told(rig) == ["paused"], "the first command has run")
    rig.program.ask("return")
    wait_for(lambda: _told(rig) == ["paused", "returned"], "the next command has run")
    rig.program.ask("quit")
    wait_for(lambda: not (rig.program.home / "socket").exists(), "SafePause has ended")
    assert time.monotonic() - began < patience(10)


def test_a_command_that_is_replaced_while_it_runs(rig: Rig) -> None:
    """A command that is set anew during a slow one runs after it, and the last state counts."""
    rig.start()
    home = rig.program.home
    _set_commands(
        rig,
        f"touch {home}/runs; until [ -e {home}/go ]; do sleep 0.1; done; echo old >>{home}/told",
    )
    rig.program.ask("pause")
    wait_for((home / "runs").exists, "the old command runs")
    _set_commands(rig, f"echo $SAFEPAUSE_STATE >>{home}/told")
    for _ in range(5):
        rig.program.ask("return")
        rig.program.ask("pause")
    (home / "go").touch()
    # Between the old command and the last one, others may run, which tell "paused", too.
    wait_for(lambda: stays(lambda: _told(rig)[-1:] == ["paused"], 1), "the last state is told")
    assert _told(rig)[0] == "old"


def test_the_log_knows_no_undone_pause_and_no_name(rig: Rig) -> None:
    """An undone pause is in no line of the log, even if its command failed. A standing one is."""
    rig.start()
    _set_commands(rig, "exit 3")
    rig.program.ask("pause", "--by", "Alexandra")
    rig.program.ask("undo")
    log = rig.program.home / "safepause.log"
    wait_for(log.exists, "the log is written")
    assert stays(lambda: "exit code" not in log.read_text(), 1.5)
    assert "paused" not in log.read_text()
    rig.program.ask("pause", "--by", "Alexandra")
    wait_for(lambda: "paused until" in log.read_text(), "the pause is logged", 45)
    path, *lines = rig.program.ask("doctor", "--log").splitlines()
    assert path == str(log)
    assert any("hook_paused ended with exit code 3" in line for line in lines)
    assert "Alexandra" not in log.read_text() + rig.program.said
    rig.program.ask("forget", "--all", "--yes")
    assert log.read_text() == ""


def test_doctor_knows_the_whole_desktop(rig: Rig) -> None:
    """On a complete desktop doctor lists every capability, and knows the service's buttons."""
    rig.start()
    wait_for(
        lambda: rig.reader.says(
            "Your desktop shows them, with buttons.",
            rig.program.capabilities()["notifications"]["why"],
        ),
        "what the notification service can do is known",
    )
    found = rig.program.capabilities()
    assert list(found) == [key.value for key in CapabilityKey]
    assert found["tray"]["available"]
    assert all(one["known"] for one in found.values())
