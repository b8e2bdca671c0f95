"""Two dots, teal and sand, that part and meet: the sign of SafePause."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QSizePolicy, QWidget

from safepause.ui.theme.palette import LIGHT, Palette

OVERLAP = 0.6
"""How far apart the middles of two dots that met are, in their width."""
_HEIGHT, _WIDTH = 44, 132
_EDGE = 1.5


class TwoDots(QWidget):
    """A picture of two dots. It takes no keys and no clicks, and nothing in it moves by itself."""

    def __init__(self, together: float = 1.0, palette: Palette = LIGHT) -> None:
        """Make a picture. `together` is 0 for two dots that are far apart, and 1 if they met."""
        super().__init__()
        self._together = 0.0
        self._palette = palette
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.come(together)

    @property
    def together(self) -> float:
        """How near the dots are: 0 to 1."""
        return self._together

    def come(self, together: float) -> None:
        """Show the dots nearer, or further apart: 0 to 1."""
        self._together = min(1.0, max(0.0, together))
        self.update()

    def use(self, palette: Palette) -> None:
        """Use other colours."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a line of the picture."""
        return QSize(_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the two dots are whole."""
        return QSize(_HEIGHT * 2, _HEIGHT)

    def dots(self) -> tuple[QRectF, QRectF]:
        """Return where the two dots are."""
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        across = min(room.height(), room.width() / 2)
        apart, met = room.width() - across, across * OVERLAP
        half = (apart + (met - apart) * self._together) / 2
        middle = room.center()
        left, right = middle - QPointF(half, 0), middle + QPointF(half, 0)
        return _around(left, across), _around(right, across)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both dots, the sand one in front: where they meet, both are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._palette.edge), _EDGE))
        teal, sand = self.dots()
        for place, tone, seen in ((teal, self._palette.teal, 255), (sand, self._palette.sand, 215)):
            colour = QColor(tone)
            colour.setAlpha(seen)
            shade = QRadialGradient(place.center(), place.width() * 0.55)
            shade.setColorAt(0, colour.lighter(112))
            shade.setColorAt(1, colour)
            painter.setBrush(shade)
            painter.drawEllipse(place)
        painter.end()


def _around(middle: QPointF, across: float) -> QRectF:
    return QRectF(middle.x() - across / 2, middle.y() - across / 2, across, across)
