"""Two dots, teal and sand, that part and meet: the sign of SafePause."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QRadialGradient
from PySide6.QtWidgets import QSizePolicy, QWidget

from safepause.ui.theme.palette import Palette, has_contrast, palette_of_ink

OVERLAP = 0.6
"""How far apart the middles of two dots that met are, in their width."""
FAR = 3
"""How wide the picture is, in widths of a dot."""
LEAST, MOST = 40, 96
"""The width of a dot, in pixels. In less room, nothing is painted."""
_USUAL = 44
_EDGE = 1.5
_LIGHT = 0.5
"""How much white is in the middle of a dot."""
_SEEN = 215
"""How opaque the sand dot is, of 255: it lets the teal one be seen where they meet."""


class TwoDots(QWidget):
    """A picture of two dots. It takes no keys and no clicks, and nothing in it moves by itself.

    Its colours are those of the letters around it.
    """

    def __init__(self, together: float = 1.0, *, fills: bool = False) -> None:
        """Make a picture. `together` is 0 for two dots that are far apart, and 1 if they met.

        One that `fills` takes the room that nothing else takes, and none if there is none.
        """
        super().__init__()
        self._together = 0.0
        self._fills = fills
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        down = QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        self.come(together)

    @property
    def together(self) -> float:
        """How near the dots are: 0 to 1."""
        return self._together

    def come(self, together: float) -> None:
        """Show the dots nearer, or further apart: 0 to 1."""
        self._together = min(1.0, max(0.0, together))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a line of the picture, or no height for one that fills."""
        return QSize(_USUAL * FAR, 0 if self._fills else _USUAL)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the two dots are whole."""
        return QSize(0, 0) if self._fills else QSize(_USUAL * 2, _USUAL)

    def dots(self) -> tuple[QRectF, QRectF]:
        """Return where the two dots are."""
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        across = min(room.height(), room.width() / 2, MOST)
        apart, met = min(room.width(), across * FAR) - across, across * OVERLAP
        half = (apart + (met - apart) * self._together) / 2
        middle = room.center()
        left, right = middle - QPointF(half, 0), middle + QPointF(half, 0)
        return _around(left, across), _around(right, across)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both dots, the sand one in front: where they meet, both are seen."""
        teal, sand = self.dots()
        if teal.width() < LEAST:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters = self.palette().color(QPalette.ColorRole.WindowText)
        paint_dots(painter, teal, sand, palette_of_ink(letters))
        painter.end()


def paint_dots(painter: QPainter, teal: QRectF, sand: QRectF, palette: Palette) -> None:
    """Paint both dots. With more contrast they have an edge."""
    painter.setPen(
        QPen(QColor(palette.edge), _EDGE) if has_contrast(palette) else Qt.PenStyle.NoPen
    )
    for place, tone, seen in ((teal, palette.teal, 255), (sand, palette.sand, _SEEN)):
        colour = QColor(tone)
        shade = QRadialGradient(place.center(), place.width() * 0.55)
        for at, shown in ((0, _lighter(colour)), (1, colour)):
            shown.setAlpha(seen)
            shade.setColorAt(at, shown)
        painter.setBrush(shade)
        painter.drawEllipse(place)


def _lighter(colour: QColor) -> QColor:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    return QColor.fromRgbF(*(part + (1 - part) * _LIGHT for part in parts))


def _around(middle: QPointF, across: float) -> QRectF:
    return QRectF(middle.x() - across / 2, middle.y() - across / 2, across, across)
