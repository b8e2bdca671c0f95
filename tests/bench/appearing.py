"""The time from a call for a pause until its window is painted, as the screen shows it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import budgets
from tests.bench.eye import near
from tests.end2end.desktop import ICON

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.bench.eye import Eye, Place
    from tests.bench.result import Line
    from tests.end2end.rig import Rig

ROUNDS = 50
COMMAND = Path(sys.executable).with_name("safepause")
KEYS = ("Control_L", "Alt_L", "p")
_INSET = 30
"""How far inside the window's corners the screen is looked at: its frame may move it by 20."""
_SETTLED = 0.6
"""Seconds after which a window that came is painted whole."""
_ELSEWHERE = (1200, 700)


@dataclass(frozen=True)
class Sight:
    """The places to look at, and their colours with the window and without."""

    places: list[Place]
    painted: list[int]
    empty: list[int]


@dataclass(frozen=True)
class Way:
    """A way to ask for a pause."""

    name: str
    pointer: Place
    """Where the pointer is."""
    ask: Callable[[Eye, Mapping[str, str]], float]
    """Asks in an environment, and returns when, by `time.perf_counter`."""


def _call(_eye: Eye, env: Mapping[str, str]) -> float:
    started = time.perf_counter()
    command = [str(COMMAND), "pause"]
    subprocess.run(command, env=dict(env), check=True, stdout=subprocess.DEVNULL)
    return started


TRAY, SHORTCUT, COMMAND_LINE = budgets.WAYS
WAYS = (
    Way(TRAY, ICON, lambda eye, _env: eye.click()),
    Way(SHORTCUT, _ELSEWHERE, lambda eye, _env: eye.press(*KEYS)),
    Way(COMMAND_LINE, _ELSEWHERE, _call),
)
"""Measured from the click, from the last key going down, from the start of the process."""


def learn(rig: Rig, eye: Eye) -> Sight:
    """Return the place of a running app's window, and the colours near its corners."""
    rig.program.ask("pause")
    window = rig.window()
    left, top, width, height = rig.screen.place(window)
    right, bottom = left + width - _INSET, top + height - _INSET
    places = [(x, y) for x in (left + _INSET, right) for y in (top + _INSET, bottom)]
    time.sleep(_SETTLED)
    painted = eye.colours(places)
    rig.program.ask("undo")
    rig.wait_hidden()
    empty = eye.colours(places)
    if any(map(near, empty, painted)):
        raise RuntimeError("The window can't be told from the empty screen.")
    return Sight(places, painted, empty)


def later_calls(rig: Rig, eye: Eye) -> list[Line]:
    """Measure each way several times in one run of the app."""
    rig.start()
    sight = learn(rig, eye)
    return [_later(rig, eye, sight, way) for way in WAYS]


def _later(rig: Rig, eye: Eye, sight: Sight, way: Way) -> Line:
    eye.point(way.pointer)
    samples = []
    for _ in range(ROUNDS):
        asked = way.ask(eye, rig.program.env)
        samples.append(1000 * (eye.wait_for_colours(sight.places, sight.painted) - asked))
        rig.program.ask("undo")
        eye.wait_for_colours(sight.places, sight.empty)
        rig.wait_hidden()
    return budgets.LATER[way.name].times(samples)
