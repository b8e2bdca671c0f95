"""Draws the pictures of the orb: the background with the ring, the ball, and the words.

The orb keeps each picture until what the picture shows changes.
"""

from __future__ import annotations

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

RING = 3.0
"""The width of the ring's line, in pixels."""
WORD, HINT = 1.7, 1.1
"""Sizes of the word and of the hint below it, as multiples of the system's font."""
SMALLEST = 9
"""The least size of letters, in pixels. People can't read smaller ones."""
_ORB2_AT, _RIM_SHARE = 0.9, 0.15
"""The place of the middle colour in the ball, and the share of the third colour in the rim's."""
_CENTRED = (
    Qt.AlignmentFlag.AlignHCenter.value
    | Qt.AlignmentFlag.AlignTop.value
    | Qt.TextFlag.TextWordWrap.value
)


def draw_ground(widget: QWidget, ring: QRectF, share: float | None, palette: Palette) -> QPixmap:
    """Draw the part of the window's background behind `widget`, and the ring over it."""
    drawn = _pixmap(widget.size(), widget.devicePixelRatioF())
    painter = QPainter(drawn)
    window = widget.window()
    painter.setBrushOrigin(-widget.mapTo(window, QPoint()))
    painter.fillRect(widget.rect(), ground(palette, QSizeF(window.size())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.line), RING))
    painter.drawEllipse(ring)
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


def draw_words(texts: tuple[str, str], box: QRect, widget: QWidget, palette: Palette) -> Words:
    """Draw a word and the hint below it, wrapped and centred in `box`."""
    lines = [
        _Line(text, fitting(_font(widget, factor, weight), text, box.width()), box)
        for text, factor, weight in (
            (texts[0], WORD, QFont.Weight.Medium),
            (texts[1], HINT, QFont.Weight.Normal),
        )
        if text
    ]
    height = sum(line.height for line in lines)
    drawn = _pixmap(QSize(box.width(), height), widget.devicePixelRatioF())
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setPen(QColor(palette.ink))
    top = 0
    for line in lines:
        painter.setFont(line.font)
        painter.drawText(QRect(0, top, box.width(), line.height), _CENTRED, line.text)
        top += line.height
    painter.end()
    return Words(drawn, QPoint(box.left(), box.center().y() - height // 2))


class _Line:
    """A text, its font, and the height that it takes in a box."""

    def __init__(self, text: str, font: QFont, box: QRect) -> None:
        self.text, self.font = text, font
        self.height = QFontMetrics(font).boundingRect(box, _CENTRED, text).height()


def _font(widget: QWidget, factor: float, weight: QFont.Weight) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(font_size(factor))
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
