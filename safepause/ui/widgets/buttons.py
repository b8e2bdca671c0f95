"""Push buttons."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from collections.abc import Callable


class ButtonStyle(Enum):
    """How much a button stands out. The style sheet has rules for each value."""

    PLAIN = ""
    PRIMARY = "primary"
    QUIET = "quiet"


def button(
    text: str, clicked: Callable[[], object], style: ButtonStyle = ButtonStyle.PLAIN
) -> QPushButton:
    """Return a button that calls `clicked`."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("look", style.value)
    made.setAccessibleName(text)
    made.clicked.connect(lambda _checked: clicked())
    return made
