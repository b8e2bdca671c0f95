"""What all pages of the pause window share: layout, keys, and the times that they show.

A page scrolls if the screen is too small for it. So nothing is cut off, however large the letters
or long the translation.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
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
    from PySide6.QtCore import QObject
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


class Page(QWidget):
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
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(SIDE, TOP, SIDE, TOP)
        self.column.setSpacing(GAP)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        body.installEventFilter(self)
        self._main: QWidget | None = None
        self._place = QVBoxLayout()
        self._foot = QWidget()
        self._foot.hide()
        self._below = QVBoxLayout(self._foot)
        self._below.setContentsMargins(SMALL_SIDE, SMALL_GAP, SMALL_SIDE, SMALL_TOP)
        self._rows: list[QBoxLayout] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._foot)

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

    def add_main(self, *buttons: QPushButton) -> QWidget:
        """Add and return the row of the main action. If the page scrolls, it stays in sight below.

        The row has one button in its middle, or others at both ends.
        """
        self._main = QWidget()
        row = QHBoxLayout(self._main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        if len(buttons) == 1:
            row.addStretch(1)
        for each in buttons:
            row.addWidget(each)
            row.addStretch(1)
        if len(buttons) > 1:
            row.takeAt(row.count() - 1)
        self._place.addWidget(self._main)
        self.column.addLayout(self._place)
        return self._main

    def add_row(self, row: QBoxLayout) -> None:
        """Add a row. On a narrow page, what is side by side in it is one below the other."""
        self._rows.append(row)
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
        self._turn_rows(width)
        self.column.invalidate()
        self.column.activate()
        wide = max(width, self.column.totalMinimumSize().width())
        wanted = QSize(wide, self._whole_height(wide))
        self._turn_rows(self.width())
        return wanted

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use small margins on a small page, and keep the main action in sight."""
        super().resizeEvent(event)
        small = self.width() < SMALL.width() or self.height() < SMALL.height()
        side, top = (SMALL_SIDE, SMALL_TOP) if small else (SIDE, TOP)
        self.column.setContentsMargins(side, top, side, top)
        self.column.setSpacing(SMALL_GAP if small else GAP)
        self._turn_rows(self.width())
        self._keep_in_sight()

    def _turn_rows(self, width: int) -> None:
        """Lay every row out for a page of `width`."""
        margins = self.column.contentsMargins()
        bar = self.area.verticalScrollBar().sizeHint().width()
        for row in self._rows:
            _turn(row, width - margins.left() - margins.right() - bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the main action in sight when the contents change."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.area.widget():
            self._keep_in_sight()
        return super().eventFilter(watched, event)

    @property
    def _pinned(self) -> bool:
        """Whether the main action is below the part that scrolls."""
        return self._main is not None and self._main.parentWidget() is self._foot

    def _whole_height(self, width: int) -> int:
        """Return the height at which the page, with its main action, needs no scrolling."""
        whole = self.column.totalHeightForWidth(width)
        if self._main is not None and self._pinned:
            whole += self._main.sizeHint().height() + self.column.spacing()
        return whole

    def _keep_in_sight(self) -> None:
        """Move the main action below the part that scrolls, or back to its place."""
        if self._main is None:
            return
        scrolls = not self._main.isHidden() and self._whole_height(self.width()) > self.height()
        if scrolls != self._pinned:
            (self._below if scrolls else self._place).addWidget(self._main)
            self._foot.setVisible(scrolls)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter. Qt does so on Space only."""
        focused = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)


def _turn(row: QBoxLayout, room: int) -> None:
    """Lay a row out side by side if there is room, else from top to bottom."""
    row.setDirection(QBoxLayout.Direction.LeftToRight)
    if row.minimumSize().width() > room:
        row.setDirection(QBoxLayout.Direction.TopToBottom)
