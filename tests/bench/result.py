"""A line of the table, and the statistics for it."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Line:
    """A measurement and its budget."""

    what: str
    measured: str
    budget: str
    ok: bool

    def row(self, before: Line | None = None) -> str:
        """Return the line as Markdown. `before` is an earlier measurement, if there is one."""
        cells = [self.what, *([before.measured] if before else []), self.measured]
        return f"| {' | '.join(cells)} | {self.budget} | {'ok' if self.ok else 'over'} |"


def head(*, before: bool) -> str:
    """Return the first two lines of the table."""
    cells = ["what", *(["before", "now"] if before else ["measured"]), "at most", ""]
    return f"| {' | '.join(cells)} |\n|{'---|' * len(cells)}"


def timing(what: str, samples: Sequence[float], most_median: float, most_p95: float) -> Line:
    """Return the line for times in milliseconds."""
    middle, high = median(samples), share(samples, 0.95)
    measured = f"median {middle:.0f} ms, p95 {high:.0f} ms"
    budget = f"median {most_median:.0f} ms, p95 {most_p95:.0f} ms"
    return Line(what, measured, budget, middle <= most_median and high <= most_p95)


def median(samples: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(samples)


def share(samples: Sequence[float], part: float) -> float:
    """Return the quantile for `part`, which is from 0 to 1."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]
