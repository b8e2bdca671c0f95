"""A banner: a framed sentence in a window, and the buttons that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMargins, QSize
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QWidget

from safepause.ui.theme.scale import GAP, MOST_WIDE
from safepause.ui.theme.style_sheet import font_size, letters_sheet, scale_in
from safepause.ui.widgets import reader
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.parts import least_widths
from safepause.ui.widgets.turning import turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

INSIDE = QMargins(18, 8, 8, 8)
"""The room between the frame and its contents, in pixels."""
SMALL_SIDE, SMALL_WIDTH = 20, 680
"""The most room outside the frame, in pixels, in a window that is narrower than this."""
_LEAST = 8
"""The least width of the sentence, in heights of the system's letters."""


class Answer(NamedTuple):
    """What a person can do about a sentence: the words of a button, and what it does."""

    words: str
    act: Callable[[], object]


class Banner(QWidget):
    """A sentence in a frame. An empty banner takes no room."""

    def __init__(
        self, role: str = "", *, around: QMargins | None = None, inside: QMargins = INSIDE
    ) -> None:
        """Start hidden. `around` is the room outside the frame, `role` the role of the label.

        A banner with `around` is as wide as its window, and has letters for which that has room.
        """
        super().__init__()
        frame = QFrame()
        frame.setProperty("role", "banner")
        self._label = label(role=role)
        self._label.setMinimumWidth(font_size(_LEAST))
        self.row: QBoxLayout = QHBoxLayout(frame)
        self.row.setContentsMargins(inside)
        self.row.setSpacing(GAP)
        self.row.addWidget(self._label, 1)
        self._around = around or QMargins()
        self._fits_letters, self._scale = around is not None, 1.0
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(self._around)
        self._outer.addWidget(frame)
        self._answer: QPushButton | None = None
        self._act: Callable[[], object] = bool
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Return the least size. The buttons need not be beside the sentence."""
        widths = least_widths(self.row)
        inside, around = self.row.contentsMargins(), self._outer.contentsMargins()
        margins = inside.left() + inside.right() + around.left() + around.right()
        return QSize(max(widths, default=0) + margins, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in the middle of a wide window. In a narrow one, put the buttons below."""
        super().resizeEvent(event)
        self._fit(event.size().width())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # its height is another one now

    def _fit(self, width: int) -> None:
        """Lay the banner out for a width."""
        scale = scale_in(width) if self._fits_letters else 1.0
        if scale != self._scale:
            self._scale = scale
            self.setStyleSheet(letters_sheet(scale))
        beside = self._around.left()
        side = min(beside, SMALL_SIDE) if width < SMALL_WIDTH else beside
        side = max(side, (width - MOST_WIDE + 1) // 2)
        margins = QMargins(side, self._around.top(), side, self._around.bottom())
        if margins != self._outer.contentsMargins():
            self._outer.setContentsMargins(margins)
        turn(self.row, width - 2 * side)

    def add(self, answer: QPushButton) -> None:
        """Add a button at the end."""
        self.row.addWidget(answer)

    def tell(self, sentence: str, answer: Answer | None = None) -> None:
        """Show a sentence, and its button if there is one. An empty sentence hides the banner."""
        if answer is not None:
            self._offer(answer)
        elif self._answer is not None:
            self._answer.hide()
        say(self._label, sentence)
        self.setVisible(bool(sentence))
        reader.announce_in(self, sentence)

    def _offer(self, answer: Answer) -> None:
        if self._answer is None:
            self._answer = button("", lambda: self._act())  # noqa: PLW0108  -- it changes
            self.row.insertWidget(1, self._answer)
        self._act = answer.act
        self._answer.setText(answer.words)
        self._answer.setAccessibleName(answer.words)
        self._answer.show()

    def height_in(self, width: int) -> int:
        """Return the height of the banner in a window of `width`, in pixels."""
        if self.isHidden():
            return 0
        self._fit(width)
        return self.heightForWidth(width)
