"""What all pages of the pause window share: layout, keys, and the times that they show.

A page scrolls if the screen is too small for it. So nothing is cut off, however large the letters
or long the translation.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from safepause.i18n.language import _
from safepause.i18n.words import clock_time, come_back_line
from safepause.ui.widgets.buttons import ButtonStyle, button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

SIDE, TOP, GAP = 44, 30, 12
"""The margins of a page, and the gap between two widgets, in pixels."""
SMALL_SIDE, SMALL_TOP, SMALL_GAP, SMALL = 20, 8, 4, QSize(680, 460)
"""The margins and the gap of a page that is smaller than `SMALL`, as on a small screen."""


def promise(pause: Pause, clock: Clock) -> str:
    """Return, as HTML, the sentence that says when the two come back. The time is bold."""
    time = _escaped(clock_time(pause.return_at, clock))
    return _escaped(come_back_line(pause, clock)).replace(time, f"<b>{time}</b>")


def _escaped(text: str) -> str:
    """Return plain text as HTML. The import of the module `html` would take 4 ms."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def seconds_until(instant: datetime, clock: Clock) -> float:
    """Return the real seconds until the clock shows `instant`, and a little more; at least 0.2."""
    real = clock.real(instant) - clock.real(clock.now())
    return max(0.2, real.total_seconds() + 0.02)


def until_next_minute(pause: Pause, clock: Clock) -> float:
    """Return the real seconds until the minutes left change."""
    left = pause.return_at - clock.now()
    return seconds_until(clock.now() + left % timedelta(minutes=1), clock)


class Page(QScrollArea):
    """One page of the pause window. It shows a pause, and emits what a person asks for."""

    hide_requested = Signal()
    """The person wants to hide the window. The pause goes on."""
    choosing = False
    """Whether a person makes a choice on this page, so that a reminder may not replace it."""

    def __init__(self, clock: Clock) -> None:
        """Lay out an empty page. Its `column` takes what it shows."""
        super().__init__()
        self.clock = clock
        self._pause: Pause | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SIDE, TOP, SIDE, TOP)
        self.column.setSpacing(GAP)
        self.setWidget(body)
        body.setAutoFillBackground(False)

    def add_heading(self, title: QLabel, *lines: QLabel, right: tuple[QWidget, ...] = ()) -> None:
        """Add title and lines. The widgets of `right` go into the upper right corner."""
        left = QVBoxLayout()
        left.setSpacing(4)
        for shown in (title, *lines):
            left.addWidget(shown)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        for widget in right:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def hide_button(self) -> QPushButton:
        """Return a button that asks to hide the window."""
        return button(_("Hide"), self.hide_requested.emit, ButtonStyle.QUIET)

    def refresh(self) -> float | None:
        """Show the pause as it is now.

        Return the seconds until the page changes by itself, or None if it doesn't.
        """
        return None

    def forget(self) -> None:
        """Forget the pause that was shown, and who called it."""
        self._pause = None

    def wanted(self, width: int) -> QSize:
        """Return the least size, at least `width` wide, at which the page needs no scrolling."""
        self.column.totalMinimumSize()  # applies the style sheet, without which sizes are wrong
        self.column.invalidate()
        self.column.activate()
        wide = max(width, self.column.totalMinimumSize().width())
        return QSize(wide, self.column.totalHeightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use small margins on a small page."""
        super().resizeEvent(event)
        size = event.size()
        small = size.width() < SMALL.width() or size.height() < SMALL.height()
        side, top = (SMALL_SIDE, SMALL_TOP) if small else (SIDE, TOP)
        self.column.setContentsMargins(side, top, side, top)
        self.column.setSpacing(SMALL_GAP if small else GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter. Qt does so on Space only."""
        focused = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)
