"""Draws the pictures of the orb: the background with the ring, the ball, and the words.

The orb keeps each picture until what the picture shows changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QRadialGradient,
)

from safepause.ui.theme.palette import Palette, ground
from safepause.ui.theme.style_sheet import font_size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

RING = 5.0
"""The width of the ring's line, in pixels."""
WORD, HINT = 1.7, 1.1
"""Least sizes of the word and of the hint below it, as multiples of the system's font."""
WORD_PIXELS, WORD_SHARE, HINT_SHARE = 37, 0.105, 0.05
"""The word's least size in pixels, and both sizes as shares of the disc, which grows with the
window. A person reads the word from some steps away."""
_MOST = 0.9
"""The share of the disc that the words may take, so that they stay clear of its outline."""
SMALLEST = 9
"""The least size of letters, in pixels. People can't read smaller ones."""
_SHARES = tuple(share / 100 for share in range(100, 30, -7))
"""Sizes of letters to try, as shares of the wanted ones."""
_STRONG = QFont.Weight.DemiBold
_WRAPS = (0.95, 0.85, 0.7)
"""Widths of lines to try, as shares of the disc's width."""
_ORB2_AT, _RIM_SHARE = 0.9, 0.15
"""The place of the middle colour in the ball, and the share of the third colour in the rim's."""
_CENTRED = (
    Qt.AlignmentFlag.AlignHCenter.value
    | Qt.AlignmentFlag.AlignTop.value
    | Qt.TextFlag.TextWordWrap.value
)


def draw_ground(
    widget: QWidget, ring: QRectF, full: float, share: float | None, palette: Palette
) -> QPixmap:
    """Draw the part of the window's background behind `widget`, and the ring over it.

    A dotted outline shows the full breath, which has the share `full` of the ring's width.
    """
    drawn = _pixmap(widget.size(), widget.devicePixelRatioF())
    painter = QPainter(drawn)
    window = widget.window()
    painter.setBrushOrigin(-widget.mapTo(window, QPoint()))
    painter.fillRect(widget.rect(), ground(palette, QSizeF(window.size())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.line), RING))
    painter.drawEllipse(ring)
    inside = ring.width() * (1 - full) / 2
    painter.setPen(QPen(QColor(palette.soft), 1.5, Qt.PenStyle.DotLine))
    painter.drawEllipse(ring.adjusted(inside, inside, -inside, -inside))
    if share:
        pen = QPen(QColor(palette.orb3), RING)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * share))
    painter.end()
    return drawn


def draw_ball(side: int, ratio: float, palette: Palette) -> QPixmap:
    """Draw the ball, `side` pixels wide, in a transparent square."""
    drawn = _pixmap(QSize(side, side), ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    gradient = QRadialGradient(QPointF(side, side) / 2, side / 2)
    gradient.setColorAt(0, QColor(palette.orb1))
    gradient.setColorAt(_ORB2_AT, QColor(palette.orb2))
    gradient.setColorAt(1, rim_colour(palette))
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawEllipse(QRectF(0, 0, side, side))
    painter.end()
    return drawn


def rim_colour(palette: Palette) -> QColor:
    """Return the colour of the ball's rim."""
    start, end = QColor(palette.orb2), QColor(palette.orb3)
    return QColor.fromRgbF(
        start.redF() + (end.redF() - start.redF()) * _RIM_SHARE,
        start.greenF() + (end.greenF() - start.greenF()) * _RIM_SHARE,
        start.blueF() + (end.blueF() - start.blueF()) * _RIM_SHARE,
    )


@dataclass(frozen=True)
class Words:
    """A picture of words, as high as the words, and the place of its upper left corner."""

    picture: QPixmap
    corner: QPoint


def draw_words(texts: tuple[str, str], disc: QRectF, widget: QWidget, palette: Palette) -> Words:
    """Draw a word and the hint below it, wrapped and centred, inside `disc`."""
    lines = _inside(texts, widget, disc.width())
    width = max((line.width for line in lines), default=0)
    height = sum(line.height for line in lines)
    drawn = _pixmap(QSize(width, height), widget.devicePixelRatioF())
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setPen(QColor(palette.ink))
    top = 0
    for line in lines:
        painter.setFont(line.font)
        painter.drawText(QRect(0, top, width, line.height), _CENTRED, line.text)
        top += line.height
    painter.end()
    middle = disc.center().toPoint()
    return Words(drawn, middle - QPoint(width // 2, height // 2))


class _Line:
    """A text in its font, wrapped at a width, and the room that it takes."""

    def __init__(self, text: str, font: QFont, wrap: int) -> None:
        self.text, self.font = text, fitting(font, text, wrap)
        room = QRect(0, 0, wrap, 0)
        taken = QFontMetrics(self.font).boundingRect(room, _CENTRED, text)
        self.width, self.height = taken.width() + 1, taken.height()


def _inside(texts: tuple[str, str], widget: QWidget, disc: float) -> list[_Line]:
    """Return the texts in the largest letters in which a disc has room for all of them."""
    lines: list[_Line] = []
    disc *= _MOST
    for share in _SHARES:
        for wrap in _WRAPS:
            lines = [
                _Line(text, _font(widget, size * share, weight), max(1, round(disc * wrap)))
                for text, size, weight in (
                    (texts[0], max(WORD_PIXELS, font_size(WORD), disc * WORD_SHARE), _STRONG),
                    (texts[1], max(font_size(HINT), disc * HINT_SHARE), QFont.Weight.Normal),
                )
                if text
            ]
            if _fits(lines, disc):
                return lines
    return lines


def _fits(lines: list[_Line], disc: float) -> bool:
    """Tell whether the corners of all lines, one below the other, are inside a disc."""
    top = -sum(line.height for line in lines) / 2
    for line in lines:
        far = max(abs(top), abs(top + line.height))
        if math.hypot(line.width / 2, far) > disc / 2:
            return False
        top += line.height
    return True


def _font(widget: QWidget, pixels: float, weight: QFont.Weight) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(max(SMALLEST, round(pixels)))
    font.setWeight(weight)
    return font


def fitting(font: QFont, text: str, width: int) -> QFont:
    """Return the font, in a smaller size if a word of the text is wider than `width`."""
    metrics = QFontMetrics(font)
    widest = max(metrics.horizontalAdvance(word) for word in text.split())
    if widest > width:
        font.setPixelSize(max(SMALLEST, font.pixelSize() * width // widest))
    return font


def _pixmap(size: QSize, ratio: float) -> QPixmap:
    drawn = QPixmap((QSizeF(size) * ratio).toSize().expandedTo(QSize(1, 1)))
    drawn.setDevicePixelRatio(ratio)
    return drawn
