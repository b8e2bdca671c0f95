"""The kernel's figures of a process: memory, wake-ups, time on the processor."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_QUIET = 0.5
_NANOSECONDS = 1e9


def memory(pid: int) -> float:
    """Return the proportional set size, in MB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    assert match is not None
    return int(match[1]) / 1024


def switches(pid: int, *, all_kinds: bool = True) -> dict[str, int]:
    """Return the context switches of each thread so far, or only the voluntary ones."""
    kinds = r"^(?:non)?voluntary_ctxt_switches" if all_kinds else r"^voluntary_ctxt_switches"
    counts = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            status = (task / "status").read_text(encoding="utf-8", errors="replace")
            found = re.findall(rf"{kinds}:\s+(\d+)", status, re.MULTILINE)
            counts[task.name] = sum(int(number) for number in found)
    return counts


def switched(pid: int, seconds: float, *, all_kinds: bool = True) -> int:
    """Return the number of context switches during `seconds`.

    A thread that ended in that time woke up at least once, and counts once.
    """
    before = switches(pid, all_kinds=all_kinds)
    time.sleep(seconds)
    after = switches(pid, all_kinds=all_kinds)
    grown = sum(count - before.get(thread, 0) for thread, count in after.items())
    return grown + len(before.keys() - after.keys())


def processor_seconds(pid: int) -> float:
    """Return the time that all threads spent on a processor, to the nanosecond."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        spent += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return spent / _NANOSECONDS


def growth(look: Callable[[], float], seconds: float) -> float:
    """Return by how much a figure grew during `seconds`."""
    before = look()
    time.sleep(seconds)
    return look() - before


def settle(pid: int, limit: float = 10.0) -> None:
    """Wait until a process has done nothing for half a second, `limit` seconds at most."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if switched(pid, _QUIET) == 0:
            return
