"""A banner: a framed sentence in a window, and the buttons that answer it."""

from __future__ import annotations

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets import reader
from safepause.ui.widgets.labels import label, say

INSIDE = QMargins(18, 8, 8, 8)
"""The room between the frame and its contents, in pixels."""
_GAP = 12
_LEAST = 12
"""The least width of the sentence, in heights of the system's letters."""


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
        self.hide()

    def add(self, answer: QPushButton) -> None:
        """Add a button at the end."""
        self.row.addWidget(answer)

    def tell(self, sentence: str) -> None:
        """Show a sentence. An empty one hides the banner."""
        say(self._label, sentence)
        self.setVisible(bool(sentence))
        reader.announce_in(self, sentence)

    def height_in(self, width: int) -> int:
        """Return the height of the banner in a window of `width`, in pixels."""
        return 0 if self.isHidden() else self.heightForWidth(width)
