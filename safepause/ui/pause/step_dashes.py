"""Four dashes that show how far the talk is: those of the steps up to this one are full."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from safepause.core.restart import Step
from safepause.ui.pause.turn_ring import accent
from safepause.ui.theme.style_sheet import font_size

_LONG, _THICK, _GAP = 2.0, 0.4, 0.6
"""The length of a dash, its thickness, and the gap, in heights of the system's letters."""
_QUIET = 70
"""How strong the dash of a step is that is still to come, of 255."""


class StepDashes(QWidget):
    """A picture of the steps. The label beside it says the same in words."""

    def __init__(self) -> None:
        """Show the first step."""
        super().__init__()
        self._step = Step.HELLO
        count = len(Step)
        long, thick = font_size(_LONG), font_size(_THICK)
        self.setFixedSize(QSize(count * long + (count - 1) * font_size(_GAP), thick))

    def show_step(self, step: Step) -> None:
        """Show that the talk is at a step."""
        self._step = step
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a dash for each step, from the start of the line on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        faint = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        faint.setAlpha(_QUIET)
        full, long, high = accent(self), font_size(_LONG), self.height()
        backwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for step in Step:
            painter.setBrush(full if step <= self._step else faint)
            left = step * (long + font_size(_GAP))
            place = self.width() - left - long if backwards else left
            painter.drawRoundedRect(QRectF(place, 0, long, high), high / 2, high / 2)
        painter.end()
