"""The wake-ups of SafePause at rest: without a pause, and in a pause with its window hidden."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.bench import proc
from tests.bench.budgets import HIDDEN, REST

if TYPE_CHECKING:
    from tests.bench.result import Line
    from tests.end2end.rig import Rig

STARTED_SECONDS = 100.0
"""After this the start is over: GLib, under Qt, wakes every program 30, 60, 70 and 80 s after its
start, the bare one too."""
REST_SECONDS = 60.0
HIDDEN_SECONDS = 120.0
"""Two turns of the minute, at which the tooltip is written anew."""


def at_rest(rig: Rig) -> Line:
    """Count the context switches of all threads in a minute without a pause."""
    running = rig.start()
    time.sleep(STARTED_SECONDS)
    switched = proc.switched(running.pid, REST_SECONDS)
    measured = f"{switched} context switches in {REST_SECONDS:.0f} s"
    return REST.line(measured, switched)


def paused_hidden(rig: Rig) -> Line:
    """Count how often any thread wakes up during a pause with its window hidden."""
    running = rig.start()
    rig.program.ask("pause", "--minutes", "60")
    rig.window()
    proc.settle(running.pid, 1)
    rig.screen.key("Escape")
    rig.wait_hidden()
    proc.settle(running.pid)
    wakes = proc.switched(running.pid, HIDDEN_SECONDS, all_kinds=False)
    rate = wakes / HIDDEN_SECONDS
    measured = f"{rate:.2f} wake-ups/s ({wakes} in {HIDDEN_SECONDS:.0f} s)"
    return HIDDEN.line(measured, rate)
