"""A long history: 20,000 pauses, written as the store writes them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from safepause.core.clock import SystemClock
from safepause.core.pause import Ending, Outcome
from safepause.store import open_store
from safepause.store.rows import OUTCOME_COLUMNS, row_of_outcome
from tests.bench.budgets import HISTORY, PAUSES
from tests.bench.result import median

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.bench.result import Line

_FIRST = datetime(2000, 1, 1, 20, 10, tzinfo=UTC)
_HALF_AN_HOUR = timedelta(minutes=30)
_ROUNDS = 5
_INSERT = f"INSERT INTO outcome ({OUTCOME_COLUMNS}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 -- ours


def fill(home: Path) -> None:
    """Make a data folder with `PAUSES` outcomes."""
    home.mkdir(mode=0o700)
    open_store(home, SystemClock())
    (path,) = home.glob("*.sqlite3")
    rows = (row_of_outcome(_outcome(number)) for number in range(PAUSES))
    link = sqlite3.connect(path)
    with link:
        link.executemany(_INSERT, rows)
    link.close()


def history_window(home: Path, env: Mapping[str, str]) -> Line:
    """Measure, in a new process, the time until the history window is painted."""
    command = [sys.executable, "-m", "tests.bench.history", str(home)]
    samples = []
    for _ in range(_ROUNDS):
        done = subprocess.run(command, env=dict(env), check=True, stdout=subprocess.PIPE)
        samples.append(float(json.loads(done.stdout)))
    middle = median(samples)
    return HISTORY.line(f"{middle:.0f} ms", middle)


def _outcome(number: int) -> Outcome:
    started = _FIRST + number * timedelta(hours=11)
    ended = started + _HALF_AN_HOUR + timedelta(minutes=number % 20 - 10)
    ending = Ending.LET_GO if number % 17 == 0 else Ending.RETURNED
    return Outcome(UUID(int=number), started, started + _HALF_AN_HOUR, ended, ending)
