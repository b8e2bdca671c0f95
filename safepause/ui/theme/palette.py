"""The colours of SafePause: a light and a dark palette, and the background of every window.

The colours are calm and of low saturation. None of them is red.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QLinearGradient, QPalette

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
    card: str
    prim: str
    prim_ink: str
    orb1: str
    orb2: str
    orb3: str


LIGHT = Palette(
    bg1="#f3f6f4",
    bg2="#e3ecea",
    ink="#24363a",
    soft="#4f666b",
    line="#c9d6d4",
    card="#ccffffff",
    prim="#2f6f73",
    prim_ink="#ffffff",
    orb1="#bfdcd8",
    orb2="#7fb3b3",
    orb3="#4d8f92",
)
DARK = Palette(
    bg1="#16211f",
    bg2="#1b2a2c",
    ink="#e6efec",
    soft="#9db3b2",
    line="#33474a",
    card="#0dffffff",
    prim="#8cc7c3",
    prim_ink="#10201f",
    orb1="#2c4d50",
    orb2="#3f7175",
    orb3="#74b1b0",
)


def palette_for(choice: str) -> Palette:
    """Return the colours for the setting "theme": "system", "light" or "dark"."""
    if choice == "system":
        return DARK if _system_is_dark() else LIGHT
    return DARK if choice == "dark" else LIGHT


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
