"""The sounds of the program: the tones of a session, one breath in a voice, and the return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core import sound
from safepause.system.sound.playing import Playing

if TYPE_CHECKING:
    from safepause.core.breathing import Session
    from safepause.core.clock import Clock


def breathe(clock: Clock, session: Session, began: float, voice: str, percent: int) -> Playing:
    """Play the tones of a session that began at this moment of the monotonic clock."""
    tones = sound.at_volume(sound.VOICES[voice], percent)
    return Playing(clock, lambda: sound.track(session, tones), began)


def ring(clock: Clock, percent: int) -> Playing:
    """Play the sound of the return once."""
    return Playing(clock, lambda: sound.return_track(percent), None)


def listen(clock: Clock, voice: str, percent: int) -> Playing:
    """Play one short breath in a voice."""
    tones = sound.at_volume(sound.VOICES[voice], percent)
    return Playing(clock, lambda: sound.sample_track(tones), None)
