"""Paints a page once while it is hidden.

The first paint of a page is the slow one: Python builds Qt's types, Qt reads fonts and style sheet,
both read files. A window that was painted once, hidden, is on the screen three times as fast, and
needs no file any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QGuiApplication, QPixmap

from safepause.core.pause import SHORTEST, Pause

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from safepause.core.clock import Clock
    from safepause.ui.pause.breathing_page import BreathingPage

_NOBODY = UUID(int=0)


def paint_hidden(page: BreathingPage, size: QSize, clock: Clock) -> None:
    """Fill `page` with an example, lay it out in `size`, and paint it once."""
    due = clock.now()
    page.show_example(Pause(_NOBODY, started_at=due - SHORTEST, promised_at=due, return_at=due))
    page.resize(size)
    page.render(QPixmap(size))


def read_window_icon() -> None:
    """Read the files of the window icon, which Qt reads only when a window needs them."""
    icon = QGuiApplication.windowIcon()
    for size in icon.availableSizes():
        icon.pixmap(size)
