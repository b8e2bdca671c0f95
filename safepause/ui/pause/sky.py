"""A sun or a moon on its way from the call to the promised time.

The picture stands still. It is painted anew when the place has changed by a pixel: about once a
minute.
"""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient
from PySide6.QtWidgets import QSizePolicy, QWidget

from safepause.ui.theme.style_sheet import font_size

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent

    from safepause.ui.theme.palette import Palette

SUNRISE, SUNSET = 6, 20
"""The hours of the wall clock between which the picture is a sun."""
SUN, MOON = QColor("#f0cd8a"), QColor("#f1e6cf")
GLOW = 2.4
"""How far the glow reaches, in radiuses of the sun or the moon."""
_LEAST, _WANTED = 4.5, 13.0
"""The least size and the usual width, in heights of the system's letters."""
_STARS = ((0.08, 0.30), (0.29, 0.12), (0.57, 0.02), (0.63, 0.25), (0.76, 0.06), (0.9, 0.34))
"""Where stars are, as shares of width and height."""
_DARK = 110
"""Below this lightness of the background, from 0 to 255, there are stars."""


def is_day(local: datetime) -> bool:
    """Tell whether the wall clock shows a time of the sun."""
    return SUNRISE <= local.hour < SUNSET


class Sky(QWidget):
    """The way, the part of it that is over, and the sun or the moon between them."""

    def __init__(self, palette: Palette) -> None:
        """Start with the moon at the beginning of its way."""
        super().__init__()
        self._colours = palette
        self.share = 0.0
        """How much of the time is over, from 0 to 1."""
        self.day = False
        """Whether the picture is a sun."""
        self._reserved = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return self.minimumSizeHint().expandedTo(QSize(font_size(_WANTED), self._reserved))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which the way is no picture."""
        return QSize(font_size(_LEAST), font_size(_LEAST))

    def reserve(self, height: int) -> None:
        """Keep room for a picture of this height."""
        if height != self._reserved:
            self._reserved = height
            self.updateGeometry()

    def set_palette(self, palette: Palette) -> None:
        """Use other colours."""
        if palette != self._colours:
            self._colours = palette
            self.update()

    def show_share(self, share: float, *, day: bool) -> None:
        """Show how much of the time is over, as a sun or as a moon."""
        share = min(1.0, max(0.0, share))
        moved = abs(share - self.share) * max(1, self.width()) >= 1
        if moved or day != self.day:
            self.share, self.day = share, day
            self.update()

    def place(self, share: float) -> QPointF:
        """Return where the sun or the moon is when `share` of the time is over."""
        room, radius = QRectF(self.rect()), self._radius()
        across = (
            share if self.layoutDirection() is not Qt.LayoutDirection.RightToLeft else 1 - share
        )
        height = max(1.0, room.height() - (0.5 + GLOW) * radius - 2)
        left, right = 2 + radius, room.width() - 2 - radius
        return QPointF(
            left + (right - left) * across,
            room.height() - 2 - height * sin(pi * share) - radius / 2,
        )

    def _radius(self) -> float:
        return max(8.0, min(self.height() * 0.13, self.width() * 0.05))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the stars, the way, and the sun or the moon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.day and QColor(self._colours.bg1).lightness() < _DARK:
            self._paint_stars(painter)
        self._paint_way(painter)
        self._paint_light(painter)
        painter.end()

    def _paint_stars(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.soft))
        for across, down in _STARS:
            painter.drawEllipse(QPointF(self.width() * across, self.height() * down + 3), 1.2, 1.2)

    def _paint_way(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ahead = QPen(QColor(self._colours.soft), 2.2)
        ahead.setCapStyle(Qt.PenCapStyle.RoundCap)
        ahead.setDashPattern([0.1, 4.0])
        painter.setPen(ahead)
        painter.drawPath(self._way(self.share, 1))
        painter.setPen(QPen(QColor(self._colours.prim), 2.8))
        painter.drawPath(self._way(0, self.share))

    def _way(self, start: float, end: float) -> QPainterPath:
        path = QPainterPath(self.place(start))
        steps = max(1, round((end - start) * 48))
        for step in range(1, steps + 1):
            path.lineTo(self.place(start + (end - start) * step / steps))
        return path

    def _paint_light(self, painter: QPainter) -> None:
        """Paint a glow and the disc. The ring around the disc shows it on any background."""
        at, radius = self.place(self.share), self._radius()
        colour = SUN if self.day else MOON
        glow = QRadialGradient(at, radius * GLOW)
        for stop, alpha in ((0.0, 150), (0.45, 70), (1.0, 0)):
            glow.setColorAt(stop, QColor(colour.red(), colour.green(), colour.blue(), alpha))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(at, radius * GLOW, radius * GLOW)
        painter.setBrush(colour)
        painter.setPen(QPen(QColor(self._colours.soft), 1.6))
        disc = QPainterPath()
        disc.addEllipse(at, radius, radius)
        if not self.day:
            shadow = QPainterPath()
            shadow.addEllipse(
                at + QPointF(radius * 0.62, -radius * 0.3), radius * 0.86, radius * 0.86
            )
            disc = disc.subtracted(shadow)
        painter.drawPath(disc)
