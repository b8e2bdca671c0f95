"""The orb as a person sees it: how far the breath is in, read from the pixels of the screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from safepause.ui.pause.orb import INSET, LARGEST, SMALLEST
from safepause.ui.pause.orb_painting import RING
from tests.bench.eye import Eye
from tests.system.sound.listening import best_fit

if TYPE_CHECKING:
    from safepause.core.breathing import Session
    from tests.end2end.reader import Thing

EVERY = 0.02
"""Seconds between two looks. The orb has 30 frames a second."""
SURE = 0.01
"""Seconds that a look may take. Of one that takes longer, the moment isn't known."""
OUTSIDE, INSIDE = 1.03, 0.96
"""Where a look begins, and where the ball's edge is looked for: shares of the full breath's width.
The dotted outline lies between them."""
AROUND = 2.0
"""How far from the time that is known already the session may have begun, in seconds."""
FAR = 40
"""The least difference of all channels between the background and the ball."""


class OrbWatch:
    """Looks at the orb for a while."""

    def __init__(self, display: str, orb: Thing) -> None:
        """Look along the line from outside of the full breath down to the smallest ball."""
        self._display = display
        across, middle = orb.middle
        radius = min(orb.width, orb.height) * INSET / 2 - RING
        self._top = (across, round(middle - radius * LARGEST * OUTSIDE))
        self._height = round(radius * (LARGEST * OUTSIDE - SMALLEST))
        self._first = round(radius * LARGEST * (OUTSIDE - INSIDE))
        self.looks: list[tuple[float, int]] = []
        """When the orb was looked at, and how many pixels of the line the ball covered."""

    def look(self, seconds: float) -> None:
        """Look for some seconds."""
        with Eye(self._display) as eye:
            end = time.monotonic() + seconds
            while (before := time.monotonic()) < end:
                seen = eye.column(self._top, self._height)
                if time.monotonic() - before < SURE:
                    self.looks.append((before, self._covered(seen)))
                time.sleep(EVERY)

    def began(self, session: Session, about: float) -> float:
        """Return when the session began that the orb shows, on the monotonic clock.

        It is where the ball fits the session best, near `about`.
        """
        most = self._height * (LARGEST - SMALLEST) / (LARGEST * OUTSIDE - SMALLEST)
        edges = [(at, covered) for at, covered in self.looks if 0 < covered < most * INSIDE]
        assert len(edges) > 100, "the orb moves"

        def unlike(began: float) -> float:
            found = [(session.at(at - began), covered) for at, covered in edges]
            off = [
                (position.fullness - covered / most) ** 2
                for position, covered in found
                if position is not None
            ]
            return sum(off) / len(off)

        return best_fit(unlike, about, AROUND)

    def _covered(self, column: list[int]) -> int:
        """Return how many pixels of a column the ball covers."""
        for place in range(self._first, self._height):
            if _distance(column[place], column[0]) > FAR:
                return self._height - place
        return 0


def _distance(one: int, other: int) -> int:
    return sum(abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) for shift in (0, 8, 16))
