"""A card: a frame that groups lines."""

from __future__ import annotations

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

INSIDE = QMargins(20, 16, 20, 16)
"""The room between the frame and its lines, in pixels."""


class Card(QFrame):
    """A frame with lines, or rows, one below the other."""

    def __init__(self, *lines: QWidget | QLayout, inside: QMargins = INSIDE) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(inside)
        self.column.setSpacing(6)
        for line in lines:
            if isinstance(line, QLayout):
                self.column.addLayout(line)
            else:
                self.column.addWidget(line)
