"""The button "Eyes closed" beside the breathing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.ports import NotKept
from safepause.ui.pause.eyes_closed import EyesClosed
from tests.app import scenes as s

if TYPE_CHECKING:
    from tests.app.running import Program


def test_the_button_brings_and_takes_tones(wired: Program) -> None:
    """A press keeps the wish for tones, and the button then offers silence."""
    s.paused(wired)
    window = wired.app.flow.window
    assert window is not None
    (choice,) = window.findChildren(EyesClosed)
    service = wired.app.service
    assert choice.text() == "Eyes closed"
    service.set("eyes_closed", value=False)
    choice.click()
    assert service.settings.flag("eyes_closed")
    assert choice.text() == "Without tones"
    choice.click()
    assert not service.settings.flag("eyes_closed")


def test_what_breaks_later_is_not_offered(wired: Program) -> None:
    """The button goes once the tones turn out to be broken, in a window that is open."""
    s.paused(wired)
    window = wired.app.flow.window
    assert window is not None
    (choice,) = window.findChildren(EyesClosed)
    works = True
    wired.app.flow.sound_offered = lambda: works
    s.breathing(wired)
    assert choice.isVisible()
    works = False
    window.refresh()
    assert not choice.isVisible()


def test_a_full_disk_is_told(wired: Program) -> None:
    """A wish for tones that can't be kept is answered with a sentence."""
    s.paused(wired)

    def refuse(*_given: object) -> None:
        raise NotKept("the disk is full")

    wired.patch.setattr(wired.opened.store, "set", refuse)
    (choice,) = wired.window.findChildren(EyesClosed)
    choice.click()
    assert wired.says("the disk is full")
