"""The page on which a sentence fills the window, to be turned towards the other person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics

from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.ui.pause.page import Page
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from safepause.core.clock import Clock

LARGEST, SMALLEST = 0.16, 20
"""The letters' greatest height as a share of the window's, and their least height in pixels."""
ROOM = 0.9
"""The share of the label that the sentence may take."""
_WRAPPED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value


class SayPage(Page):
    """Shows one sentence in the largest letters for which the window has room."""

    back_requested = Signal()

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_sentence` fills it."""
        super().__init__(clock)
        self.sentence = label()
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.sentence, 1)
        row = self.add_flow(centred=True)
        back = button(_("Done"), self.back_requested.emit, ButtonStyle.PRIMARY)
        row.add(self.kept(back))
        row.add(self.kept(self.hide_button()))
        row.add(self.quick_exit())
        say(self.sentence, "")

    def show_sentence(self, sentence: str) -> None:
        """Show what a person wants to say."""
        say(self.sentence, sentence)
        self._fill()

    def heard(self) -> str:
        """Return what the other person shall read."""
        return sentences(self.sentence.accessibleName())

    def forget(self) -> None:
        """Forget the sentence."""
        super().forget()
        say(self.sentence, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the letters to the window."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        margins = self.column.contentsMargins()
        wide = self.width() - margins.left() - margins.right()
        high = self.height() - margins.top() - margins.bottom() - 3 * self.column.spacing() - 60
        pixels = _fitting(self.sentence.font(), self.sentence.text(), wide, high)
        self.sentence.setStyleSheet(f"font-size: {pixels}px; font-weight: 600;")


def _fitting(font: QFont, text: str, wide: int, high: int) -> int:
    """Return the largest height of letters, in pixels, in which a text fits into a room."""
    for pixels in range(max(SMALLEST, round(high * LARGEST)), SMALLEST, -2):
        sized = QFont(font)
        sized.setPixelSize(pixels)
        sized.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(sized)
        taken = metrics.boundingRect(QRect(0, 0, wide, 0), _WRAPPED, text)
        widest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
        if taken.height() <= high * ROOM and widest <= wide * ROOM:
            return pixels
    return SMALLEST
