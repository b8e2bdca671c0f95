"""A card: a frame that groups lines."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget


def card(*lines: QWidget | QLayout) -> QFrame:
    """Return a card with lines, or rows, one below the other."""
    made = QFrame()
    made.setProperty("role", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(6)
    for line in lines:
        if isinstance(line, QLayout):
            column.addLayout(line)
        else:
            column.addWidget(line)
    return made
