"""How long it takes from asking for a pause until the window is painted, seen from the screen."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

from tests.bench.result import Line, median, share
from tests.end2end.desktop import ICON

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.eye import Eye, Place
    from tests.end2end.rig import Rig

ROUNDS = 50
KEYS = ("Control_L", "Alt_L", "p")
MEDIAN_MS, P95_MS = 50.0, 100.0
_INSET = 6
_SETTLED = 0.6
"""Seconds after which a window that came is painted whole."""
_ELSEWHERE = (1200, 700)


class Appearing:
    """One rig's window, made to appear again and again."""

    def __init__(self, rig: Rig, eye: Eye, command: Path) -> None:
        """Start the app, and learn where its window comes and what is painted in its corners.

        `command` is the program that the command line runs.
        """
        self._rig, self._eye, self._command = rig, eye, command
        rig.start()
        self._places: list[Place] = [(0, 0)]
        self._empty: list[int] = []
        self._painted: list[int] = []
        self._learn()

    def after_click(self) -> Line:
        """Measure from the click on the tray icon."""
        self._eye.point(ICON)
        return self._line("tray click until the first frame", self._eye.click)

    def after_keys(self) -> Line:
        """Measure from the moment that the last key of the global shortcut is down."""
        self._eye.point(_ELSEWHERE)
        return self._line("shortcut until the first frame", lambda: self._eye.press(*KEYS))

    def after_command(self) -> Line:
        """Measure from the start of the process `safepause pause`."""
        self._eye.point(_ELSEWHERE)
        return self._line("`safepause pause` until the first frame", self._call)

    def _line(self, what: str, ask: Callable[[], float]) -> Line:
        samples = [1000 * self._sample(ask) for _ in range(ROUNDS)]
        middle, high = median(samples), share(samples, 0.95)
        measured = f"median {middle:.0f} ms, p95 {high:.0f} ms"
        budget = f"median {MEDIAN_MS:.0f} ms, p95 {P95_MS:.0f} ms"
        return Line(what, measured, budget, middle <= MEDIAN_MS and high <= P95_MS)

    def _sample(self, ask: Callable[[], float]) -> float:
        asked = ask()
        seconds = self._eye.wait_for_colours(self._places, self._painted) - asked
        self._take_back()
        return seconds

    def _call(self) -> float:
        started = time.perf_counter()
        command = [str(self._command), "pause"]
        subprocess.run(command, env=self._rig.program.env, check=True, stdout=subprocess.DEVNULL)
        return started

    def _learn(self) -> None:
        self._rig.program.ask("pause")
        window = self._rig.window()
        left, top, width, height = self._rig.screen.place(window)
        right, bottom = left + width - _INSET, top + height - _INSET
        across, down = (left + _INSET, right), (top + _INSET, bottom)
        self._places = [(x, y) for x in across for y in down]
        time.sleep(_SETTLED)
        self._painted = self._eye.colours(self._places)
        self._rig.program.ask("undo")
        self._rig.wait_hidden()
        self._empty = self._eye.colours(self._places)
        if self._empty == self._painted:
            raise RuntimeError("The window can't be told from the empty screen.")

    def _take_back(self) -> None:
        self._rig.program.ask("undo")
        self._eye.wait_for_colours(self._places, self._empty)
        self._rig.wait_hidden()
