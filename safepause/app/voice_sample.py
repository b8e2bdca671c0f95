"""Plays a voice for a moment, when a person asks in the settings how it sounds.

Nothing here waits for the device. It is looked at a few times while it starts. `SoundController`
tells the person if it plays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.sound_controller import Sounds
    from safepause.core.service import PauseService
    from safepause.system.sound.playing import Playing

LOOK_EVERY_MS = 250
"""How long between two looks at a device that starts."""
LOOKS = 12
"""How often it is looked at. A device needs three seconds at most."""


class VoiceSample(QObject):
    """One voice at a time, at the volume of the settings."""

    def __init__(
        self,
        service: PauseService,
        sounds: Callable[[], Sounds],
        told: Callable[[Playing, str], object],
    ) -> None:
        """Call `told` with the fault of a device that plays nothing, and with "" if it plays."""
        super().__init__()
        self._service = service
        self._sounds = sounds
        self._told = told
        self._playing: Playing | None = None
        self._looks = 0
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)

    def listen(self, voice: str) -> None:
        """Play a voice instead of the one before; an empty text ends that one alone."""
        self.end()
        if not voice:
            return
        percent = self._service.settings.number("volume")
        self._playing = self._sounds().listen(self._service.clock, voice, percent)
        self._looks = 0
        self._look.start()

    def end(self) -> None:
        """Fade out."""
        self._look.stop()
        if self._playing is not None:
            self._playing.end()
            self._playing = None

    def close(self) -> None:
        """End at once."""
        self._look.stop()
        if self._playing is not None:
            self._playing.close()
            self._playing = None

    def look(self) -> None:
        """Tell whether the device plays."""
        playing = self._playing
        self._looks += 1
        if playing is None:
            self._look.stop()
        elif playing.fault or (self._looks >= LOOKS and not playing.slices):
            self.end()
            self._told(playing, playing.fault or "the sound did not start")
        elif playing.slices:
            self._look.stop()
            self._told(playing, "")
