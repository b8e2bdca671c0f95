"""Rows that stand side by side if there is room, and one below the other if there is not."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout

from safepause.ui.widgets.parts import least_widths


def turn(row: QBoxLayout, room: int) -> None:
    """Lay a row out side by side in a room of this width, else from top to bottom."""
    widths = least_widths(row)
    margins = row.contentsMargins()
    needed = sum(widths) + row.spacing() * (len(widths) - 1) + margins.left() + margins.right()
    fits = needed <= room
    row.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
