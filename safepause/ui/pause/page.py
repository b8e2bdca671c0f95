"""What the pages of a pause are made of: the scaffold, buttons, and labels for any text.

A page scrolls when the screen is too small for it, so nothing is ever cut off, whatever the size of
the letters or the length of a translation.
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
"""Margins of a page, and the gap between what stands side by side, in pixels."""
SMALL_SIDE, SMALL_TOP, SMALL_GAP, SMALL = 20, 8, 4, QSize(680, 460)
"""The same in a window of less than `SMALL`, as on a small screen with large letters."""


def promise(pause: Pause, clock: Clock) -> str:
    """Return, as HTML, when the two come back, with the clock time standing out."""
    time = _escaped(clock_time(pause.return_at, clock))
    return _escaped(come_back_line(pause, clock)).replace(time, f"<b>{time}</b>")


def _escaped(text: str) -> str:
    """Return plain text as HTML; the html module would cost the first frame 4 ms."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def seconds_until(instant: datetime, clock: Clock) -> float:
    """Return the real seconds until the clock shows `instant`, a little more, never under 0.2."""
    real = clock.real(instant) - clock.real(clock.now())
    return max(0.2, real.total_seconds() + 0.02)


def until_next_minute(pause: Pause, clock: Clock) -> float:
    """Return the real seconds until the minutes left change."""
    left = pause.return_at - clock.now()
    return seconds_until(clock.now() + left % timedelta(minutes=1), clock)


class Page(QScrollArea):
    """One page of the pause window. It shows what it is told, and emits what a person asks for."""

    hide_requested = Signal()
    """The person wants the window away; the pause goes on."""
    choosing = False
    """Whether a person is choosing something here that no reminder may take away."""

    def __init__(self, clock: Clock) -> None:
        """Lay out an empty page: a heading on top, then the `column`."""
        super().__init__()
        self.clock = clock
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SIDE, TOP, SIDE, TOP)
        self.column.setSpacing(GAP)
        self.setWidget(body)
        body.setAutoFillBackground(False)

    def add_heading(self, title: QLabel, *lines: QLabel, right: tuple[QWidget, ...] = ()) -> None:
        """Add title and lines, with what belongs into the right upper corner."""
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
        """Return the button that takes the window away."""
        return button(_("Hide"), self.hide_requested.emit, ButtonStyle.QUIET)

    def refresh(self) -> float | None:
        """Show what is true now; return the seconds until that changes, None if it does not."""
        return None

    def wanted(self, width: int) -> QSize:
        """Return the least size, not under `width`, at which the page needs no scrolling."""
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()  # sizes are wrong before the style sheet has arrived
        self.column.invalidate()
        self.column.activate()
        wide = max(width, self.column.totalMinimumSize().width())
        return QSize(wide, self.column.totalHeightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spend no room on margins where there is little."""
        super().resizeEvent(event)
        size = event.size()
        small = size.width() < SMALL.width() or size.height() < SMALL.height()
        side, top = (SMALL_SIDE, SMALL_TOP) if small else (SIDE, TOP)
        self.column.setContentsMargins(side, top, side, top)
        self.column.setSpacing(SMALL_GAP if small else GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, as Space does."""
        focused = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)
