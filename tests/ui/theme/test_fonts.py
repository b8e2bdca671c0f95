"""Whether letters can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepause.core.capability import CapabilityKey
from safepause.ui.theme.fonts import fonts_capability

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("text", ["We come back at 20:40.", "Grüße, Zoë"])
def test_letters_that_a_font_has(qtbot: QtBot, text: str) -> None:
    """Letters of European languages can be shown wherever there is a font."""
    del qtbot
    capability = fonts_capability(text)
    assert (capability.key, capability.available) == (CapabilityKey.FONTS, True)
    assert not capability.advice


@pytest.mark.parametrize("letter", ["\ue123", "\U000fffad"])
def test_a_letter_that_no_font_has(qtbot: QtBot, letter: str) -> None:
    """A letter of no font is told, with what helps, wherever it stands."""
    del qtbot
    for text in (f"{letter} first", f"We come back, {letter}."):
        capability = fonts_capability(text)
        assert not capability.available
        assert "fonts-noto" in capability.advice
