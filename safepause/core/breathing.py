"""Breathing guidance: finds the phase of the breath from the technique and the time passed.

Slow breathing with a long exhale lowers arousal modestly (reviews of slow breathing; Balban 2023 on
cyclic sighing). Holds are for healthy people only. Breaths are small, because over-breathing is the
most common harm. 4-7-8 is limited to four breaths.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

SESSION_MINUTES = 5
SHORTEST_MINUTES = 1
LONGEST_MINUTES = 10
GENTLE_SECONDS = 60.0
"""How long the gentle start takes at least. It ends with a whole breath."""
_TOP_UP_FROM = 0.82


class Phase(Enum):
    """A part of a breath."""

    IN = "in"
    TOP_UP = "top_up"
    HOLD_FULL = "hold_full"
    OUT = "out"
    HOLD_EMPTY = "hold_empty"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Technique:
    """A rhythm: phases with their seconds. A technique without phases is unpaced."""

    key: str
    phases: tuple[tuple[Phase, float], ...]
    most_breaths: int | None = None

    @property
    def breath(self) -> float:
        """Seconds of one whole breath; 0 for an unpaced technique."""
        return sum(seconds for _, seconds in self.phases)

    @property
    def has_holds(self) -> bool:
        """Whether a breath is held. Holds are not for everyone, so a health note comes first."""
        return any(phase in (Phase.HOLD_FULL, Phase.HOLD_EMPTY) for phase, _ in self.phases)


def paced(key: str, breathe_in: float, hold: float, out: float, rest: float) -> Technique:
    """Return a rhythm of four lengths in seconds. A hold of 0 seconds is left out."""
    rhythm = (
        (Phase.IN, breathe_in),
        (Phase.HOLD_FULL, hold),
        (Phase.OUT, out),
        (Phase.HOLD_EMPTY, rest),
    )
    return Technique(key, tuple((phase, seconds) for phase, seconds in rhythm if seconds))


SOFT = paced("soft", 4, 0, 6, 0)
EASIER = paced("easier", 3, 0, 4, 0)
LONGER = paced("longer", 3, 0, 7, 0)
EVEN = paced("even", 5, 0, 5, 0)
COHERENT = paced("coherent", 5.5, 0, 5.5, 0)
SIGHING = Technique("sighing", ((Phase.IN, 3.0), (Phase.TOP_UP, 1.0), (Phase.OUT, 8.0)))
BOX = paced("box", 4, 4, 4, 4)
FOUR_SEVEN_EIGHT = Technique(
    "four_seven_eight",
    ((Phase.IN, 4.0), (Phase.HOLD_FULL, 7.0), (Phase.OUT, 8.0)),
    most_breaths=4,
)
NOTICE = Technique("notice", ())

TECHNIQUES = {
    technique.key: technique
    for technique in (
        SOFT,
        EASIER,
        LONGER,
        EVEN,
        COHERENT,
        SIGHING,
        BOX,
        FOUR_SEVEN_EIGHT,
        NOTICE,
    )
}
"""All techniques by key, in the order in which the settings list them."""


@dataclass(frozen=True, slots=True)
class Position:
    """A moment of a session."""

    phase: Phase
    progress: float
    """The share of the phase that has passed, from 0 to 1."""
    fullness: float
    """How full the lungs are, from 0 to 1, eased at both ends. The size of the orb follows it."""
    breath: int
    """The number of the breath, from 0. It stays 0 in an unpaced session."""


@dataclass(frozen=True, slots=True)
class Session:
    """Guided breathing for some minutes. A paced session ends with a whole breath."""

    technique: Technique = SOFT
    minutes: float = SESSION_MINUTES
    gentle_start: bool = False
    """Whether the first minute runs in the easier rhythm."""

    @property
    def lead_breaths(self) -> int:
        """How many breaths the gentle start takes."""
        if not self.gentle_start or not self.technique.phases:
            return 0
        return math.ceil(GENTLE_SECONDS / EASIER.breath)

    @property
    def breaths(self) -> int:
        """How many breaths the session has in all; 0 for an unpaced session."""
        if not self.technique.phases:
            return 0
        lead = self.lead_breaths
        rest = self.minutes * 60 - lead * EASIER.breath
        own = max(0 if lead else 1, round(rest / self.technique.breath))
        return lead + min(own, self.technique.most_breaths or own)

    @property
    def seconds(self) -> float:
        """How long the session lasts. A paced session has a whole number of breaths."""
        if not self.technique.phases:
            return self.minutes * 60
        lead = self.lead_breaths
        return lead * EASIER.breath + (self.breaths - lead) * self.technique.breath

    def at(self, elapsed: float) -> Position | None:
        """Return the position after `elapsed` seconds, or None outside the session."""
        if not 0 <= elapsed < self.seconds:
            return None
        if not self.technique.phases:
            return Position(Phase.NOTICE, elapsed / self.seconds, 0.5, 0)
        lead_seconds = self.lead_breaths * EASIER.breath
        if elapsed < lead_seconds:
            return _within(EASIER, elapsed, first=0)
        return _within(self.technique, elapsed - lead_seconds, first=self.lead_breaths)


def _within(technique: Technique, elapsed: float, first: int) -> Position:
    breath, into = divmod(elapsed, technique.breath)
    starts = accumulate((seconds for _, seconds in technique.phases), initial=0.0)
    begun = [
        (*part, start)
        for part, start in zip(technique.phases, starts, strict=False)
        if start <= into
    ]
    phase, seconds, start = begun[-1]
    progress = min(1.0, (into - start) / seconds)
    return Position(phase, progress, _fullness(technique, phase, progress), first + int(breath))


def _fullness(technique: Technique, phase: Phase, progress: float) -> float:
    eased = (1 - math.cos(math.pi * progress)) / 2
    full = _TOP_UP_FROM if any(part is Phase.TOP_UP for part, _ in technique.phases) else 1.0
    if phase is Phase.IN:
        return full * eased
    if phase is Phase.TOP_UP:
        return full + (1 - full) * eased
    if phase is Phase.OUT:
        return 1 - eased
    return 1.0 if phase is Phase.HOLD_FULL else 0.0
