"""Opens the computer's sound device through miniaudio, which is an extra of the program.

No code but this knows miniaudio. Its import takes 50 ms and 10 MB, so it waits for the first tone.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import TYPE_CHECKING, Protocol

from safepause.core.sound import RATE

if TYPE_CHECKING:
    from array import array
    from collections.abc import Generator

    Samples = Generator[array[int] | bytes, int, None]
    """Takes a number of samples, and gives as many. It has begun already."""

PERIOD_MS, PERIODS = 250, 2
"""How long a slice is, and how many wait. Shorter ones wake the computer more often."""
LATENCY = 0.14
"""Seconds until the first sample of a slice is heard. Measured with PulseAudio and PipeWire."""


class NoSound(Exception):  # noqa: N818  -- the name says what happened
    """There is no sound here. The text is the reason, for the log."""


class BrokenPart(NoSound):
    """miniaudio is installed, but does not work here."""


class Device(Protocol):
    """A sound device that plays."""

    def close(self) -> None:
        """Stop at once. This may take a moment."""
        ...


def open_device(samples: Samples) -> Device:
    """Play what the generator gives, until the device is closed. miniaudio's thread asks it.

    Raises:
        NoSound: there is no sound device.
        BrokenPart: miniaudio can't be imported.

    """
    try:
        import miniaudio
    except (ImportError, OSError) as error:
        raise BrokenPart(str(error)) from error
    backends = None
    if sys.platform == "linux":
        _silence_alsa()
        backends = [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA]

    class Playback(miniaudio.PlaybackDevice):  # type: ignore[misc] # miniaudio has no types
        """A device that closes its connection to the sound server, too.

        miniaudio 1.71 leaves it open: after 53 devices the server takes no more.
        """

        def close(self) -> None:
            super().close()
            context, self._context = getattr(self, "_context", None), None
            if context:
                miniaudio.lib.ma_context_uninit(context)

    try:
        device = Playback(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            backends=backends,
            app_name="SafePause",
        )
        device.start(samples)
    except miniaudio.MiniaudioError as error:
        raise NoSound(str(error)) from error
    made: Device = device
    return made


_ignored: list[object] = []


def _silence_alsa() -> None:
    """Keep ALSA from writing two dozen lines on standard error where there is no sound card."""
    name = ctypes.util.find_library("asound") if not _ignored else None
    if name is None:
        return
    nothing = ctypes.CFUNCTYPE(None)(lambda: None)  # ALSA's caller cleans up the arguments
    _ignored.append(nothing)  # ALSA keeps the address
    ctypes.CDLL(name).snd_lib_error_set_handler(nothing)
