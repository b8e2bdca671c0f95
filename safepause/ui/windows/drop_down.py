"""A list of choices that opens at a click. The quick exit works while it is open, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from safepause.ui.windows.quick_exit import ShiftThreeTimes, leave_at_once

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject


class DropDown(QComboBox):
    """A list of choices. The open list is a window of its own, whose keys no other window gets."""

    def __init__(self) -> None:
        super().__init__()
        self._shift = ShiftThreeTimes()

    def showPopup(self) -> None:
        """Open the list, and watch its keys."""
        super().showPopup()
        self.view().installEventFilter(self)

    def hidePopup(self) -> None:
        """Close the list."""
        self.view().removeEventFilter(self)
        super().hidePopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave at Shift, pressed three times."""
        if isinstance(event, QKeyEvent) and self._shift.pressed(event):
            leave_at_once()
            return True
        return super().eventFilter(watched, event)
