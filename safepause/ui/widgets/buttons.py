"""Push buttons, with a ring around the one that has the keyboard."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from safepause.i18n.heard_words import spoken
from safepause.ui.theme.scale import RING, RING_CORNER
from safepause.ui.widgets.wrapping import WrappingButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton


class ButtonStyle(Enum):
    """How much a button stands out. The style sheet has rules for each value."""

    PLAIN = ""
    PRIMARY = "primary"
    QUIET = "quiet"


class RingButton(WrappingButton):
    """A button with a ring while it has the keyboard.

    The style sheet makes a focused button smaller by a margin: the ring stands in it, with a gap.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring in the colour of the window's letters."""
        super().paintEvent(event)
        self.paint_ring()

    def paint_ring(self) -> None:
        """Paint the ring, if the button has the keyboard."""
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.window().palette().windowText(), RING))
        half = RING / 2
        ring = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ring, RING_CORNER, RING_CORNER)
        painter.end()


def button(
    text: str, clicked: Callable[[], object], style: ButtonStyle = ButtonStyle.PLAIN
) -> QPushButton:
    """Return a button that calls `clicked`."""
    made = RingButton(text.replace("&", "&&"))
    made.setProperty("look", style.value)
    made.setAccessibleName(spoken(text))
    made.clicked.connect(lambda _checked: clicked())
    return made
