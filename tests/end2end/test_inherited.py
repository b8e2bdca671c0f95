"""What an app inherits from the process that starts it: ignored signals, and closed streams."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.program import START
from tests.end2end.waiting import Process, stays, wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

HEADLINE = "We come back"


def test_closed_standard_streams_are_the_null_device(rig: Rig) -> None:
    """Where the parent has closed the standard streams, none of the app's files takes their place.

    A command of the person, which prints, then runs as it should.
    """
    shell = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *START, "--hidden"]
    app = Process(shell, rig.program.env, rig.program.log)
    try:
        wait_for(lambda: rig.program.status()["running"], "SafePause answers")
        streams = [Path(f"/proc/{app.pid}/fd/{number}").readlink() for number in range(3)]
        assert set(streams) == {Path(os.devnull)}
        rig.program.ask("settings", "set", "hook_paused", "sh -c 'echo printed'")
        rig.program.ask("pause")
        rig.see(HEADLINE)
        assert app.runs
    finally:
        app.stop()


@pytest.mark.parametrize("ignored", ["HUP", "INT", "TERM"])
def test_an_ignored_signal_does_not_end_it(rig: Rig, ignored: str) -> None:
    """With nohup, or any ignored signal, the end of the terminal ends no app, and no other does."""
    shell = ["sh", "-c", f"trap '' {ignored}; exec \"$@\"", "sh", *START, "--hidden"]
    app = Process(shell, rig.program.env, rig.program.log)
    try:
        wait_for(lambda: rig.program.status()["running"], "SafePause answers")
        app.popen.send_signal(signal.Signals[f"SIG{ignored}"])
        assert stays(lambda: app.runs, 0.5)
        rig.program.ask("pause")
        app.popen.send_signal(signal.SIGHUP if ignored == "TERM" else signal.SIGTERM)
        app.wait()
        assert rig.program.state() == "paused"
    finally:
        app.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_a_blocked_signal_ends_it(rig: Rig, number: signal.Signals) -> None:
    """An app whose parent holds signals back with a mask is ended by a logout all the same."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    try:
        app = Process([*START, "--hidden"], rig.program.env, rig.program.log)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    try:
        wait_for(lambda: rig.program.status()["running"], "SafePause answers")
        app.popen.send_signal(number)
        app.wait()
    finally:
        app.stop()


def test_a_call_under_nohup_starts_an_app_that_stays(rig: Rig) -> None:
    """An app that `nohup safepause pause` starts outlives the hang-up of its terminal."""
    command = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *START, "pause"]
    call = Process(command, rig.program.env, rig.program.log)
    assert call.wait(30) == 0
    (app,) = rig.program.processes()
    os.kill(app, signal.SIGHUP)
    rig.see(HEADLINE)
    assert rig.program.processes() == [app]
