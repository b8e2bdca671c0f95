"""The button "Eyes closed" beside the breathing."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
