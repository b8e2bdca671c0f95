"""A banner: a framed sentence in a window, and the buttons that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets import reader
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from collections.abc import Callable

INSIDE = QMargins(18, 8, 8, 8)
"""The room between the frame and its contents, in pixels."""
_GAP = 12
_LEAST = 12
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
        """Start hidden. `around` is the room outside the frame, `role` the role of the label."""
        super().__init__()
        frame = QFrame()
        frame.setProperty("role", "banner")
        self._label = label(role=role)
        self._label.setMinimumWidth(font_size(_LEAST))
        self.row = QHBoxLayout(frame)
        self.row.setContentsMargins(inside)
        self.row.setSpacing(_GAP)
        self.row.addWidget(self._label, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(around or QMargins())
        outer.addWidget(frame)
        self._answer: QPushButton | None = None
        self._act: Callable[[], object] = bool
        self.hide()

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
        return 0 if self.isHidden() else self.heightForWidth(width)
