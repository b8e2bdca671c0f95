"""The tones for breathing with closed eyes, as numbers: no file and no device.

A tone rises with the in-breath and falls with the out-breath, as the orb grows and shrinks. A few
parameters make a voice. One breath is computed once. It begins and ends in silence, so breaths
follow each other without a click. "Just notice" has no rhythm, and so no tone.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safepause.core.breathing import EASIER, Phase, Session, Technique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RATE = 24_000
"""Samples a second. The highest partial of a voice is far below half of it."""
FADE_IN = 1.5
"""Seconds in which the tones come, wherever in a breath they begin."""
FADE_OUT = 0.8
"""Seconds in which the tones go if they are not wanted any more."""
_EDGE = 0.4
"""Seconds in which a breath's tone comes and goes."""
_HELD = 0.35
"""How loud the tone is while the breath is held, of 1."""
_STEP = 64
"""Samples between two looks at the breath. Pitch and loudness go straight between two looks."""
_PEAK = 32_767 * 0.5
"""The highest sample at full volume. Headroom keeps the tones soft."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How the tones sound."""

    key: str
    lowest: float
    """The pitch of empty lungs, in Hz."""
    semitones: float
    """How far the pitch rises until the lungs are full."""
    partials: tuple[float, ...]
    """How loud the tone and its overtones are; the sum is 1."""

    def pitch(self, fullness: float) -> float:
        """Return the pitch for lungs that are as full as `fullness`, from 0 to 1, in Hz."""
        return self.lowest * 2 ** (self.semitones * fullness / 12)


VOICES = {
    voice.key: voice
    for voice in (
        Voice("warm", 196.0, 7, (0.72, 0.2, 0.08)),
        Voice("clear", 293.66, 7, (0.92, 0.06, 0.02)),
        Voice("deep", 146.83, 5, (0.6, 0.25, 0.15)),
    )
}
"""All voices by key, in the order in which the settings list them."""


def loudness(technique: Technique, into: float) -> float:
    """Return how loud the tone is `into` seconds after a breath began, from 0 to 1."""
    begun = 0.0
    for phase, seconds in technique.phases:
        if into < begun + seconds:
            held = any(each is Phase.HOLD_FULL for each, _ in technique.phases)
            return _loudness(phase, seconds, into - begun, held=held)
        begun += seconds
    return 0.0


def _loudness(phase: Phase, seconds: float, since: float, *, held: bool) -> float:
    if phase is Phase.HOLD_EMPTY:
        return 0.0
    edge = min(_EDGE, seconds / 2)
    if phase is Phase.IN:
        return _eased(since / edge)
    if phase is Phase.OUT:
        begin = _HELD + (1 - _HELD) * _eased(since / edge) if held else 1.0
        return begin * _eased((seconds - since) / edge)
    if phase is Phase.HOLD_FULL:
        return 1 - (1 - _HELD) * _eased(since / edge)
    return 1.0


def _eased(share: float) -> float:
    return (1 - math.cos(math.pi * min(1.0, max(0.0, share)))) / 2


def one_breath(technique: Technique, voice: Voice) -> array[int]:
    """Return the samples of one breath, 16 bits each. This takes a tenth of a second or two."""
    session = Session(technique, technique.breath / 60)
    whole = round(technique.breath * RATE)

    def heard(sample: int) -> tuple[float, float]:
        into = min(sample, whole - 1) / RATE
        position = session.at(into)
        fullness = position.fullness if position else 0.0
        loud = loudness(technique, into) if sample < whole else 0.0
        return voice.pitch(fullness), loud

    return _tone(whole, heard, voice.partials)


def _tone(
    whole: int, heard: Callable[[int], tuple[float, float]], partials: tuple[float, ...]
) -> array[int]:
    """Return a tone whose pitch and loudness at a sample `heard` tells."""
    wave = _wave(partials)
    size, samples, turned = len(wave), array("h"), 0.0
    pitch, loud = heard(0)
    for start in range(0, whole, _STEP):
        count = min(_STEP, whole - start)
        next_pitch, next_loud = heard(start + _STEP)
        turn, more_turn = pitch * size / RATE, (next_pitch - pitch) * size / RATE / _STEP
        peak, more_peak = loud * _PEAK, (next_loud - loud) * _PEAK / _STEP
        for _ in range(count):
            samples.append(int(peak * wave[int(turned) % size]))
            turned += turn
            turn += more_turn
            peak += more_peak
        turned %= size
        pitch, loud = next_pitch, next_loud
    return samples


def _wave(partials: tuple[float, ...]) -> list[float]:
    """Return one turn of a tone with its overtones."""
    size = 4096
    return [
        sum(
            loud * math.sin(2 * math.pi * (number + 1) * place / size)
            for number, loud in enumerate(partials)
        )
        for place in range(size)
    ]


RETURN_SECONDS = 4.0
"""How long the sound of the return is."""
_BELL = ((0.0, 392.0), (0.9, 523.25))
"""The two strokes of the return: when, in seconds, and how high, in Hz. A breath's tone glides."""
_STROKE, _RINGS = 0.02, 0.9
"""Seconds until a stroke is at its loudest, and until it is a third as loud."""


def return_sound(percent: int = 100) -> array[int]:
    """Return the samples of the gentle sound at the return: two strokes that ring out."""
    whole = round(RETURN_SECONDS * RATE)
    strokes = [_stroke(whole, begin, pitch, _by_ear(percent)) for begin, pitch in _BELL]
    return array("h", (sum(each) for each in zip(*strokes, strict=True)))


def _stroke(whole: int, begin: float, pitch: float, share: float) -> array[int]:
    def heard(sample: int) -> tuple[float, float]:
        since = sample / RATE - begin
        if since <= 0:
            return pitch, 0.0
        rings_out = _eased((whole - sample) / RATE)  # nothing is left at the end
        return pitch, 0.5 * min(1.0, since / _STROKE) * math.exp(-since / _RINGS) * rings_out

    return _tone(whole, heard, (0.8 * share, 0.0, 0.2 * share))


@dataclass(frozen=True)
class Track:
    """The sound of a whole session, in samples from its beginning."""

    lead: array[int]
    """One breath of the gentle start; empty if there is none."""
    breath: array[int]
    lead_breaths: int
    breaths: int

    @property
    def whole(self) -> int:
        """How many samples the session has."""
        own = self.breaths - self.lead_breaths
        return len(self.lead) * self.lead_breaths + len(self.breath) * own

    def border_after(self, place: int) -> int | None:
        """Return where the next breath begins after `place`; None before and after the session."""
        led = len(self.lead) * self.lead_breaths
        if not 0 <= place < self.whole:
            return None
        length, first = (len(self.lead), 0) if place < led else (len(self.breath), led)
        return place + length - (place - first) % length

    def samples(self, start: int, count: int) -> array[int]:
        """Return `count` samples from `start` on. Before and after the session is silence."""
        found = array("h")
        while len(found) < count:
            found.extend(self._some(start + len(found), count - len(found)))
        return found

    def _some(self, start: int, most: int) -> array[int]:
        """Return samples up to the end of a breath, `most` at most."""
        led = len(self.lead) * self.lead_breaths
        if start < 0:
            return _silence(min(most, -start))
        if start >= self.whole:
            return _silence(most)
        breath = self.lead if start < led else self.breath
        into = start % len(breath) if start < led else (start - led) % len(breath)
        return breath[into : into + most]


def _silence(count: int) -> array[int]:
    return array("h", bytes(2 * count))


def track(session: Session, voice: Voice) -> Track:
    """Return the sound of a session that has a rhythm."""
    lead = one_breath(EASIER, voice) if session.lead_breaths else array("h")
    breath = one_breath(session.technique, voice)
    return Track(lead, breath, session.lead_breaths, session.breaths)


@dataclass(slots=True)
class Level:
    """The volume, which goes to a new value evenly and never jumps."""

    now: float = 0.0
    wanted: float = 1.0
    """1 or 0: how loud a voice is, is a matter of the voice."""
    seconds: float = FADE_IN
    """How long the way from silence to full volume takes."""

    def apply(self, samples: array[int]) -> array[int]:
        """Return the samples at the volume of their moment."""
        if self.now == self.wanted:
            return samples if self.now else _silence(len(samples))
        step = 1 / (self.seconds * RATE)
        return array("h", (int(volume * each) for volume, each in self._on_the_way(samples, step)))

    def _on_the_way(self, samples: array[int], step: float) -> Iterator[tuple[float, int]]:
        for each in samples:
            if self.now < self.wanted:
                self.now = min(self.wanted, self.now + step)
            else:
                self.now = max(self.wanted, self.now - step)
            yield self.now, each


def return_track(percent: int) -> Track:
    """Return the sound of the return as a track, in the place of a breath."""
    return Track(array("h"), return_sound(percent), 0, 1)


SAMPLE = Technique("sample", ((Phase.IN, 1.8), (Phase.OUT, RETURN_SECONDS - 1.8)))
"""The short breath with which a voice is heard in the settings; as long as the return's sound."""


def sample_track(voice: Voice) -> Track:
    """Return one short breath in a voice."""
    return Track(array("h"), one_breath(SAMPLE, voice), 0, 1)


def at_volume(voice: Voice, percent: int) -> Voice:
    """Return a voice that is as loud as `percent` says, by ear: half of it sounds half as loud."""
    share = _by_ear(percent)
    return replace(voice, partials=tuple(loud * share for loud in voice.partials))


def _by_ear(percent: int) -> float:
    return (percent / 100) ** 2
