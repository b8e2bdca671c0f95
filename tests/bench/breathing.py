"""The breathing as it runs on screen: how even its frames come, and what it costs."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.bench import proc
from tests.bench.result import Line, median, share

if TYPE_CHECKING:
    from tests.bench.eye import Eye
    from tests.end2end.rig import Rig

SECONDS = 20.0
STILL_SECONDS = 8.0
"""How long to wait until the window's still seconds are over."""
_FAST = (60, 20.0, 6.0)
_SLOW = (30, 36.0, 3.0)
"""Frames a second, and what they may take: interval p99 in ms, share of a core in %."""
_STILL_SHARE = 1.0


def breathing(rig: Rig, eye: Eye) -> Line:
    """Measure the frames as the X server sees them, and the processor's time."""
    running = rig.start()
    number = _breathe(rig)
    before = proc.processor_seconds(running.pid)
    painted = eye.frames(number, SECONDS)
    percent = 100 * (proc.processor_seconds(running.pid) - before) / SECONDS
    intervals = [1000 * (second - first) for first, second in pairwise(painted)]
    typical, late = median(intervals), share(intervals, 0.99)
    rate, most_late, most_percent = _FAST if typical < 1000 / 45 else _SLOW
    each_second = len(painted) / SECONDS
    measured = f"{each_second:.0f} frames/s, interval p99 {late:.1f} ms, {percent:.1f} % of a core"
    budget = f"at {rate} frames/s: p99 {most_late:.0f} ms, {most_percent:.0f} %"
    return Line("breathing", measured, budget, late <= most_late and percent <= most_percent)


def reduced_motion(rig: Rig) -> Line:
    """Measure the processor's time where motion is not wanted."""
    running = rig.start()
    rig.program.ask("settings", "set", "motion", "less")
    _breathe(rig)
    spent = proc.growth(lambda: proc.processor_seconds(running.pid), SECONDS)
    percent = 100 * spent / SECONDS
    measured = f"{percent:.2f} % of a core"
    budget = f"{_STILL_SHARE:.0f} %"
    return Line("breathing, reduced motion", measured, budget, percent <= _STILL_SHARE)


def _breathe(rig: Rig) -> int:
    """Call a pause, wait until it breathes, and return its window's number."""
    rig.program.ask("pause")
    number = int(rig.window().number, 16)
    time.sleep(STILL_SECONDS)
    return number
