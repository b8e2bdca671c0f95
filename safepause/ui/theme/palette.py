"""The colours of SafePause: light and dark, each with more contrast if that is wanted.

The colours are calm. None of them is red. `tests/ui/theme/test_palette.py` has the contrast of each
pair that meets on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QLinearGradient, QPalette

from safepause.ui.theme.contrast import more_contrast

_MIDDLE = 128
"""The middle of a colour's lightness, which goes from 0 to 255."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme, written for Qt: "#rrggbb" or "#aarrggbb"."""

    bg1: str
    bg2: str
    ink: str
    soft: str
    line: str
    """Between two lines of one card: it may be faint, as it says nothing."""
    edge: str
    """Around what a person can use: buttons, fields, cards."""
    card: str
    prim: str
    prim_ink: str
    orb1: str
    orb2: str
    orb3: str
    teal: str
    """The first of the two dots."""
    sand: str
    """The second of the two dots."""
    warm: str
    """Behind what is for the next morning."""


LIGHT = Palette(
    bg1="#f4f7f5",
    bg2="#e1ebe9",
    ink="#1f3236",
    soft="#4a6166",
    line="#b9cac8",
    edge="#617c7d",
    card="#d9ffffff",
    prim="#2a676b",
    prim_ink="#ffffff",
    orb1="#b7d8d4",
    orb2="#82b6b5",
    orb3="#478a8d",
    teal="#82b6b5",
    sand="#ecd7b6",
    warm="#f8eedd",
)
DARK = Palette(
    bg1="#14201f",
    bg2="#1a2a2c",
    ink="#e8f0ee",
    soft="#a9bebd",
    line="#3a5053",
    edge="#6c8b8f",
    card="#12ffffff",
    prim="#93ccc8",
    prim_ink="#0f201f",
    orb1="#2b4a4d",
    orb2="#3a686b",
    orb3="#7ab8b6",
    teal="#7ab8b6",
    sand="#e3c99f",
    warm="#2f2a20",
)
LIGHT_CONTRAST = Palette(
    bg1="#ffffff",
    bg2="#ffffff",
    ink="#000000",
    soft="#10262a",
    line="#33474a",
    edge="#000000",
    card="#ffffff",
    prim="#00393d",
    prim_ink="#ffffff",
    orb1="#d2ebe8",
    orb2="#9ccfcd",
    orb3="#00565b",
    teal="#00797d",
    sand="#ecd7b6",
    warm="#fff6e6",
)
DARK_CONTRAST = Palette(
    bg1="#000000",
    bg2="#000000",
    ink="#ffffff",
    soft="#e2efed",
    line="#b9cac8",
    edge="#ffffff",
    card="#000000",
    prim="#b6f2ed",
    prim_ink="#000000",
    orb1="#12383b",
    orb2="#1f5458",
    orb3="#9fe6e1",
    teal="#7fd6d2",
    sand="#f3ddb8",
    warm="#1f1a10",
)
PALETTES = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)


def palette_for(choice: str) -> Palette:
    """Return the colours for the setting "theme": "system", "light", "dark" or "contrast"."""
    if choice in {"light", "dark"}:
        return DARK if choice == "dark" else LIGHT
    dark = _system_is_dark()
    if choice == "contrast" or more_contrast():
        return DARK_CONTRAST if dark else LIGHT_CONTRAST
    return DARK if dark else LIGHT


def is_dark(palette: Palette) -> bool:
    """Tell whether the letters of a palette are lighter than its ground."""
    return palette in (DARK, DARK_CONTRAST)


def has_contrast(palette: Palette) -> bool:
    """Tell whether a palette has more contrast than usual."""
    return palette in (LIGHT_CONTRAST, DARK_CONTRAST)


def palette_of_ink(ink: QColor) -> Palette:
    """Return the colours whose letters are `ink`, as a widget knows them from its style sheet."""
    named = {QColor(palette.ink).rgb(): palette for palette in PALETTES}
    return named.get(ink.rgb(), DARK if ink.lightness() >= _MIDDLE else LIGHT)


def _system_is_dark() -> bool:
    scheme = QGuiApplication.styleHints().colorScheme()
    if scheme is not Qt.ColorScheme.Unknown:
        return scheme is Qt.ColorScheme.Dark
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < _MIDDLE


def qt_palette(palette: Palette) -> QPalette:
    """Return the colours for what Qt's own style draws: the style sheet doesn't reach it."""
    made = QPalette(QColor(palette.ink), QColor(palette.bg1))
    made.setColor(QPalette.ColorRole.Base, QColor(palette.bg1))
    made.setColor(QPalette.ColorRole.Highlight, QColor(palette.prim))
    made.setColor(QPalette.ColorRole.HighlightedText, QColor(palette.prim_ink))
    made.setColor(QPalette.ColorRole.PlaceholderText, QColor(palette.soft))
    return made


def ground(palette: Palette, size: QSizeF) -> QLinearGradient:
    """Return the background of a window of `size`: a gradient from top to bottom, a bit slanted."""
    middle = QPointF(size.width() / 2, size.height() / 2)
    reach = size.width() * 0.17 + size.height() * 0.98
    half = QPointF(0.17, 0.98) * (reach / 2)
    gradient = QLinearGradient(middle - half, middle + half)
    gradient.setColorAt(0, QColor(palette.bg1))
    gradient.setColorAt(1, QColor(palette.bg2))
    return gradient
