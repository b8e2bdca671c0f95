"""A row of round buttons with the numbers from 0 to 10, of which a person chooses one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from safepause.core.calm_check import CALM, STIRRED
from safepause.ui.theme.style_sheet import TARGET, font_size
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.labels import label

_SIZE = 2.6
"""The width of a button, in heights of the system's letters."""
_GAP = 16
"""Between two numbers, in pixels: eleven of them fit into the first size of the window."""


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
        row = Flow()
        row.setSpacing(_GAP)
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

    def _rate(self, number: int) -> None:
        self.rating = number
        self.rated.emit()
