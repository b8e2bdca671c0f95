"""Runs the end-to-end tests several times while every core is busy, and lists the failures.

`make test-steady` runs it, or `python -m tests.end2end.steady [TIMES [PYTEST'S ARGUMENTS...]]`.
After a failed run the next one starts. Its pictures and logs are saved in build/steady.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end2end.conftest import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TIMES = 15
FOLDER = KEPT.parent / "steady"
_LOAD = """
import os, sys
while os.getppid() == int(sys.argv[1]):
    for _round in range(1_000_000):
        pass
"""
"""Keeps one core busy, and ends with the process that started it."""
_IDLE = (3, 4)
"""The fields of /proc/stat's first line that count time without work: idle, waiting for a disk."""


@dataclass(frozen=True)
class Run:
    """The result of one run."""

    passed: int
    failed: tuple[str, ...]
    skipped: int
    seconds: float
    busy: float
    """The part of the time in which the cores had work, 0 to 1."""

    def __str__(self) -> str:
        """Return the result as one line."""
        counts = f"{self.passed} passed, {len(self.failed)} failed, {self.skipped} skipped"
        return f"{counts}, {self.seconds:.0f} s, cores {100 * self.busy:.0f} % busy"


def main(arguments: Sequence[str]) -> int:
    """Run the tests. Return 1 if a test failed in one of the runs."""
    times = int(arguments[0]) if arguments else TIMES
    chosen = arguments[1:] or ["tests/end2end"]
    # If the run is stopped, its load ends, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    runs: list[Run] = []
    with _busy_cores() as count:
        print(f"SafePause: {times} runs of the end-to-end tests, with {count} cores kept busy.")
        for number in range(1, times + 1):
            runs.append(_run(FOLDER / f"run-{number}", chosen))
            print(f"SafePause: Run {number}: {runs[-1]}.", flush=True)
    return _tell(runs)


@contextmanager
def _busy_cores() -> Iterator[int]:
    """Keep each core busy with a process."""
    count = len(os.sched_getaffinity(0))
    command = [sys.executable, "-c", _LOAD, str(os.getpid())]
    loads = [subprocess.Popen(command) for _core in range(count)]
    try:
        yield count
    finally:
        for load in loads:
            load.kill()
            load.wait()


def _run(folder: Path, chosen: Sequence[str]) -> Run:
    """Run the tests once. `folder` gets pytest's output, and the files of failed tests."""
    folder.mkdir()
    shutil.rmtree(KEPT, ignore_errors=True)
    said = folder / "pytest.log"
    command = [sys.executable, "-m", "pytest", *chosen, "-q"]
    started, before = time.monotonic(), _core_times()
    with said.open("wb") as log:
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
    spent = [after - early for after, early in zip(_core_times(), before, strict=True)]
    busy = 1 - sum(spent[field] for field in _IDLE) / sum(spent)
    if KEPT.exists():
        shutil.move(KEPT, folder)
    text = said.read_text(encoding="utf-8", errors="replace")
    failed = tuple(re.findall(r"^(?:FAILED|ERROR) (\S+::.*?)(?: - .*)?$", text, re.MULTILINE))
    if code and not failed:
        failed = (f"pytest itself, with exit code {code}",)
    seconds = time.monotonic() - started
    return Run(_count(text, "passed"), failed, _count(text, "skipped"), seconds, busy)


def _count(text: str, what: str) -> int:
    """Return a number from the last line of pytest's output, such as that of "passed"."""
    found = re.search(rf"(\d+) {what}", text.rstrip().rpartition("\n")[2])
    return int(found[1]) if found else 0


def _core_times() -> list[int]:
    """Return the time of all cores so far, by kind."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    return [int(field) for field in first.split()[1:]]


def _tell(runs: Sequence[Run]) -> int:
    """Print the closing figures and every failure."""
    failures = Counter(name for run in runs for name in run.failed)
    whole = sum(not run.failed for run in runs)
    passed = sum(run.passed for run in runs)
    print(f"SafePause: {whole} of {len(runs)} runs without a failure; ", end="")
    print(f"{passed} tests passed, {failures.total()} failed.")
    for name, count in failures.most_common():
        print(f"  {name}: {count} of {len(runs)}")
    if failures:
        print(f"SafePause: What they saw is in {FOLDER}.")
    return 1 if failures or not runs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
