"""A line of the table, and the figures that it is made of."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Line:
    """One measured thing beside its budget."""

    what: str
    measured: str
    budget: str
    ok: bool

    def __str__(self) -> str:
        """Return the line as Markdown."""
        return f"| {self.what} | {self.measured} | {self.budget} | {'ok' if self.ok else 'over'} |"


HEAD = "| what | measured | at most | |\n|---|---|---|---|"


def median(samples: Sequence[float]) -> float:
    """Return the value in the middle."""
    return statistics.median(samples)


def share(samples: Sequence[float], part: float) -> float:
    """Return the value that `part` of the samples, 0 to 1, do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]
