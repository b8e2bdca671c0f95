"""Parts that a new start needs are missing: doctor says so, and nothing starts again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause import assets
from safepause.app.updates import Updates
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.shortcut.binding_lines import KeysOffer
from safepause.i18n import language
from tests.app.updated import window_of

if TYPE_CHECKING:
    import pytest

    from tests.app.running import Program


def test_doctor_says_what_is_missing(wired: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python, Qt or a part of resources/ is gone, or the person's translation is damaged."""

    def program() -> list[Capability]:
        told = wired.app.capabilities()
        return [one for one in told if one.key is CapabilityKey.PROGRAM and not one.available]

    assert program() == []
    for owner, name in ((Updates, "can_start"), (assets, "is_whole"), (language, "is_whole")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, False if owner is Updates else lambda: False)
            (itself,) = program()
        assert itself.why == "A part of SafePause is missing."
        assert itself.advice == "Please install SafePause again."


def test_a_restart_that_can_not_work_is_not_tried(
    wired: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a person asks for it in the settings, a window says why. For a bus nothing is said."""
    monkeypatch.setattr(Updates, "can_start", False)
    assert not wired.app.ending.restart_unseen()
    assert window_of(wired) is None
    wired.app.windows.settings.show_settings()
    window = wired.app.windows.settings.window
    assert window is not None
    window.offer_taken.emit(KeysOffer.RESTART)
    wired.settle()
    shown = window_of(wired)
    assert shown is not None
    assert shown.isVisible()
    ending = wired.app.ending
    assert not wired.left
    assert not ending.again
    assert not ending.for_bus
