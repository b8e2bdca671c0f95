"""The sound follows the breathing and the settings, and never gets in the way."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from safepause.app.sound_controller import SoundController, Sounds
from safepause.app.voice_sample import LOOKS
from safepause.core.breathing import NOTICE, SOFT, Session
from safepause.core.service import PauseService
from tests.fakes import FakeClock, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from safepause.core.prompt import Prompt

SESSION = Session(SOFT, 1)


class FakePlaying:
    """One sound."""

    def __init__(self, what: str) -> None:
        self.what, self.fault, self.slices = what, "", 1
        self.ended = self.over = self.broken = False

    def end(self) -> None:
        """Note the end."""
        self.ended = True

    def close(self) -> None:
        """Note the end."""
        self.ended = True


class FakeSounds:
    """Notes what is played."""

    def __init__(self) -> None:
        self.played: list[FakePlaying] = []

    def breathe(self, *given: object) -> FakePlaying:
        """Begin tones."""
        return self._add(f"{given[3]} {given[4]}")

    def ring(self, *_given: object) -> FakePlaying:
        """Begin the sound of the return."""
        return self._add("return")

    def listen(self, *given: object) -> FakePlaying:
        """Begin the sample of a voice."""
        return self._add(f"sample {given[1]} {given[2]}")

    def _add(self, what: str) -> FakePlaying:
        self.played.append(FakePlaying(what))
        return self.played[-1]


class Desk:
    """A controller with a fake device."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.service = PauseService(self.clock, MemoryStore())
        self.sounds, self.installed = FakeSounds(), True
        self.controller = SoundController(
            self.service, lambda: self.installed, lambda: cast("Sounds", self.sounds)
        )
        self.heard: list[str] = []
        self.controller.heard = self.heard.append

    def works(self) -> bool:
        """Return whether doctor says that sound works."""
        (line,) = self.controller.capabilities()
        return line.available

    @property
    def last(self) -> FakePlaying:
        """The sound that began last."""
        return self.sounds.played[-1]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:  # noqa: ARG001  -- Qt's application
    """Return a controller that is stopped after the test."""
    made = Desk()
    yield made
    made.controller.stop()


def test_sound_is_off_by_default(desk: Desk) -> None:
    """Without a wish there are no tones."""
    desk.controller.follow((SESSION, 0.0))
    assert not desk.sounds.played


def test_tones_come_with_the_wish_and_go_with_the_breathing(desk: Desk) -> None:
    """The button brings the tones at once. They fade when the breathing leaves the screen."""
    desk.controller.follow((SESSION, 0.0))
    desk.service.set("eyes_closed", value=True)
    assert desk.last.what == "warm 50"
    desk.controller.follow(None)
    assert desk.last.ended


def test_another_voice_is_heard_at_once(desk: Desk) -> None:
    """A changed voice begins, and the one before fades."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((SESSION, 0.0))
    desk.service.set("voice", "deep")
    first, second = desk.sounds.played
    assert first.ended
    assert second.what == "deep 50"


def test_just_notice_and_a_missing_extra_are_silent(desk: Desk) -> None:
    """What has no rhythm has no tone. Without the extra nothing is played, and doctor says so."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((Session(NOTICE, 1), 0.0))
    desk.installed = False
    desk.controller.follow((SESSION, 0.0))
    desk.controller.ring()
    assert not desk.sounds.played
    (line,) = desk.controller.capabilities()
    assert not line.available
    assert line.advice


def test_a_device_that_stands_still_is_opened_once_more(desk: Desk) -> None:
    """A dead sound server is tried twice a session. Then there is silence, and a line in doctor."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((SESSION, 0.0))
    desk.controller.look()
    assert desk.controller.capabilities()[0].available
    desk.controller.look()
    first, second = desk.sounds.played
    assert first.ended
    second.fault = "no device"
    desk.controller.look()
    assert len(desk.sounds.played) == 2
    assert second.ended
    assert not desk.controller.capabilities()[0].available


def test_a_short_try_is_told_of_at_once(desk: Desk) -> None:
    """Doctor knows of a device that did not open, without a wait, and after the breathing, too."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((SESSION, 0.0))
    desk.last.slices, desk.last.fault = 0, "no device"
    assert not desk.works()
    desk.controller.follow((SESSION, 0.0))
    assert desk.works()
    desk.last.slices, desk.last.fault = 0, "no device"
    desk.controller.follow(None)
    assert not desk.works()


def test_what_plays_again_is_well_again(desk: Desk) -> None:
    """After a fault, doctor says that all is well once a device plays: tones or the return."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((SESSION, 0.0))
    desk.last.slices, desk.last.fault = 0, "no device"
    desk.controller.look()
    desk.last.slices = 0
    assert not desk.works()
    desk.last.slices = 3
    desk.controller.look()
    assert desk.works()
    desk.controller.ring()
    desk.last.fault, desk.last.over = "no device", True
    assert not desk.works()
    desk.controller.ring()
    desk.last.over = True
    assert desk.works()


def test_a_broken_part_is_not_offered(desk: Desk) -> None:
    """A part that is installed but broken is not tried again, and doctor says what helps."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((SESSION, 0.0))
    desk.last.slices, desk.last.fault, desk.last.broken = 0, "no libffi", True
    desk.controller.look()
    assert not desk.controller.offered
    assert len(desk.sounds.played) == 1
    (line,) = desk.controller.capabilities()
    assert not line.available
    assert "does not work" in line.why
    assert "Install" in line.advice


def test_the_tones_end_with_the_session(desk: Desk) -> None:
    """After the last breath the device is closed, and no timer runs."""
    desk.service.set("eyes_closed", value=True)
    desk.controller.follow((SESSION, desk.service.clock.monotonic()))
    desk.clock.move(seconds=SESSION.seconds)
    desk.controller.look()
    assert desk.last.ended


def test_the_return_has_a_sound_if_wanted(desk: Desk) -> None:
    """The return sounds once, only if the two want it."""
    due = cast("Prompt", SimpleNamespace(is_return=True))
    desk.controller.show_prompt(due)
    assert not desk.sounds.played
    desk.service.set("return_sound", value=True)
    desk.controller.show_prompt(due)
    desk.controller.show_prompt(due)
    assert [each.what for each in desk.sounds.played] == ["return"]


def test_a_voice_is_heard_at_the_set_volume(desk: Desk) -> None:
    """A sample plays in the asked voice. The one before fades, and an empty voice ends it."""
    desk.service.set("volume", 80)
    desk.controller.listen("deep")
    desk.controller.listen("clear")
    first, second = desk.sounds.played
    assert (first.what, second.what) == ("sample deep 80", "sample clear 80")
    assert [first.ended, second.ended] == [True, False]
    desk.controller.listen("")
    assert [first.ended, second.ended] == [True, True]
    assert desk.heard == ["", ""]
    assert len(desk.sounds.played) == 2


def test_a_device_that_plays_is_looked_at_once(desk: Desk) -> None:
    """The device that asks for sound is left alone, and the sentence of a fault goes."""
    desk.controller.listen("warm")
    desk.controller.sample.look()
    assert desk.heard == ["", ""]
    desk.controller.sample.look()
    assert not desk.last.ended


@pytest.mark.parametrize("fault", ["no device", ""])
def test_a_sample_without_a_device_is_said(desk: Desk, fault: str) -> None:
    """Without a device, or with one that never starts, a sentence says so, and doctor, too."""
    desk.controller.listen("warm")
    desk.last.slices, desk.last.fault = 0, fault
    for _look in range(LOOKS):
        desk.controller.sample.look()
    assert desk.heard == ["", "The sound of this computer does not answer."]
    assert desk.last.ended
    assert not desk.controller.capabilities()[0].available
    desk.controller.sample.look()
    desk.controller.listen("warm")
    desk.controller.sample.look()
    assert desk.controller.capabilities()[0].available


def test_a_sample_needs_the_extra(desk: Desk) -> None:
    """Without the extra, a sentence says what to install. Nothing is played."""
    desk.installed = False
    desk.controller.listen("warm")
    (said,) = desk.heard
    assert said.startswith("Its part of SafePause is not installed. Install SafePause with")
    assert not desk.sounds.played


def test_a_sample_of_a_broken_part_is_said(desk: Desk) -> None:
    """If the part that plays is broken, a sentence says what to install."""
    desk.controller.listen("warm")
    desk.last.fault, desk.last.broken = "it can't be loaded", True
    desk.controller.sample.look()
    desk.controller.listen("deep")
    assert len(desk.sounds.played) == 1
    assert [said[:41] for said in desk.heard] == [
        "",
        *["Its part of SafePause does not work here."] * 2,
    ]


def test_the_end_of_the_program_ends_the_sample(desk: Desk) -> None:
    """The sample of a voice does not outlive the program."""
    desk.controller.listen("warm")
    desk.controller.stop()
    assert desk.last.ended
