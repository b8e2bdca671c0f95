"""The button "Undo a slip", with a small ring that shows how much of its ten seconds is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from safepause.i18n.language import _
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.buttons import ButtonStyle, button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from safepause.ui.theme.palette import Palette

RING, LINE = 1.25, 3.0
"""The ring's width in heights of the system's letters, and the width of its line in pixels."""

GAP = 6
"""The room between the ring and the word, in pixels."""


class UndoRing:
    """The button, and the ring on it. The ring is drawn again only when its share changes."""

    def __init__(
        self,
        palette: Palette,
        clicked: Callable[[], object],
        words: str = "",
        style: ButtonStyle = ButtonStyle.QUIET,
    ) -> None:
        """Call `clicked` when the button is clicked. Without `words` it says "Undo a slip"."""
        self.button: QPushButton = button(words or _("Undo a slip"), clicked, style)
        self._palette = palette
        self._drawn: tuple[object, ...] = ()

    def show_share(self, share: float, palette: Palette | None = None) -> None:
        """Show the share of the ten seconds that is left, from 0 to 1."""
        self._palette = palette or self._palette
        side, ratio = font_size(RING), self.button.devicePixelRatioF()
        drawn = (round(share, 2), side, ratio, self._palette)
        if drawn != self._drawn:
            self._drawn = drawn
            self.button.setIconSize(QSize(side + GAP, side))
            self.button.setIcon(QIcon(_ring(share, side, ratio, self._palette)))


def _ring(share: float, side: int, ratio: float, palette: Palette) -> QPixmap:
    drawn = QPixmap(round((side + GAP) * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = QRectF(LINE / 2, LINE / 2, side - LINE, side - LINE)
    painter.setPen(QPen(QColor(palette.line), LINE))
    painter.drawEllipse(ring)
    painter.setPen(QPen(QColor(palette.soft), LINE))
    painter.drawArc(ring, 90 * 16, round(360 * 16 * share))
    painter.end()
    return drawn
