"""A button as large as a card: a short line, and a clock time below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from safepause.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable

_SIDE, _TOP = 22, 20
"""The room between the frame and the words, in pixels."""


class TimeCard(QPushButton):
    """Offers a time. Its accessible name has both lines."""

    def __init__(
        self, line: str, time: str, clicked: Callable[[], object], *, warm: bool = False
    ) -> None:
        """Call `clicked` at a click. A `warm` card has the colour of the evening."""
        super().__init__()
        self.setProperty("look", "card")
        self.setProperty("warm", warm)
        self.setAccessibleName(f"{line}: {time}" if line else time)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        column.setSpacing(4)
        for text, role in ((line, "sub"), (time, "title")):
            shown = label(text, role)
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            shown.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            column.addWidget(shown)
        column.addStretch(1)
        self.clicked.connect(lambda _checked: clicked())

    def sizeHint(self) -> QSize:
        """Return the size of the words with the room around them."""
        return self._column_size()

    def minimumSizeHint(self) -> QSize:
        """Return the least width of the words. The height follows from the width."""
        column = self.layout()
        least = self._column_size()
        return least if column is None else QSize(least.width(), column.totalMinimumSize().height())

    def _column_size(self) -> QSize:
        column = self.layout()
        if column is None:
            return super().sizeHint()
        wide = column.totalMinimumSize().width()
        return QSize(
            wide, max(column.totalMinimumSize().height(), column.totalHeightForWidth(wide))
        )
