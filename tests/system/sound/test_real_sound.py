"""The tones as a real sound server plays them: pitch, moment, no glitch, and a server that dies."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from safepause.core import sound
from safepause.core.breathing import Phase, Session, Technique
from safepause.core.clock import SystemClock
from safepause.system.sound import device
from safepause.system.sound.playing import Playing
from tests.system.sound.server import TOOLS, Ear, SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("miniaudio", reason="the extra `sound` has no wheel for this computer")
pytestmark = pytest.mark.skipif(not TOOLS, reason="needs PulseAudio")

PURE = sound.Voice("pure", 220.0, 7, (1.0,))
SHORT = Technique("short", ((Phase.IN, 2.0), (Phase.OUT, 3.0)))
SESSION = Session(SHORT, 2)
LISTENS = 11.0
"""Seconds that are recorded: two breaths, after a device has settled."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Run a sound server for one test."""
    made = SoundServer(tmp_path)
    monkeypatch.setenv("PULSE_SERVER", made.address)
    yield made
    made.kill()


def _heard(server: SoundServer) -> tuple[Ear, float]:
    """Return what is heard of a session, and when it began in the recording, in seconds."""
    clock, ear = SystemClock(), Ear(server)
    began = clock.monotonic()
    playing = Playing(clock, lambda: sound.track(SESSION, PURE), began)
    Event().wait(LISTENS)
    playing.close(5)
    ear.stop()
    assert not playing.fault
    return ear, began - ear.began()


def _pitches(samples: list[int]) -> list[tuple[float, float]]:
    """Return, for each whole turn of the wave, its moment in seconds and its pitch in Hz."""
    rises = [
        place - samples[place] / (samples[place] - samples[place - 1])
        for place in range(1, len(samples))
        if samples[place - 1] < 0 <= samples[place]
    ]
    every = 8
    return [
        ((first + last) / 2 / sound.RATE, every * sound.RATE / (last - first))
        for first, last in zip(rises, rises[every:], strict=False)
        if last - first < sound.RATE / 10
    ]


def _wanted(moment: float) -> float:
    position = SESSION.at(moment)
    return PURE.pitch(position.fullness) if position else math.nan


def _loud(moment: float) -> bool:
    return sound.loudness(SHORT, moment % SHORT.breath) > 0.5


def _shift(pitches: list[tuple[float, float]], began: float) -> float:
    """Return by how many seconds the tones come late: where they fit the rhythm best."""

    def unlike(late: float) -> float:
        each = [
            (12 * math.log2(pitch / _wanted(moment - began - late))) ** 2
            for moment, pitch in pitches
            if moment - began > 5.5 and _loud(moment - began - late)
        ]
        return sum(each) / len(each)

    return min((step / 200 for step in range(-60, 61)), key=unlike)


def _check(ear: Ear, began: float) -> None:
    samples = list(ear.samples)[: round((began + LISTENS - 0.5) * sound.RATE)]  # before the end
    pitches = _pitches(samples)
    late = _shift(pitches, began)
    assert abs(late) <= 0.060
    heard = [(at - began - late, pitch) for at, pitch in pitches if at - began > 5.5]
    off = [12 * math.log2(pitch / _wanted(at)) for at, pitch in heard if _loud(at)]
    assert len(off) > 500
    assert max(map(abs, off)) <= 0.2
    steps = [abs(second - first) for first, second in itertools.pairwise(samples)]
    steepest = 2 * math.pi * PURE.pitch(1) / sound.RATE * max(samples)
    assert max(steps) < 1.3 * steepest, "a glitch"


def test_tones_rise_and_fall_with_the_breath(server: SoundServer) -> None:
    """The pitch is right within 0.2 semitones, and the rhythm within 60 ms, without a glitch."""
    _check(*_heard(server))


def test_a_busy_computer_makes_no_glitch(server: SoundServer) -> None:
    """While four processes keep all cores busy, the tones are as they are at rest."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    try:
        heard = _heard(server)
    finally:
        for each in busy:
            each.kill()
            each.wait()
    _check(*heard)


def test_a_server_that_dies_stops_the_slices(server: SoundServer) -> None:
    """After the death of the sound server no slice is asked for, and closing holds up nobody."""
    clock = SystemClock()
    playing = Playing(clock, lambda: sound.track(SESSION, PURE), clock.monotonic())
    Event().wait(3)
    assert playing.slices > 4
    server.kill()
    Event().wait(1)
    before = playing.slices
    Event().wait(1.5)
    stood = playing.slices == before
    begun = clock.monotonic()
    playing.close()
    assert clock.monotonic() - begun < 2
    assert stood or playing.over


def test_without_a_server_there_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a sound server and a sound card there is a reason, and nothing on standard error."""
    if Path("/dev/snd").exists():
        pytest.skip("this computer has a sound card")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    playing = Playing(SystemClock(), lambda: sound.track(SESSION, PURE), 0.0)
    for _ in range(200):
        if not playing.over:
            Event().wait(0.05)
    assert playing.fault
    assert playing.over
    assert not capfd.readouterr().err
    assert device.LATENCY < 1
