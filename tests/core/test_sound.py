"""The tones are right as numbers: pitch, loudness, ends without a click, and a whole session."""

from __future__ import annotations

import itertools
from array import array

import pytest

from safepause.core import sound
from safepause.core.breathing import BOX, COHERENT, EASIER, SIGHING, SOFT, Session, Technique

WARM = sound.VOICES["warm"]
PACED = (SOFT, COHERENT, SIGHING, BOX)


@pytest.mark.parametrize("technique", PACED, ids=lambda technique: technique.key)
def test_a_breath_begins_and_ends_in_silence(technique: Technique) -> None:
    """A breath has its exact length, is silent at both ends, and never reaches the limit."""
    samples = sound.one_breath(technique, WARM)
    assert len(samples) == round(technique.breath * sound.RATE)
    assert abs(samples[0]) < 20
    assert abs(samples[-1]) < 20
    assert 5_000 < max(samples) < 32_000


def test_pitch_rises_as_the_lungs_fill() -> None:
    """Full lungs are as many semitones higher as the voice says."""
    for voice in sound.VOICES.values():
        assert voice.pitch(1) / voice.pitch(0) == pytest.approx(2 ** (voice.semitones / 12))
        assert sum(voice.partials) == pytest.approx(1)


def test_a_hold_is_quieter_and_a_rest_is_silent() -> None:
    """While the breath is held the tone is soft. With empty lungs there is none."""
    assert sound.loudness(BOX, 2) == 1
    assert 0 < sound.loudness(BOX, 6) < 0.5
    assert sound.loudness(BOX, 10) == 1
    assert sound.loudness(BOX, 14) == 0
    assert sound.loudness(BOX, 16) == 0
    assert sound.loudness(SIGHING, 3.5) == 1
    assert sound.loudness(SOFT, 4.1) == 1


def test_a_voice_is_heard_for_one_short_breath() -> None:
    """The sample of a voice is one breath that rises and falls, as long as the return's sound."""
    track = sound.sample_track(WARM)
    assert track.whole == round(sound.RETURN_SECONDS * sound.RATE)
    assert (track.lead_breaths, track.breaths) == (0, 1)
    assert [phase.value for phase, _ in sound.SAMPLE.phases] == ["in", "out"]


def test_a_session_is_one_track() -> None:
    """A track has all breaths of a gentle start and of the technique, and silence around them."""
    session = Session(SOFT, 2, gentle_start=True)
    track = sound.track(session, WARM)
    assert track.whole == round(session.seconds * sound.RATE)
    lead = round(EASIER.breath * sound.RATE)
    assert track.samples(lead - 5, 10) == track.lead[-5:] + track.lead[:5]
    led = lead * session.lead_breaths
    assert track.samples(led - 5, 10) == track.lead[-5:] + track.breath[:5]
    assert track.samples(-10, 10) == array("h", bytes(20))
    assert track.samples(track.whole, 10) == array("h", bytes(20))
    assert track.border_after(0) == lead
    assert track.border_after(led) == led + len(track.breath)
    assert track.border_after(-1) is None
    assert track.border_after(track.whole) is None


def test_without_a_gentle_start_all_breaths_are_the_same() -> None:
    """A plain session has no lead."""
    assert not sound.track(Session(SOFT, 1), WARM).lead


def test_the_volume_never_jumps() -> None:
    """From silence to full volume and back, each step is small. Then nothing is changed."""
    loud = array("h", [10_000] * (2 * sound.RATE))
    level = sound.Level()
    rising = level.apply(loud)
    assert rising[0] < 10
    assert rising[-1] == 10_000
    assert level.apply(loud) == loud
    level.seconds, level.wanted = sound.FADE_OUT, 0
    falling = level.apply(loud)
    assert falling[0] > 9_990
    assert falling[-1] == 0
    assert level.apply(loud[:5]) == array("h", bytes(10))
    steps = [abs(b - a) for a, b in itertools.pairwise(falling)]
    assert max(steps) <= 2


def test_the_volume_is_by_ear() -> None:
    """Half the volume has a quarter of the amplitude, for the tones and for the return."""
    quiet = sound.at_volume(WARM, 50)
    assert sum(quiet.partials) == pytest.approx(0.25)
    full, half = sound.return_track(100), sound.return_track(50)
    assert max(half.breath) == pytest.approx(max(full.breath) / 4, abs=2)
    assert full.breath[-1] == 0
    assert full.whole == round(sound.RETURN_SECONDS * sound.RATE)
