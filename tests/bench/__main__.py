"""Measures everything, or what is named, and prints one table: python -m tests.bench [NAME...].

`--base COMMIT` measures the program of that commit in the same run, too: "before" and "now". Every
measurement runs on its own desktop, so that it does not disturb another one. All of them take about
30 minutes, and twice as long with a base. The figures are valid only on a machine that does nothing
else.
"""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.bench import (
    appearing,
    breathing,
    budgets,
    commanding,
    faults,
    first_call,
    many,
    resting,
    sounding,
    starting,
    trees,
)
from tests.bench.eye import Eye
from tests.bench.result import head
from tests.bench.starting import Contender, Starts
from tests.end2end.desktop import Desktop, Parts
from tests.end2end.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.result import Budget, Line
    from tests.bench.trees import Tree

    Part = Callable[[Sequence[Tree]], list[list[Line]]]
    """Measures several trees, and returns the lines of each."""

ROUNDS = 15


def start_and_memory(measured: Sequence[Tree]) -> list[list[Line]]:
    """Compare start-up and memory with the bare program. All programs are measured in turn."""
    with Desktop(Parts(reader=False)) as desktop:
        bare, *ours = starting.compare(
            desktop,
            [
                Contender(starting.BARE, desktop.folder / "none"),
                *(_app(desktop, tree, f"fresh-{tree.name}") for tree in measured),
            ],
            ROUNDS,
        )
    return [
        [
            _ratio(budgets.START, each.milliseconds, bare.milliseconds, "ms"),
            _ratio(budgets.MEMORY, each.memory, bare.memory, "MB"),
        ]
        for each in ours
    ]


def record(measured: Sequence[Tree]) -> list[list[Line]]:
    """Compare a long history with an empty one. The window is that of the current program."""
    with Desktop(Parts(reader=False)) as desktop:
        full = [f"full-{tree.name}" for tree in measured]
        for home in full:
            many.fill(desktop.folder / home)
        fresh = [_app(desktop, tree, f"fresh-{tree.name}") for tree in measured]
        filled = [_app(desktop, tree, home) for tree, home in zip(measured, full, strict=True)]
        samples = starting.compare(desktop, [*fresh, *filled], ROUNDS)
        history = many.history_window(desktop.folder / full[-1], desktop.env)
    pairs = zip(samples[: len(fresh)], samples[len(fresh) :], strict=True)
    return [[*_record_lines(none, long), history] for none, long in pairs]


def sound(measured: Sequence[Tree]) -> list[list[Line]]:
    """Measure what tones cost, and what the extra `sound` costs where nobody wants them."""
    tones = on_rigs(lambda rig, _eye: sounding.eyes_closed(rig))(measured)
    unused = []
    with Desktop(Parts(reader=False)) as desktop:
        for tree in measured:
            app = _app(desktop, tree, f"fresh-{tree.name}")
            unused.append(sounding.unused(desktop, app, ROUNDS))
    return [[*lines, line] for lines, line in zip(tones, unused, strict=True)]


def _app(desktop: Desktop, tree: Tree, home: str) -> Contender:
    """Return the app of a tree. It starts hidden, and its data folder is called `home`."""
    folder = desktop.folder / home
    return Contender(starting.HIDDEN, folder, tree.env, starting.WARMED_UP)


def on_rigs(measure: Callable[[Rig, Eye], list[Line]]) -> Part:
    """Return a part that measures each tree on a fresh desktop."""

    def part(measured: Sequence[Tree]) -> list[list[Line]]:
        lines = []
        for tree in measured:
            with Desktop(Parts(reader=False)) as desktop:
                desktop.env |= tree.env
                with Rig(desktop, "program") as rig, Eye(desktop.env["DISPLAY"]) as eye:
                    lines.append(measure(rig, eye))
        return lines

    return part


PARTS: dict[str, Part] = {
    "start": start_and_memory,
    "first": first_call.first_calls,
    "later": on_rigs(appearing.later_calls),
    "rest": on_rigs(lambda rig, _eye: [resting.at_rest(rig)]),
    "hidden": on_rigs(lambda rig, _eye: [resting.paused_hidden(rig)]),
    "command": on_rigs(lambda rig, _eye: [commanding.command_line(rig)]),
    "breath": on_rigs(lambda rig, eye: [breathing.breathing(rig, eye)]),
    "still": on_rigs(lambda rig, _eye: [breathing.reduced_motion(rig)]),
    "sound": sound,
    "record": record,
    "faults": faults.longest_status,
}


def main(argv: Sequence[str]) -> int:
    """Measure and print. Exit with 0, whatever the figures are: the table has them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--base", metavar="COMMIT", help="measure the program of then, too")
    wanted = parser.parse_args(argv)
    unknown = [name for name in wanted.parts if name not in PARTS]
    if unknown:
        parser.error(f"There is no {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    # If the run is stopped, its desktops end, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ExitStack() as stack:
        before = [stack.enter_context(trees.base(wanted.base))] if wanted.base else []
        measure(wanted.parts or PARTS, [*before, trees.HERE])
    return 0


def measure(names: Sequence[str] | dict[str, Part], measured: Sequence[Tree]) -> None:
    """Print the table. Each line is printed as soon as it is measured."""
    several = len(measured) > 1
    print(head(before=several), flush=True)
    for name in names:
        *before, now = PARTS[name](measured)
        for number, line in enumerate(now):
            print(line.row(before[0][number] if several else None), flush=True)


def _ratio(budget: Budget, ours: float, bare: float, unit: str) -> Line:
    ratio = ours / bare
    return budget.line(f"{ratio:.2f} x ({ours:.0f} {unit} against {bare:.0f})", ratio)


def _record_lines(none: Starts, long: Starts) -> list[Line]:
    return [
        _growth(budgets.LONG_START, long.milliseconds, none.milliseconds, "ms"),
        _growth(budgets.LONG_MEMORY, long.memory, none.memory, "MB"),
    ]


def _growth(budget: Budget, long: float, none: float, unit: str) -> Line:
    percent = 100 * (long / none - 1)
    return budget.line(f"{percent:+.1f} % ({long:.0f} {unit} against {none:.0f})", percent)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
