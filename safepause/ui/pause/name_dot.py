"""A dot with the first letter of a name, in the colour of one of the two."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from safepause.ui.theme.palette import LIGHT
from safepause.ui.theme.style_sheet import font_size

_ACROSS, _LETTER = 3.0, 0.42
"""The width in heights of the system's letters, and that of the letter as a share of it."""


def initial(name: str) -> str:
    """Return the first letter of a name, with its accents; an emoji whole."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, name)
    end = finder.toNextBoundary()
    units = name.encode("utf-16-le", "surrogatepass")[: 2 * max(0, end)]
    return units.decode("utf-16-le", "replace").upper()


class NameDot(QWidget):
    """A picture. The words beside it name the person."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.letter, self.colour = "", LIGHT.sand
        side = font_size(_ACROSS)
        self.setFixedSize(QSize(side, side))

    def show_name(self, name: str, colour: str) -> None:
        """Show the first letter of a name, or hide without one."""
        self.letter, self.colour = initial(name), colour
        self.setVisible(bool(self.letter))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dot. Both colours are light in every theme, so the letter is dark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(QRectF(self.rect()))
        font = painter.font()
        font.setPixelSize(round(self.width() * _LETTER))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.letter)
        painter.end()
