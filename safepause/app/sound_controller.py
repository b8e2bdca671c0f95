"""Plays tones beside the breathing, for closed eyes, and a sound at the return, if that is wanted.

It follows the pause window, the prompts and the settings. Nothing here waits, whatever the sound
server does: without a device it is silent, and `doctor` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from safepause.app.voice_sample import VoiceSample
from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.breathing import Session
    from safepause.core.clock import Clock
    from safepause.core.prompt import Prompt
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.system.sound.playing import Playing

LOOK_EVERY_MS = 10_000
"""How long between two looks at the sound, while it plays: about once a breath."""
_TRIES = 2
"""How often the device is opened for one session."""


class Sounds(Protocol):
    """Begins a sound, and returns it. See `system.sound.sounds`."""

    def breathe(
        self, clock: Clock, session: Session, began: float, voice: str, percent: int
    ) -> Playing:
        """Play beside a session that has a rhythm."""
        ...

    def ring(self, clock: Clock, percent: int) -> Playing:
        """Play the sound of the return."""
        ...

    def listen(self, clock: Clock, voice: str, percent: int) -> Playing:
        """Play one short breath in a voice."""
        ...


class SoundController(QObject):
    """The sound of this run."""

    def __init__(
        self, service: PauseService, installed: Callable[[], bool], sounds: Callable[[], Sounds]
    ) -> None:
        """Follow the settings. `sounds` imports what plays, at its first use."""
        super().__init__()
        self._service = service
        self._installed = installed
        self._sounds = sounds
        self._breathing: tuple[Session, float] | None = None
        self._used = self._wanted(service.settings)
        self._playing: Playing | None = None
        self._ring: Playing | None = None
        self._slices = self._tries = 0
        self._fault, self._broken = "", False
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)
        self.heard: Callable[[str], object] = bool
        """Called with why a person who listens hears nothing; with nothing if all is well."""
        self.sample = VoiceSample(service, sounds, self._sampled)
        service.on_settings(CapabilityKey.SOUND, self._use)

    def start(self) -> None:
        """Do nothing. Sound begins with the breathing."""

    def stop(self) -> None:
        """End every sound at once."""
        self._look.stop()
        self.sample.close()
        for each in (self._playing, self._ring):
            if each is not None:
                each.close()
        self._playing = self._ring = None

    @property
    def offered(self) -> bool:
        """Whether tones can be offered here. A device that fails may work at the next breathing."""
        return self._installed() and not self._broken

    def capabilities(self) -> list[Capability]:
        """Say whether sound works here, by the last sound that was played or tried."""
        self._judge(self._playing)
        self._judge_ring()
        advice, available = "", False
        if not self.offered:
            why, advice = self._missing()
        elif self._fault:
            why = _no_answer()
            advice = _("Please check the loudspeaker. SafePause tries again at the next breathing.")
        else:
            why, available = _("Tones for closed eyes, if you want them."), True
        return [Capability(CapabilityKey.SOUND, available=available, why=why, advice=advice)]

    def breathing_began(self, session: Session, began: float) -> None:
        """Play beside a session that began at this moment of the monotonic clock."""
        self._breathing, self._tries = (session, began), 0
        self._play()

    def breathing_ended(self) -> None:
        """Fade out."""
        self._breathing = None
        self._quiet()

    def follow(self, breathing: tuple[Session, float] | None) -> None:
        """Follow the breathing of the pause window: a session and when it began, or its end."""
        if breathing is None:
            self.breathing_ended()
        else:
            self.breathing_began(*breathing)

    def show_prompt(self, prompt: Prompt) -> None:
        """Play the sound of the return, if that is wanted."""
        if prompt.is_return and self._service.settings.flag("return_sound"):
            self.ring()

    def ring(self) -> None:
        """Play the sound of the return once."""
        self._judge_ring()
        if self.offered and self._ring is None:
            percent = self._service.settings.number("volume")
            self._ring = self._sounds().ring(self._service.clock, percent)

    def listen(self, voice: str) -> None:
        """Play a voice for a moment, or tell why not. An empty text ends it."""
        if voice and not self.offered:
            self.heard(" ".join(self._missing()))
            return
        if voice:
            self.heard("")
        self.sample.listen(voice)

    def _sampled(self, sound: Playing, fault: str) -> None:
        """Note whether the device plays, and tell the person who listens."""
        self._broken = self._broken or sound.broken
        self._fault = fault
        missing = " ".join(self._missing()) if self._broken else _no_answer()
        self.heard(missing if fault else "")

    def look(self) -> None:
        """Open the device again if it has stood still. After the session, close it."""
        playing, breathing = self._playing, self._breathing
        if playing is None or breathing is None:
            self._look.stop()
            return
        session, began = breathing
        if self._service.clock.monotonic() - began >= session.seconds:
            self.breathing_ended()
        elif playing.fault or playing.slices == self._slices:
            self._fault = "the sound stood still"
            self._quiet()
            if self._tries < _TRIES:
                self._play()
        else:
            self._judge(playing)
            self._slices = playing.slices

    def _play(self) -> None:
        self._quiet()
        if self._breathing is None or not self._used[0] or not self.offered:
            return
        session, began = self._breathing
        if not session.technique.phases:  # there is no rhythm to hear
            return
        self._tries += 1
        self._slices = 0
        _on, voice, percent = self._used
        self._playing = self._sounds().breathe(self._service.clock, session, began, voice, percent)
        self._look.start()

    def _quiet(self) -> None:
        self._look.stop()
        if self._playing is not None:
            self._judge(self._playing)
            self._playing.end()
            self._playing = None

    def _judge(self, sound: Playing | None) -> None:
        """Remember whether a sound had a fault. Slices since the last look say that it plays."""
        if sound is None:
            return
        self._broken = self._broken or sound.broken
        if sound.fault:
            self._fault = sound.fault
        elif sound.slices > (self._slices if sound is self._playing else 0):
            self._fault = ""

    def _missing(self) -> tuple[str, str]:
        """Return the words for a missing or broken extra, and the advice."""
        missing = _("Its part of SafePause is not installed.")
        why = _("Its part of SafePause does not work here.") if self._broken else missing
        return why, _("Install SafePause with its extra called sound. All else works without it.")

    def _judge_ring(self) -> None:
        """Judge the sound of the return once, when it is over."""
        if self._ring is not None and self._ring.over:
            self._judge(self._ring)
            self._ring = None

    def _use(self, settings: Settings) -> None:
        wanted = self._wanted(settings)
        if wanted != self._used:
            self._used, self._tries = wanted, 0
            self._play()

    @staticmethod
    def _wanted(settings: Settings) -> tuple[bool, str, int]:
        return settings.flag("eyes_closed"), settings.text("voice"), settings.number("volume")


def _no_answer() -> str:
    """Return the words for a device that plays nothing."""
    return _("The sound of this computer does not answer.")
