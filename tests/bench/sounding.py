"""What the tones for closed eyes cost: beside the breathing, and where nobody wants them.

The sound server is a real PulseAudio without a loudspeaker.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench import proc, starting
from tests.bench.breathing import breathe
from tests.bench.budgets import TONES, TONES_MEMORY, UNUSED
from tests.bench.result import median
from tests.bench.starting import Contender
from tests.end2end.waiting import wait_for
from tests.end2end.without import hide
from tests.system.sound.server import SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.result import Line
    from tests.end2end.desktop import Desktop
    from tests.end2end.rig import Rig

ROUNDS = 5
BREATH = 10.0
"""Seconds of one soft breath: each sample has all of the orb's sizes, and all of the tones."""
SETTLED = 3.0
"""Seconds after which the tones have surely begun, or the device is surely closed."""


def eyes_closed(rig: Rig) -> list[Line]:
    """Measure breathing with tones and without, in turn."""
    with server(rig) as sounds:
        running = rig.start()
        if rig.program.run("settings", "get", "eyes_closed").returncode:  # a program of earlier
            return [TONES.line("-", 0), TONES_MEMORY.line("-", 0)]
        rig.program.ask("settings", "set", "breathing_minutes", "10")
        breathe(rig)
        before = proc.memory(running.pid)
        alone, beside, memory = [], [], before
        for _ in range(ROUNDS):
            alone.append(_breath(running.pid))
            _want(rig, "true")
            wait_for(lambda: sounds.clients(running.pid), "the tones begin")
            beside.append(_breath(running.pid))
            memory = max(memory, proc.memory(running.pid))
            _want(rig, "false")
            wait_for(lambda: not sounds.clients(running.pid), "the device is closed")
    ratio, grown = median(beside) / median(alone), memory - before
    shares = f"{100 * median(beside):.1f} % of a core against {100 * median(alone):.1f} %"
    return [
        TONES.line(f"{ratio:.2f} x ({shares})", ratio),
        TONES_MEMORY.line(f"{grown:+.0f} MB", grown),
    ]


@contextmanager
def server(rig: Rig) -> Iterator[SoundServer]:
    """Run a sound server for the rig's program."""
    with TemporaryDirectory(prefix="sp-", dir="/tmp") as folder:
        made = SoundServer(Path(folder))
        rig.program.env["PULSE_SERVER"] = made.address
        try:
            yield made
        finally:
            made.kill()


def unused(desktop: Desktop, app: Contender, rounds: int) -> Line:
    """Compare start and memory with the extra `sound`, which nobody uses, and without it."""
    path = hide("miniaudio", desktop.folder / "without")["PYTHONPATH"]
    if "PYTHONPATH" in app.env:
        path += f":{app.env['PYTHONPATH']}"
    without = Contender(app.command, app.home, {**app.env, "PYTHONPATH": path}, app.settled)
    ours, bare = starting.compare(desktop, [app, without], rounds)
    start, memory = ours.milliseconds / bare.milliseconds, ours.memory / bare.memory
    return UNUSED.line(f"start {start:.2f} x, memory {memory:.2f} x", start, memory)


def _want(rig: Rig, wanted: str) -> None:
    rig.program.ask("settings", "set", "eyes_closed", wanted)


def _breath(pid: int) -> float:
    """Return the share of a core that a process takes during a breath."""
    time.sleep(SETTLED)
    return proc.growth(lambda: proc.processor_seconds(pid), BREATH) / BREATH
