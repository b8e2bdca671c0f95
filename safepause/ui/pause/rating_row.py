"""A row of round buttons with the numbers from 0 to 10, of which a person chooses one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from safepause.core.calm_check import CALM, STIRRED
from safepause.ui.theme.style_sheet import TARGET, font_size
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_SIZE = 2.6
"""The width of a button, in heights of the system's letters."""
_LEAST_GAP, _GAP = 8, 28
"""The least and the widest gap between two numbers, in pixels."""


class RatingRow(QWidget):
    """A caption, and the numbers below it. The arrow keys move between the numbers."""

    rated = Signal()
    """A number was chosen, see `rating`."""

    def __init__(self, caption: str) -> None:
        """Start without a choice."""
        super().__init__()
        self.setAccessibleName(caption)
        self.rating: int | None = None
        """The number that was chosen."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(caption, "label"))
        self._group = QButtonGroup(self)
        self._row = row = Flow()
        for number in range(CALM, STIRRED + 1):
            made = button(str(number), partial(self._rate, number))
            made.setProperty("look", "number")
            made.setAccessibleName(f"{caption}: {number}")
            made.setCheckable(True)
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            made.setMinimumWidth(max(TARGET, font_size(_SIZE)))
            self._group.addButton(made, number)
            row.add(made)
        column.addLayout(row)

    def clear(self) -> None:
        """Take the choice back, and tell nobody."""
        self.rating = None
        chosen = self._group.checkedButton()
        if chosen is not None:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the numbers over the width. If it is too narrow for one line, use two."""
        super().resizeEvent(event)
        numbers = self._group.buttons()
        free = self.width() - sum(number.sizeHint().width() for number in numbers)
        gap = free // (len(numbers) - 1)
        self._row.setSpacing(max(_LEAST_GAP, min(_GAP, gap)))

    def _rate(self, number: int) -> None:
        self.rating = number
        self.rated.emit()
