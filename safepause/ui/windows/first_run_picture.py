"""The picture of the first page: two dots stand together, part to calm down, and meet again.

It is painted once for each size, and nothing in it moves.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from safepause.i18n.language import _
from safepause.ui.theme.palette import DARK, Palette
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.two_dots import paint_dots

WIDTH, HEIGHT = 200, 330
"""The size of the picture in the units of the drawing."""
LEAST = 13.0
"""The least width of the picture, in heights of the system's letters."""
_DOT = 27
_BETWEEN = QRect(42, 112, 116, 106)
"""The room between the two ways and the two times."""
_LEFT, _RIGHT = WIDTH / 2 - 29, WIDTH / 2 + 29


class FirstRunPicture(QWidget):
    """Two dots on their way from the call to the return, and the two times."""

    def __init__(self) -> None:
        """Start without times."""
        super().__init__()
        self._palette: Palette = DARK
        self._times = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_times(self, away: str, back: str) -> None:
        """Show when a pause would begin and end that is called now."""
        self._times = (away, back)
        self.setAccessibleName(
            _("Together at {start}, apart to calm down, together again at {end}").format(
                start=away, end=back
            )
        )
        self.update()

    def use(self, palette: Palette) -> None:
        """Use a palette, and letters of the system's size."""
        self._palette = palette
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that grows with the system's letters."""
        wide = font_size(LEAST)
        return QSize(wide, round(wide * HEIGHT / WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        painter.scale(scale, scale)
        self._paint_ways(painter)
        self._paint_dots(painter, _LEFT, _RIGHT, 34)
        self._paint_dots(painter, _LEFT + 13, _RIGHT - 13, 294)
        self._paint_time(painter, self._times[0], 92, full=False)
        self._paint_time(painter, self._times[1], 238, full=True)
        self._write(painter, _("apart,\nto calm down"), QRectF(_BETWEEN), self._palette.soft)
        painter.end()

    def _paint_ways(self, painter: QPainter) -> None:
        """Paint the two ways, as dotted bows."""
        dots = Qt.PenStyle.DotLine
        painter.setPen(QPen(QColor(self._palette.soft), 2, dots, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for side in (-1, 1):
            way = QPainterPath(QPointF(WIDTH / 2 + side * 42, 64))
            edge = WIDTH / 2 + side * 86
            way.cubicTo(edge, 120, edge, 200, WIDTH / 2 + side * 26, 266)
            painter.drawPath(way)

    def _paint_dots(self, painter: QPainter, left: float, right: float, y: float) -> None:
        teal, sand = (QRectF(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT) for x in (left, right))
        paint_dots(painter, teal, sand, self._palette)

    def _paint_time(self, painter: QPainter, text: str, y: float, *, full: bool) -> None:
        """Paint a time in a frame. The time of the return stands out."""
        wide = max(66.0, 11.0 * len(text))
        frame = QRectF((WIDTH - wide) / 2, y - 15, wide, 30)
        painter.setPen(QPen(QColor(self._palette.soft), 1))
        ground = self._palette.prim if full else self._palette.bg1
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(frame, 15, 15)
        self._write(
            painter, text, frame, self._palette.prim_ink if full else self._palette.ink, bold=True
        )

    def _write(
        self, painter: QPainter, text: str, place: QRectF, colour: str, *, bold: bool = False
    ) -> None:
        font = QFont(self.font())
        font.setPixelSize(15)
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
