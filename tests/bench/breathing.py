"""The breathing on the screen: how regular its frames are, and how much it costs."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.bench import proc
from tests.bench.budgets import BREATHING, STILL
from tests.bench.result import share

if TYPE_CHECKING:
    from tests.bench.eye import Eye
    from tests.bench.result import Line
    from tests.end2end.rig import Rig

SECONDS = 20.0
STILL_SECONDS = 8.0
"""How long to wait until the window's still seconds are over."""


def breathing(rig: Rig, eye: Eye) -> Line:
    """Measure the frames at the X server, and the processor's time."""
    running = rig.start()
    number = breathe(rig)
    before = proc.processor_seconds(running.pid)
    painted = eye.frames(number, SECONDS)
    percent = 100 * (proc.processor_seconds(running.pid) - before) / SECONDS
    intervals = [1000 * (second - first) for first, second in pairwise(painted)]
    late = share(intervals, 0.99)
    each_second = len(painted) / SECONDS
    measured = f"{each_second:.0f} frames/s, interval p99 {late:.1f} ms, {percent:.1f} % of a core"
    return BREATHING.line(measured, late, percent)


def reduced_motion(rig: Rig) -> Line:
    """Measure the processor's time with reduced motion."""
    running = rig.start()
    rig.program.ask("settings", "set", "motion", "less")
    breathe(rig)
    spent = proc.growth(lambda: proc.processor_seconds(running.pid), SECONDS)
    percent = 100 * spent / SECONDS
    return STILL.line(f"{percent:.2f} % of a core", percent)


def breathe(rig: Rig) -> int:
    """Call a pause, wait for the breathing, and return the number of the window."""
    rig.program.ask("pause")
    number = int(rig.window().number, 16)
    time.sleep(STILL_SECONDS)
    return number
