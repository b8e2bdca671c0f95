"""Start-up and memory, of SafePause and of the bare program, in turn."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import proc
from tests.bench.result import median
from tests.end2end.program import START
from tests.end2end.waiting import Process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.end2end.desktop import Desktop

BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
HIDDEN = (*START, "--hidden")
WARMED_UP = 8.0
"""Seconds after which the app has surely made its window ready, which it begins after 3 s."""
_PATIENCE = 20.0


@dataclass(frozen=True)
class Contender:
    """A program to start."""

    command: Sequence[str]
    home: Path
    """Its data folder."""
    env: Mapping[str, str] = field(default_factory=dict)
    """What its environment has besides the desktop's."""
    settled: float = 0.0
    """Seconds after its start in which it still makes something ready."""


@dataclass
class Starts:
    """The samples of one program."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        """The median time from exec until the tray icon is registered."""
        return median(self.seconds) * 1000

    @property
    def memory(self) -> float:
        """The median memory at rest, in MB."""
        return median(self.megabytes)


def start(
    desktop: Desktop, command: Sequence[str], env: Mapping[str, str]
) -> tuple[Process, float]:
    """Start a program, and return the time until its tray icon is registered."""
    desktop.watch.icons()
    started = time.perf_counter()
    process = Process(command, env, desktop.folder / "bench.log")
    desktop.watch.wait_for_icon(_PATIENCE)
    return process, time.perf_counter() - started


def compare(desktop: Desktop, programs: Sequence[Contender], rounds: int) -> list[Starts]:
    """Start the programs in turn, `rounds` times. The first round fills the caches."""
    samples = [Starts() for _ in programs]
    for number in range(rounds + 1):
        for program, sample in zip(programs, samples, strict=True):
            env = {**desktop.env, **program.env, "SAFEPAUSE_HOME": str(program.home)}
            process, seconds = start(desktop, program.command, env)
            time.sleep(program.settled)
            proc.settle(process.pid)
            if number:
                sample.seconds.append(seconds)
                sample.megabytes.append(proc.memory(process.pid))
            process.stop()
    return samples
