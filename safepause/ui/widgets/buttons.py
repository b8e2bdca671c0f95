"""Push buttons, with a ring around the one that has the keyboard."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from safepause.i18n.heard_words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable


RING, RING_RADIUS = 3, 13
"""The width of the ring, and the radius of its corners, in pixels."""


class ButtonStyle(Enum):
    """How much a button stands out. The style sheet has rules for each value."""

    PLAIN = ""
    PRIMARY = "primary"
    QUIET = "quiet"


class RingButton(QPushButton):
    """A button with a ring while it has the keyboard.

    The style sheet makes a focused button smaller by a margin: the ring stands in it, with a gap.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring in the colour of the window's letters."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.window().palette().windowText(), RING))
        half = RING / 2
        ring = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ring, RING_RADIUS, RING_RADIUS)
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
