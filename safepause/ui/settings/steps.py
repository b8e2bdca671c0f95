"""A number between the two buttons that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QPushButton, QWidget

from safepause.i18n.language import _
from safepause.ui.theme.style_sheet import TARGET
from safepause.ui.widgets.buttons import button

if TYPE_CHECKING:
    from collections.abc import Callable


def with_steps(box: QAbstractSpinBox) -> QWidget:
    """Return the field of a number with its two step buttons."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(_step("\u2212", _("Less"), box.stepDown))
    row.addWidget(box, 1)
    row.addWidget(_step("+", _("More"), box.stepUp))
    return whole


def _step(sign: str, name: str, clicked: Callable[[], object]) -> QPushButton:
    """Return a button that changes a number, and repeats that while it is held down."""
    made = button(sign, clicked)
    made.setProperty("look", "step")
    made.setAccessibleName(name)
    made.setFixedWidth(TARGET)
    made.setAutoRepeat(True)
    return made
