"""Plays one track beside the breathing, or the sound of the return.

A thread of its own computes the samples, opens the device, waits for the end without a wake-up,
and closes the device: each of that can take long. miniaudio's thread asks for slices of samples.
Nothing here knows Qt, and no caller ever waits.
"""

from __future__ import annotations

import logging
from array import array
from statistics import median
from threading import Event, Thread
from typing import TYPE_CHECKING

from safepause.core.sound import FADE_OUT, RATE, RETURN_SECONDS, Level, Track
from safepause.system.sound.device import LATENCY, BrokenPart, NoSound, open_device

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.clock import Clock
    from safepause.system.sound.device import Device, Samples

SETTLE = 4
"""How many slices are silent: a device that starts asks for them at odd moments."""
_MOST_SHIFT = RATE // 10
"""The most samples by which a track moves between two breaths without a fade, so that it keeps to
the orb."""
_LOOKS = 5
"""How many of the last slices tell that a computer without time for its sound is behind."""
_STARTS = 3.0
"""Seconds that a device may take until it plays the sound of the return."""
_RINGS_OUT = 1.0
"""Seconds after a fade until all is heard."""

log = logging.getLogger(__name__)


class Playing:
    """One sound, from its beginning to its end."""

    def __init__(
        self,
        clock: Clock,
        make: Callable[[], Track],
        began: float | None,
        opener: Callable[[Samples], Device] = open_device,
    ) -> None:
        """Play what `make` computes.

        `began` is when the session began on the monotonic clock. Without it, the sound begins when
        the device is ready.
        """
        self._clock, self._make, self._began, self._opener = clock, make, began, opener
        self._level = Level()
        if began is None:
            self._level.now = 1.0
        self._end = Event()
        self._cut = Event()
        self.fault = ""
        """Why there is no sound; empty while all is well."""
        self.broken = False
        """Whether a part of the program is missing or damaged, so that no further try helps."""
        self.slices = 0
        """How many slices the device has asked for. It stands still if the sound server is dead."""
        self._thread = Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Fade out. Returns at once."""
        self._end.set()

    def close(self, patience: float = 0.5) -> None:
        """End at once, and wait for the device for half a second at most."""
        self._cut.set()
        self._end.set()
        self._thread.join(patience)

    @property
    def over(self) -> bool:
        """Whether the device is closed."""
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            samples = self._samples(self._make())
            next(samples)
            if self._end.is_set():
                return
            device = self._opener(samples)
        except NoSound as error:
            self.broken = isinstance(error, BrokenPart)
            self.fault = str(error) or "no sound"
            log.info("no sound: %s", error)
            return
        except Exception as error:  # the border: a fault of the sound takes nothing else away
            self.fault = str(error) or repr(error)
            log.exception("the sound is broken")
            return
        self._end.wait(None if self._began is not None else RETURN_SECONDS + _STARTS)
        self._level.seconds, self._level.wanted = FADE_OUT, 0.0
        self._cut.wait(FADE_OUT + _RINGS_OUT)
        device.close()

    def _samples(self, track: Track) -> Samples:
        """Give slices of a track. The volume comes and goes evenly."""
        count = yield b""
        for _ in range(SETTLE - 1):
            self.slices += 1
            count = yield bytes(2 * count)
        place = self._heard_now()
        late: list[int] = []
        while True:
            self.slices += 1
            late.append(self._heard_now() - place if self._began is not None else 0)
            behind = round(median(late[-_LOOKS:]))
            if abs(behind) > _MOST_SHIFT and _ends_in(track, place, count):
                found, place = _rest_of_breath(track, place, count), place + count + behind
                count = yield self._level.apply(found)
                self._level.now = 0.0  # the next breath, begun already, comes gently
                late.clear()
            else:
                found, place = _slice(track, place, count, late)
                count = yield self._level.apply(found)

    def _heard_now(self) -> int:
        """Return which sample of the session belongs to the start of this slice."""
        if self._began is None:
            return 0
        return round((self._clock.monotonic() + LATENCY - self._began) * RATE)


def _ends_in(track: Track, place: int, count: int) -> bool:
    """Return whether a breath ends within `count` samples from `place` on."""
    border = track.border_after(place)
    return border is not None and border - place < count


def _rest_of_breath(track: Track, place: int, count: int) -> array[int]:
    """Return the breath's samples from `place` on, and silence after it: `count` in all."""
    border = track.border_after(place) or place
    found = track.samples(place, min(count, border - place))
    found.extend(array("h", bytes(2 * (count - len(found)))))
    return found


def _slice(track: Track, place: int, count: int, late: list[int]) -> tuple[array[int], int]:
    """Return `count` samples from `place` on, and the place after them.

    Between two breaths, where all is silent, the track is put right by how late it was.
    """
    border = track.border_after(place)
    if border is None or border - place >= count:
        return track.samples(place, count), place + count
    shift = max(-_MOST_SHIFT, min(_MOST_SHIFT, round(median(late))))
    late.clear()
    found = track.samples(place, border - place)
    left = count - len(found)
    if shift < 0:
        pause = min(left, -shift)
        found.extend(array("h", bytes(2 * pause)))
        left, shift = left - pause, 0
    found.extend(track.samples(border + shift, left))
    return found, border + shift + left
