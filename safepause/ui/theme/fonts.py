"""Whether the letters of a text can be shown: without a font for them, Qt paints boxes."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QTextLayout

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

_NO_GLYPH = 0
"""The index of the box that a font has for letters without a glyph (OpenType's ".notdef")."""


def fonts_capability(text: str) -> Capability:
    """Say whether the computer has fonts for all letters of a text."""
    if _can_show(text):
        why = _("Every letter can be shown.")
        return Capability(CapabilityKey.FONTS, available=True, why=why)
    return Capability(
        CapabilityKey.FONTS,
        available=False,
        why=_("Some letters show as boxes. No font here has them."),
        advice=_("Install fonts for your language, such as fonts-noto-core."),
    )


def _can_show(text: str) -> bool:
    """Lay out a text of several letters as a label does, with all fonts that Qt falls back to.

    Without any font, Qt paints one and the same box for every letter.
    """
    layout = QTextLayout(text, QGuiApplication.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = {glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()}
    return len(glyphs) > 1 and _NO_GLYPH not in glyphs
