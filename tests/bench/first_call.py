"""The first call of a run, a minute after its start: most pauses are the first of a run.

Several apps wait at once, each on its own desktop, so that twenty minutes of waiting take seven.
They are at rest while they wait. Each app is started some seconds after the last one. It is called
exactly a minute later, while nothing else is measured, started or stopped.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from tests.bench import starting
from tests.bench.appearing import WAYS, Sight, Way, learn
from tests.bench.budgets import FIRST
from tests.bench.eye import Eye
from tests.end2end.desktop import Desktop, Parts
from tests.end2end.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.result import Line
    from tests.bench.trees import Tree
    from tests.end2end.waiting import Process

ROUNDS = 20
AT_ONCE = 12
"""How many desktops stand at once; each takes about 250 MB with its app."""
AFTER_START = 60.0
APART = 2.0
"""Seconds between two starts, and so between two calls."""


@dataclass(frozen=True)
class Place:
    """A desktop and an eye on it."""

    desktop: Desktop
    eye: Eye


@dataclass(frozen=True)
class Run:
    """An app that waits for its first call."""

    tree: Tree
    way: Way
    place: Place
    process: Process
    env: Mapping[str, str]
    due: float
    """When to call, by `time.perf_counter`."""


def first_calls(trees: Sequence[Tree]) -> list[list[Line]]:
    """Measure every way to call, in turn with every tree. Return the lines of each tree."""
    samples: dict[tuple[Tree, Way], list[float]] = {each: [] for each in product(trees, WAYS)}
    with ExitStack() as stack:
        places = [_place(stack) for _ in range(AT_ONCE)]
        sights = [_sight(places[0], tree) for tree in trees]
        wanted = list(samples) * ROUNDS
        for number, some in enumerate(_batches(wanted)):
            runs = [
                _started(tree, way, place, number)
                for (tree, way), place in zip(some, places, strict=False)
            ]
            for run in runs:
                samples[run.tree, run.way].append(1000 * _called(run, sights[-1]))
    return [[FIRST[way.name].times(samples[tree, way]) for way in WAYS] for tree in trees]


def _batches(wanted: list[tuple[Tree, Way]]) -> list[list[tuple[Tree, Way]]]:
    return [wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE)]


def _place(stack: ExitStack) -> Place:
    desktop = stack.enter_context(Desktop(Parts(reader=False)))
    return Place(desktop, stack.enter_context(Eye(desktop.env["DISPLAY"])))


def _sight(place: Place, tree: Tree) -> Sight:
    """Return what to look at. Python has compiled every import of a call after this."""
    with Rig(place.desktop, f"learning-{tree.name}") as rig:
        rig.program.env.update(tree.env)
        rig.start()
        return learn(rig, place.eye)


def _started(tree: Tree, way: Way, place: Place, number: int) -> Run:
    """Start an app with new data, and wait until the next one may start."""
    home = place.desktop.folder / f"first-{number}"
    env = {**place.desktop.env, **tree.env, "SAFEPAUSE_HOME": str(home)}
    begun = time.perf_counter()
    place.eye.point(way.pointer)
    process, _seconds = starting.start(place.desktop, starting.HIDDEN, env)
    _sleep_until(begun + APART)
    return Run(tree, way, place, process, env, begun + AFTER_START)


def _called(run: Run, sight: Sight) -> float:
    """Call a minute after the start, return the seconds until the paint, and end the app."""
    _sleep_until(run.due)
    asked = run.way.ask(run.place.eye, run.env)
    seconds = run.place.eye.wait_for_colours(sight.places, sight.painted) - asked
    run.process.stop()
    run.place.eye.wait_for_colours(sight.places, sight.empty)
    return seconds


def _sleep_until(instant: float) -> None:
    time.sleep(max(0.0, instant - time.perf_counter()))
