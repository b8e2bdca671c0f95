"""The calm check: how stirred up a person is, and how fast the pulse is.

Both are for this person alone. Nothing here is kept, and nothing depends on it: an advice is no
gate. A rating is a number from 0 (calm) to 10 (very stirred up).
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CALM, STIRRED = 0, 10
"""The lowest and the highest rating."""
STILL_HIGH = 7
"""From this rating on, a body needs more rest, however high the rating was before."""
LOW = 3
"""Up to this rating a person may be calm enough for a talk."""
COUNT_SECONDS = 30
"""How long a person counts heartbeats."""
MOST_BEATS = 120
"""The most beats in `COUNT_SECONDS`: 240 a minute."""
TAP_SECONDS = 15.0
"""How long a person taps along, at least."""
SHORTEST_GAP, LONGEST_GAP = 0.3, 1.5
"""The gaps between two heartbeats, in seconds. Others are slips, and are dropped."""
FAST = 100
"""A pulse that many people have while they are flooded (Gottman): a heuristic, no finding."""


class Advice(Enum):
    """What two ratings advise."""

    CHOOSE = "choose"
    """A rating is missing."""
    CALM = "calm"
    SOFTER = "softer"
    SAME = "same"
    HIGHER = "higher"
    STILL_HIGH = "still_high"


def advise(hottest: int | None, now: int | None) -> Advice:
    """Return what the ratings at the hottest moment and now advise."""
    if hottest is None or now is None:
        return Advice.CHOOSE
    if now > hottest:
        return Advice.HIGHER
    if now >= STILL_HIGH:
        return Advice.STILL_HIGH
    if now <= LOW:
        return Advice.CALM
    return Advice.SOFTER if now < hottest else Advice.SAME


def counted_pulse(beats: int) -> int:
    """Return the beats a minute of a person who counted `beats` in `COUNT_SECONDS`."""
    return round(60 * beats / COUNT_SECONDS)


def tapped_seconds(taps: Sequence[float]) -> float:
    """Return how many seconds of tapping count. `taps` are instants in seconds, in order."""
    return sum(_gaps(taps))


def tapped_pulse(taps: Sequence[float]) -> int | None:
    """Return the beats a minute of a person who tapped along: 60 x (taps - 1) / seconds.

    Return None before `TAP_SECONDS` of taps that count.
    """
    gaps = _gaps(taps)
    # Gaps are differences of large numbers, so that 15 s may come out a little less.
    enough = sum(gaps) >= TAP_SECONDS - 1e-6
    return round(60 * len(gaps) / sum(gaps)) if enough else None


def _gaps(taps: Sequence[float]) -> list[float]:
    gaps = (after - before for before, after in pairwise(taps))
    return [gap for gap in gaps if SHORTEST_GAP <= gap <= LONGEST_GAP]
