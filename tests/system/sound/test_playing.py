"""The slices of a sound, on a device and a clock that the test moves."""

from __future__ import annotations

from array import array
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from safepause.core import sound
from safepause.core.breathing import Phase, Session, Technique
from safepause.core.sound import RATE
from safepause.system.sound.device import LATENCY
from safepause.system.sound.playing import Playing
from tests.fakes import FakeClock
from tests.system.sound.listening import steepest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepause.system.sound.device import Samples

SHORT = Technique("short", ((Phase.IN, 2.0), (Phase.OUT, 3.0)))
TRACK = sound.track(Session(SHORT, 1), sound.VOICES["warm"])
SLICE = RATE // 4


class FakeDevice:
    """A device that asks for a slice whenever the test wants it to."""

    def __init__(self) -> None:
        """Start a sound."""
        self.clock = FakeClock()
        self.began = self.clock.monotonic()
        self.heard = array("h")
        opened: SimpleQueue[Samples] = SimpleQueue()
        self.playing = Playing(
            self.clock, lambda: TRACK, self.began, lambda s: self._open(s, opened)
        )
        self._samples = opened.get(timeout=10)

    def _open(self, samples: Samples, opened: SimpleQueue[Samples]) -> FakeDevice:
        opened.put(samples)
        return self

    def close(self) -> None:
        """Do nothing."""

    def wait(self, seconds: float) -> None:
        """Ask for slices for some seconds."""
        for _ in range(round(4 * seconds)):
            self.slice()

    def slice(self) -> array[int]:
        """Return the next slice, a quarter of a second later."""
        self.clock.move(seconds=0.25)
        found = array("h", bytes(self._samples.send(SLICE)))
        self.heard.extend(found)
        return found

    def wanted(self) -> array[int]:
        """Return the slice that the orb's rhythm has next."""
        into = self.clock.monotonic() + 0.25 + LATENCY - self.began
        return TRACK.samples(round(into * RATE), SLICE)


@pytest.fixture
def device() -> Iterator[FakeDevice]:
    """Return a device that plays."""
    made = FakeDevice()
    yield made
    made.playing.close(5)


def near(one: array[int], other: array[int]) -> bool:
    """Tell whether two slices are the same but for a sample or two in time."""
    off = max(abs(first - second) for first, second in zip(one, other, strict=True))
    return off <= 2 * steepest(other)


def test_the_slices_follow_the_session(device: FakeDevice) -> None:
    """Once a device has settled and the tones have come, each slice is that of its moment."""
    device.wait(4)
    wanted = device.wanted()
    assert any(wanted)
    assert near(device.slice(), wanted)


def test_a_computer_that_stood_still_is_in_step_with_the_next_breath(device: FakeDevice) -> None:
    """A sound that fell behind by a second is right again after one breath, without a click."""
    device.wait(6)
    device.clock.move(seconds=1)
    assert not near(device.slice(), device.wanted())
    device.wait(7)
    wanted = device.wanted()
    assert any(wanted)
    assert near(device.slice(), wanted)
    assert steepest(device.heard) < 1.3 * steepest(TRACK.breath)


def test_a_small_delay_is_made_up_between_two_breaths(device: FakeDevice) -> None:
    """A tenth of a second is made up where all is silent, and the tones need no fade."""
    device.wait(6)
    device.clock.move(seconds=0.08)
    device.wait(5)
    wanted = device.wanted()
    assert any(wanted)
    assert near(device.slice(), wanted)
    assert steepest(device.heard) < 1.3 * steepest(TRACK.breath)
