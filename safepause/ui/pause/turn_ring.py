"""The ring of a turn: it shows who speaks, and how much of the time is left.

It has no timer and no countdown. The page sets the share, and only a visible page does.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.labels import label, say

_SIZE, _LINE = 11.0, 0.05
"""The diameter in heights of the system's letters, and the width of the line as a share of it."""
_STEPS = 16
"""Qt counts angles in sixteenths of a degree."""
_FULL = 360 * _STEPS
_QUIET = 45
"""How strong the part of the ring is that has passed, of 255."""
_DISC, _TINT = 0.13, 80
"""The room between the ring and its disc, as a share of the width, and the disc's strength."""


class TurnRing(QWidget):
    """A quiet ring around a name."""

    def __init__(self) -> None:
        """Show a full ring without words."""
        super().__init__()
        self.share = 1.0
        """How much of the time is left, from 0 to 1."""
        self.colour = ""
        """What fills the ring; nothing for an empty text."""
        self._name, self._does = label(role="strong"), label(role="label")
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        for line in (self._name, self._does):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addStretch(1)
        side = font_size(_SIZE)
        inset = side // 6
        column.setContentsMargins(inset, inset, inset, inset)
        self.setFixedSize(QSize(side, side))

    def show_words(self, name: str, does: str) -> None:
        """Show who has the turn, and what they do in it."""
        say(self._name, name)
        say(self._does, does)

    def show_colour(self, colour: str) -> None:
        """Fill the ring with the colour of the one who has the turn."""
        self.colour = colour
        self.update()

    def show_share(self, share: float) -> None:
        """Show how much of the time is left."""
        share = min(1.0, max(0.0, share))
        if share != self.share:
            self.share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring, the part that is left above the whole."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() * _LINE
        box = QRectF(self.rect()).adjusted(wide, wide, -wide, -wide)
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        faint = QColor(colour)
        faint.setAlpha(_QUIET)
        pen = QPen(faint, wide)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(box)
        if self.colour:
            self._paint_disc(painter)
        if self.share > 0:
            pen.setColor(accent(self))
            painter.setPen(pen)
            painter.drawArc(box, 90 * _STEPS, -round(_FULL * self.share))
        painter.end()

    def _paint_disc(self, painter: QPainter) -> None:
        tint = QColor(self.colour)
        tint.setAlpha(_TINT)
        inset = self.width() * _DISC
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawEllipse(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        painter.restore()


def accent(widget: QWidget) -> QColor:
    """Return the colour of the main button of a widget's window, or that of its letters."""
    palette = getattr(widget.window(), "_palette", None)
    letters = widget.palette().color(QPalette.ColorRole.WindowText)
    return QColor(palette.prim) if palette is not None else letters
