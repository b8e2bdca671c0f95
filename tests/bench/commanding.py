"""The time of a command from exec to exit, compared with a bare interpreter."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.bench.appearing import COMMAND
from tests.bench.budgets import COMMAND as BUDGET
from tests.bench.result import median

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.result import Line
    from tests.end2end.rig import Rig

ROUNDS = 60


def command_line(rig: Rig) -> Line:
    """Compare `safepause pause`, while a pause stands, with `python -c pass`."""
    rig.start()
    rig.program.ask("pause")
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        ours.append(_timed([str(COMMAND), "pause"], rig.program.env))
        bare.append(_timed([sys.executable, "-c", "pass"], rig.program.env))
    ratio = median(ours) / median(bare)
    milliseconds = f"{1000 * median(ours):.1f} ms against {1000 * median(bare):.1f} ms"
    measured = f"{ratio:.2f} x ({milliseconds})"
    return BUDGET.line(measured, ratio)


def _timed(command: Sequence[str], env: Mapping[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
