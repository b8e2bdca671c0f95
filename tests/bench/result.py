"""A budget, a line of the table, and the statistics for it."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Budget:
    """What a measured thing may take at most."""

    def __init__(self, what: str, words: str, *most: float) -> None:
        """Keep its name, and its numbers with the words around them."""
        self.what = what
        self.most = most
        self.words = words.format(*most)

    def line(self, measured: str, *values: float) -> Line:
        """Return the line for measured values, which `measured` says, too."""
        ok = all(value <= most for value, most in zip(values, self.most, strict=True))
        return Line(self.what, measured, self.words, ok)

    def times(self, samples: Sequence[float]) -> Line:
        """Return the line for times in milliseconds: their median and 95th percentile."""
        middle, high = median(samples), share(samples, 0.95)
        measured = f"median {middle:.0f} ms, p95 {high:.0f} ms"
        return self.line(measured, middle, high)


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


def median(samples: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(samples)


def share(samples: Sequence[float], part: float) -> float:
    """Return the quantile for `part`, which is from 0 to 1."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]
