"""A quiet sentence across a window: a refusal, or a notice that something could not be saved."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from safepause.ui.pause.page import SIDE
from safepause.ui.widgets.labels import label, say


class Band(QWidget):
    """Takes no room until it is told something."""

    def __init__(self) -> None:
        """Say nothing."""
        super().__init__()
        frame = QFrame()
        frame.setProperty("role", "band")
        self._told = label(role="sub")
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(18, 12, 18, 12)
        inside.addWidget(self._told)
        around = QHBoxLayout(self)
        around.setContentsMargins(SIDE, 16, SIDE, 0)
        around.addWidget(frame)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now, or nothing."""
        return self._told.accessibleName()

    def tell(self, sentence: str) -> None:
        """Show a sentence; nothing takes the band away."""
        say(self._told, sentence)
        self.setVisible(bool(sentence))

    def room(self, width: int) -> int:
        """Return the height that it takes in a window of that width, in pixels."""
        return 0 if self.isHidden() else self.heightForWidth(width)
