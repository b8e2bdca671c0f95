"""Measures everything, or what is named, and prints one table: python -m tests.bench [NAME...].

Every measurement runs on a desktop of its own, so that none disturbs another. It takes about eight
minutes in all, and its figures mean something only on a machine that does nothing else.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import appearing, breathing, commanding, many, resting, starting
from tests.bench.eye import Eye
from tests.bench.result import HEAD, Line
from tests.end2end.desktop import Desktop, Parts
from tests.end2end.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
MOST_START, MOST_MEMORY, MOST_RECORD = 1.25, 1.25, 1.05
COMMAND = Path(sys.executable).with_name("safepause")


def start_and_memory(desktop: Desktop) -> list[Line]:
    """Compare start-up and memory with the bare program."""
    fresh = desktop.folder / "fresh"
    bare, ours = starting.compare(
        desktop, [(starting.BARE, fresh), (starting.HIDDEN, fresh)], ROUNDS
    )
    return [
        _ratio("start until the tray icon stands", ours.milliseconds, bare.milliseconds, "ms"),
        _ratio("memory at rest (PSS)", ours.memory, bare.memory, "MB"),
    ]


def record(desktop: Desktop) -> list[Line]:
    """Compare a long record with none."""
    fresh, full = desktop.folder / "fresh", desktop.folder / "full"
    many.fill(full)
    none, long = starting.compare(
        desktop, [(starting.HIDDEN, fresh), (starting.HIDDEN, full)], ROUNDS
    )
    return [
        _record_ratio("start", long.milliseconds, none.milliseconds, "ms"),
        _record_ratio("memory", long.memory, none.memory, "MB"),
        many.history_window(full, desktop.env),
    ]


def rest(desktop: Desktop) -> list[Line]:
    """Watch it do nothing."""
    with Rig(desktop, "home") as rig:
        return [resting.at_rest(rig)]


def hidden(desktop: Desktop) -> list[Line]:
    """Watch it do next to nothing."""
    with Rig(desktop, "home") as rig:
        return [resting.paused_hidden(rig)]


def frame(desktop: Desktop) -> list[Line]:
    """Measure how soon the window is there."""
    with Rig(desktop, "home") as rig, Eye(desktop.env["DISPLAY"]) as eye:
        window = appearing.Appearing(rig, eye, COMMAND)
        return [window.after_click(), window.after_keys(), window.after_command()]


def command(desktop: Desktop) -> list[Line]:
    """Measure the command line."""
    with Rig(desktop, "home") as rig:
        return [commanding.command_line(rig, COMMAND)]


def breath(desktop: Desktop) -> list[Line]:
    """Measure the animation."""
    with Rig(desktop, "home") as rig, Eye(desktop.env["DISPLAY"]) as eye:
        return [breathing.breathing(rig, eye)]


def still(desktop: Desktop) -> list[Line]:
    """Measure the breathing without motion."""
    with Rig(desktop, "home") as rig:
        return [breathing.reduced_motion(rig)]


PARTS: dict[str, Callable[[Desktop], list[Line]]] = {
    "start": start_and_memory,
    "rest": rest,
    "hidden": hidden,
    "frame": frame,
    "command": command,
    "breath": breath,
    "still": still,
    "record": record,
}


def main(names: list[str]) -> int:
    """Measure and print; exit 0 whether or not all budgets are kept: the table says it."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
        return 2
    # A run that is stopped ends its desktop, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(HEAD, flush=True)
    for name in names or PARTS:
        with Desktop(Parts(reader=False)) as desktop:
            for line in PARTS[name](desktop):
                print(line, flush=True)
    return 0


def _ratio(what: str, ours: float, bare: float, unit: str) -> Line:
    ratio, most = ours / bare, MOST_START if unit == "ms" else MOST_MEMORY
    measured = f"{ratio:.2f} x ({ours:.0f} {unit} against {bare:.0f})"
    return Line(what, measured, f"{most} x a bare PySide6 tray program", ratio <= most)


def _record_ratio(what: str, long: float, none: float, unit: str) -> Line:
    ratio = long / none
    measured = f"{100 * (ratio - 1):+.1f} % ({long:.0f} {unit} against {none:.0f})"
    return Line(
        f"{what}, {many.PAUSES:,} pauses on record", measured, "+ 5 %", ratio <= MOST_RECORD
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
