"""Eyes closed, as it is heard: the whole program beside a real PulseAudio without a loudspeaker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.core import sound
from safepause.core.breathing import SOFT, Session
from safepause.core.sound import FADE_IN, FADE_OUT, RATE
from tests.bench import proc
from tests.end2end.clockwork import clockwork
from tests.end2end.orb import OrbWatch
from tests.end2end.waiting import stays, wait_for
from tests.end2end.without import hide
from tests.system.sound.listening import Tones, loudest, pitches, steepest
from tests.system.sound.server import TOOLS, Ear, SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.rig import Rig

pytestmark = [
    pytest.mark.end2end,
    pytest.mark.skipif(not TOOLS, reason="needs PulseAudio"),
]

VOICE = sound.at_volume(sound.VOICES["warm"], 50)
SESSION = Session(SOFT, 1)
ON, OFF = "Eyes closed", "Without tones"
WITHIN = 0.060
"""How far the tones may be from the orb, in seconds."""
SEMITONES = 0.2
"""How far a pitch may be off."""
GENTLE = 0.25
"""The most by which the volume changes in a twentieth of a second, of the highest."""
PAST = timedelta(minutes=31, seconds=30)
"""From a call to just after its return."""
LOOKS = 30.0
"""Seconds within which a dead sound is noticed: two looks, and the time of a busy computer."""


@pytest.fixture
def server(rig: Rig, tmp_path: Path) -> Iterator[SoundServer]:
    """Run a sound server for the program."""
    pytest.importorskip("miniaudio", reason="the extra `sound` has no wheel for this computer")
    made = SoundServer(tmp_path)
    rig.program.env["PULSE_SERVER"] = made.address
    yield made
    made.kill()


@contextmanager
def busy() -> Iterator[None]:
    """Keep all cores busy."""
    command = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(command) for _core in os.sched_getaffinity(0)]
    try:
        yield
    finally:
        for each in others:
            each.kill()
            each.wait()


@contextmanager
def recorded(server: SoundServer) -> Iterator[Ear]:
    """Record what is played."""
    ear = Ear(server)
    try:
        yield ear
    finally:
        ear.stop()


def breathe(rig: Rig) -> float:
    """Begin to breathe in a pause, for a minute. Return about when that began."""
    rig.program.ask("settings", "set", "breathing_minutes", "1")
    rig.program.ask("pause")
    rig.see("Breathe in")
    return time.monotonic()


def threads(pid: int) -> int:
    """Return how many threads the program has that carry its own name, as Qt's do not."""
    folder = Path(f"/proc/{pid}")
    own = (folder / "comm").read_text(encoding="utf-8")
    names = [path.read_text(encoding="utf-8") for path in folder.glob("task/*/comm")]
    return names.count(own)


def plays(pid: int) -> bool:
    """Tell whether the program has loaded what plays."""
    return "miniaudio" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def rests(pid: int) -> bool:
    """Tell whether no thread of the program woke up for a second and a half."""
    return proc.switched(pid, 1.5) == 0


def works(rig: Rig) -> bool:
    """Tell whether doctor says that sound works."""
    return bool(rig.program.capabilities()["sound"]["available"])


def answers_at_once(rig: Rig) -> bool:
    """Tell whether the app, whose window draws in the same thread, answers without a wait."""
    begun = time.monotonic()
    rig.program.status()
    return time.monotonic() - begun < 2


def check_tones(samples: list[int], session_began: float, first: float, last: float) -> None:
    """Check the tones from second to second of a recording: pitch, rhythm, and no glitch."""
    part = samples[round(first * RATE) : round(last * RATE)]
    tones = Tones(SESSION, VOICE, part, session_began - first)
    late = tones.late()
    assert abs(late) <= WITHIN
    off = tones.off(late)
    assert len(off) > 500
    assert max(map(abs, off)) <= SEMITONES
    assert steepest(part) < 1.3 * steepest(sound.one_breath(SOFT, VOICE)), "a glitch"


def check_gentle(samples: list[int]) -> None:
    """Check that the volume never jumps, whatever began or ended."""
    volumes = loudest(samples)
    steps = [abs(after - before) for before, after in pairwise(volumes)]
    assert max(steps) < GENTLE * max(volumes)


def audible(samples: list[int]) -> tuple[float, float]:
    """Return the first and the last second of a recording at which something is heard."""
    heard = [place for place, each in enumerate(samples) if each]
    assert heard, "something is heard"
    return heard[0] / RATE, heard[-1] / RATE


def test_tones_go_with_the_orb(rig: Rig, server: SoundServer) -> None:
    """A click brings tones in the rhythm of the orb on the screen, at rest and under load.

    They come and go gently. Before and after them nothing of the sound is loaded, open or awake.
    """
    pid = rig.start().pid
    about = breathe(rig)
    before = threads(pid)
    assert not plays(pid)
    assert not server.clients(pid)
    quiet, loaded = (OrbWatch(rig.desktop.env["DISPLAY"], rig.see("Breathe")) for _ in range(2))
    with recorded(server) as ear:
        rig.press(ON)
        on = time.monotonic()
        quiet.look(15)
        with busy():
            load = time.monotonic()
            loaded.look(12)
        rig.press(OFF)
        off = time.monotonic()
        wait_for(lambda: not server.clients(pid), "the device is closed")
    wait_for(lambda: threads(pid) == before, "no thread of the sound is left")
    samples, zero = list(ear.samples), ear.began()
    first, last = audible(samples)
    check_gentle(samples)
    assert on - zero < first
    assert first < load - zero - 11
    assert off - zero < last < off - zero + FADE_OUT + 1
    orb = quiet.began(SESSION, about) - zero
    check_tones(samples, orb, first + FADE_IN, load - zero)
    orb = loaded.began(SESSION, about) - zero
    check_tones(samples, orb, load - zero, off - zero)


def test_tones_end_with_the_last_breath(rig: Rig, server: SoundServer) -> None:
    """With the wish kept, tones begin with the breathing, and end with it in silence."""
    pid = rig.start().pid
    rig.program.ask("settings", "set", "eyes_closed", "true")
    before = threads(pid)
    with recorded(server) as ear:
        about = breathe(rig)
        assert wait_for(lambda: server.clients(pid), "the device is open")
        time.sleep(SESSION.seconds - 5)  # nothing but the tones happens
        rig.see("Rest a while", 30)
        wait_for(lambda: not server.clients(pid), "the device is closed")
    samples, zero = list(ear.samples), ear.began()
    first, last = audible(samples)
    end = about - zero + SESSION.seconds
    assert first < about - zero + 3
    assert end - 1 < last < end + 0.5
    check_gentle(samples)
    assert threads(pid) == before
    wait_for(lambda: rests(pid), "the program rests", 30)


def test_the_return_has_a_gentle_sound_of_its_own(rig: Rig, server: SoundServer) -> None:
    """Without the wish the return is silent. With it, two strokes ring out, once."""
    with clockwork(rig) as clock:
        pid = rig.start().pid
        rig.program.ask("pause")
        clock.sleep(PAST)
        rig.see("We're both here")
        assert stays(lambda: not plays(pid), 1)
        rig.program.ask("return")
        rig.program.ask("settings", "set", "return_sound", "true")
        rig.program.ask("pause")
        with recorded(server) as ear:
            clock.sleep(PAST)
            rig.see("We're both here")
            wait_for(lambda: server.clients(pid), "the device is open")
            wait_for(lambda: not server.clients(pid), "the device is closed", 20)
    samples = list(ear.samples)
    first, last = audible(samples)
    assert 3 < last - first < sound.RETURN_SECONDS + 0.5
    stroke = samples[round(first * RATE) : round((first + 0.85) * RATE)]
    off = [abs(pitch / 392 - 1) for at, pitch in pitches(stroke) if at > 0.1]
    assert max(off) < 0.01, "the first stroke doesn't glide, as a breath does"
    assert steepest(samples) < 1.3 * steepest(sound.return_sound(50)), "a glitch"
    assert max(loudest(samples)) < 32_767 / 4, "it is gentle"


def test_a_sound_server_that_dies_blocks_nothing(rig: Rig, server: SoundServer) -> None:
    """After its death there is silence, and a line in doctor. The next breathing has tones."""
    pid = rig.start().pid
    before = threads(pid)
    breathe(rig)
    rig.press(ON)
    wait_for(lambda: server.clients(pid), "the device is open")
    assert works(rig)
    server.kill()
    wait_for(lambda: answers_at_once(rig) and not works(rig), "doctor says so", LOOKS)
    assert rig.sees("Breathe")
    wait_for(lambda: threads(pid) == before, "no thread of the sound is left")
    server.start()
    with recorded(server) as ear:
        rig.press("Hide")
        rig.wait_hidden()
        rig.click_icon()
        rig.see("Breathe")
        wait_for(lambda: any(ear.samples), "tones are heard")
        assert works(rig)
    assert "Traceback" not in rig.program.said


def test_a_sound_server_that_hangs_blocks_nothing(rig: Rig, server: SoundServer) -> None:
    """A server that does not answer holds up no window, no command and no end of the program."""
    running = rig.start()
    breathe(rig)
    server.send(signal.SIGSTOP)
    rig.press(ON)
    rig.see(OFF)
    wait_for(lambda: answers_at_once(rig) and not works(rig), "doctor says so", LOOKS)
    rig.press("Just rest")
    rig.see("Breathe")
    begun = time.monotonic()
    rig.program.ask("quit")
    running.wait()
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("part", ["missing", "broken"])
def test_without_its_part_no_tones_are_offered(rig: Rig, tmp_path: Path, part: str) -> None:
    """Without the extra, or if it is broken, doctor says what helps, and all else works."""
    if part == "broken":
        text = "raise ImportError('no libffi')"
        (tmp_path / "miniaudio.py").write_text(text, encoding="utf-8")
        rig.program.env["PYTHONPATH"] = str(tmp_path)
    else:
        rig.program.env |= hide("miniaudio", tmp_path)
    rig.start()
    breathe(rig)
    if part == "broken":
        rig.press(ON)
    wait_for(lambda: not works(rig), "doctor says so")
    assert "extra called sound" in rig.program.run("doctor").stdout
    wait_for(lambda: not rig.sees(ON) and not rig.sees(OFF), "no tones are offered")
    assert rig.sees("Breathe")
    assert "Traceback" not in rig.program.said
