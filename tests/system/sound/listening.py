"""What an ear makes of recorded tones: their pitch, how late they come, and whether they jump."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.core import sound
from safepause.core.sound import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepause.core.breathing import Session
    from safepause.core.sound import Voice

TURNS = 8
"""How many turns of the wave make one look at its pitch."""
LOUD = 0.5
"""The least loudness, of 1, at which a pitch is looked at."""
LATEST = 0.3
"""How late, or early, tones may be found, in seconds."""
FINE = 0.002
"""How exact a moment is found, in seconds."""


def pitches(samples: Sequence[int]) -> list[tuple[float, float]]:
    """Return, for every eight whole turns of the wave, their moment in seconds and pitch in Hz."""
    rises = [
        place - samples[place] / (samples[place] - samples[place - 1])
        for place in range(1, len(samples))
        if samples[place - 1] < 0 <= samples[place]
    ]
    return [
        ((first + last) / 2 / RATE, TURNS * RATE / (last - first))
        for first, last in zip(rises, rises[TURNS:], strict=False)
        if last - first < RATE / 10
    ]


@dataclass(frozen=True)
class Tones:
    """Recorded tones of a session, and what they should be."""

    session: Session
    voice: Voice
    samples: Sequence[int]
    began: float
    """Where in the recording the session began, in seconds. It may be before the recording."""

    def late(self) -> float:
        """Return by how many seconds the tones come late: where they fit the rhythm best."""
        heard = pitches(self.samples)[::TURNS]

        def unlike(late: float) -> float:
            off = self._off(heard, late)
            return sum(each**2 for each in off) / len(off)

        return best_fit(unlike, 0.0, LATEST)

    def off(self, late: float) -> list[float]:
        """Return how many semitones each look at the pitch is off, if the tones come late."""
        return self._off(pitches(self.samples), late)

    def _off(self, heard: list[tuple[float, float]], late: float) -> list[float]:
        moments = ((at - self.began - late, pitch) for at, pitch in heard)
        return [
            12 * math.log2(pitch / self._wanted(into))
            for into, pitch in moments
            if self._loud(into)
        ]

    def _wanted(self, into: float) -> float:
        position = self.session.at(into)
        return self.voice.pitch(position.fullness) if position else math.nan

    def _loud(self, into: float) -> bool:
        rhythm = self.session.technique
        inside = 0 <= into < self.session.seconds
        return inside and sound.loudness(rhythm, into % rhythm.breath) > LOUD


def best_fit(unlike: Callable[[float], float], about: float, around: float) -> float:
    """Return where `unlike` is least, as far as `around` from `about`: roughly, and then finely."""
    step = around / 10
    best = min((about + step * each for each in range(-10, 11)), key=unlike)
    return best if step < FINE else best_fit(unlike, best, step)


def steepest(samples: Sequence[int]) -> int:
    """Return the largest step between two samples. A glitch is a larger one than the wave has."""
    return max((abs(second - first) for first, second in itertools.pairwise(samples)), default=0)


def loudest(samples: Sequence[int], every: float = 0.05) -> list[int]:
    """Return the highest sample of each slice of `every` seconds."""
    count = round(every * RATE)
    return [
        max(map(abs, samples[start : start + count])) for start in range(0, len(samples), count)
    ]
