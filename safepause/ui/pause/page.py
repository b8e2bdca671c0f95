"""What all pages of the pause window share: layout, keys, and the times that they show.

A page whose window is too small takes smaller letters and leaves words out, see `fitting`. At last
it scrolls. So nothing is cut off, however large the letters or long the translation. Buttons stand
at the lower edge: a desktop shows the return's notification at the upper edge or in the lower right
corner, and the notification must not cover them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.ui.pause.fitting import ORB_SHARE, USUAL, Fitting
from safepause.ui.theme.scale import GAP, MOST_WIDE, PAGE_SIDE, PAGE_TOP, SMALL, TIGHT
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.tab_order import last_stop
from safepause.ui.widgets.turning import turn
from safepause.ui.windows.quick_exit import quick_exit_button

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.ui.widgets.banner import Banner

SIDE = PAGE_SIDE
SMALL_SIDE, SMALL_PAGE = 20, QSize(680, 460)
"""The margin at the sides of a page that is smaller than this, as on a small screen."""
_SCROLLING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Page(QWidget):
    """One page of the pause window. It shows a pause, and emits what a person asks for."""

    hide_requested = Signal()
    """The person wants to hide the window. The pause goes on."""
    outgrown = Signal()
    """The contents have changed, and the page has no room for all of them now."""
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
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys work without a stop of its own
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        body.installEventFilter(self)
        self._kept: list[QWidget] = []
        """What stays in sight."""
        self._settled: tuple[int, ...] = ()
        """What the contents needed when the page was fitted last."""
        self._pinned = False
        """Whether what stays in sight is below the part that scrolls."""
        self._foot = QWidget()
        self._foot.hide()
        self._below = Flow(self._foot, centred=True)
        self._below.setContentsMargins(SMALL_SIDE, TIGHT, SMALL_SIDE, SMALL)
        self._below.setSpacing(GAP)
        self._rows: list[QBoxLayout] = []
        self._flows: list[Flow] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._foot)
        self.fitting = Fitting((self.area, self._foot), self._fits)
        self._set_margins(USUAL)

    def add_heading(self, *lines: QLabel) -> None:
        """Add a title and the lines below it."""
        heading = QVBoxLayout()
        heading.setSpacing(TIGHT)
        for shown in lines:
            heading.addWidget(shown)
        self.column.addLayout(heading)

    def add_banner(self, banner: Banner) -> None:
        """Add a banner. On a narrow page, its buttons are below its sentence."""
        self._rows.append(banner.row)
        self.column.addWidget(banner)

    def kept(self, widget: QPushButton) -> QPushButton:
        """Return a button of a row that stays in sight, below the part that scrolls."""
        self._kept.append(widget)
        return widget

    def add_flow(self, *, centred: bool = False) -> Flow:
        """Add and return a row that goes on in a further line if there is no room."""
        flow = Flow(centred=centred)
        self._flows.append(flow)
        self.column.addLayout(flow)
        return flow

    def add_row(self, row: QBoxLayout) -> None:
        """Add a row. On a narrow page, what is side by side in it is one below the other."""
        self._rows.append(row)
        self.column.addLayout(row)

    def hide_button(self) -> QPushButton:
        """Return a button that asks to hide the window."""
        return last_stop(button(_("Hide"), self.hide_requested.emit, ButtonStyle.QUIET))

    def heard(self) -> str:
        """Return what a screen reader says when the page comes: its title."""
        titles = [each for each in self.findChildren(QLabel) if each.property("role") == "title"]
        return sentences(*(each.accessibleName() for each in titles if not each.isHidden()))

    def quick_exit(self) -> QPushButton:
        """Return a quiet button that hides every window at once."""
        return last_stop(quick_exit_button())

    def refresh(self) -> float | None:
        """Show the pause as it is now.

        Return the seconds until the page changes by itself, or None if it doesn't.
        """
        return None

    def forget(self) -> None:
        """Forget the pause that was shown, and who called it."""
        self._pause = None
        self.setAccessibleName("")

    def reserve(self, height: int) -> None:
        """Keep room for what a page has in its middle: `height` is its share of the page's."""

    def wanted(self, width: int) -> QSize:
        """Return the least size, at least `width` wide, at which all fits in usual letters."""
        before = self.fitting.reset()
        self._set_margins(SMALL_PAGE)
        self.column.totalMinimumSize()  # applies the style sheet, without which sizes are wrong
        self._turn_rows(width)
        wanted = self.size()
        for _twice in range(2):  # what is reserved is a share of the height
            self.reserve(round(wanted.height() * ORB_SHARE))
            self._measure_anew()
            wide = max(width, self.column.totalMinimumSize().width())
            wanted = QSize(wide, self._whole_height(wide))
        self._set_margins(self.size())
        self._turn_rows(self.width())
        self.fitting.restore(before)
        return wanted

    def begin_fitting(self) -> None:
        """Fit the page to the window, because it shows something else now."""
        if self.isVisible():
            self.fitting.begin(self.window().size())
            self._keep_in_sight()
            if self.fitting.reduced:
                self.outgrown.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the page to the window."""
        super().showEvent(event)
        self.begin_fitting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the window, and keep in sight what must be."""
        super().resizeEvent(event)
        self._set_margins(self.size())
        self.fitting.begin(self.window().size())
        self._keep_in_sight()

    def _fits(self) -> bool:
        """Tell whether the page shows all of its contents without scrolling."""
        self.reserve(round(self.height() * ORB_SHARE))
        self._turn_rows(self.width())
        self._measure_anew()
        narrow = self.column.totalMinimumSize().width() > self.width()
        return not narrow and self._whole_height(self.width()) <= self.height()

    def _measure_anew(self) -> None:
        """Have Qt forget the sizes that it remembers, also those of rows inside of rows."""
        body = self.area.widget()
        for layout in body.findChildren(QLayout) if body else ():
            layout.invalidate()
        self.column.activate()

    def _set_margins(self, size: QSize) -> None:
        small = size.width() < SMALL_PAGE.width() or size.height() < SMALL_PAGE.height()
        side, top = (SMALL_SIDE, SMALL) if small else (PAGE_SIDE, PAGE_TOP)
        side = max(side, (size.width() - MOST_WIDE + 1) // 2)
        self.column.setContentsMargins(side, top, side, top)
        self.column.setSpacing(TIGHT if small else GAP)

    def _turn_rows(self, width: int) -> None:
        """Lay every row out for a page of `width`."""
        margins = self.column.contentsMargins()
        for row in self._rows:
            turn(row, width - margins.left() - margins.right() - self._bar_width())

    def _bar_width(self) -> int:
        return self.area.verticalScrollBar().sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep in sight what must be when the contents change."""
        asked = event.type() == QEvent.Type.LayoutRequest and watched is self.area.widget()
        if asked and self._needs() != self._settled:
            scrolled = self._pinned
            reduced = self.fitting.reduce()
            self._keep_in_sight()
            self._settled = self._needs()
            if reduced or (self._pinned and not scrolled):
                self.outgrown.emit()
        return super().eventFilter(watched, event)

    def _needs(self) -> tuple[int, ...]:
        """Return what the contents need, and what there is.

        To measure anew makes Qt ask for a layout again. So what is settled must not be measured.
        """
        least, high = self.column.totalMinimumSize().width(), self._whole_height(self.width())
        return least, high, self.width(), self.height(), self._pinned

    def _whole_height(self, width: int) -> int:
        """Return the height at which the page, with what stays in sight, needs no scrolling.

        A scroll bar that is shown takes width, so that the page is higher: Qt would keep the bar.
        """
        inside, margins = width - self._bar_width(), self.column.contentsMargins()
        whole = self.column.totalHeightForWidth(inside)
        row = inside - margins.left() - margins.right()
        return whole + sum(flow.lent_height(row) for flow in self._flows if self._pinned)

    def _keep_in_sight(self) -> None:
        """Move what stays in sight below the part that scrolls, or back to its place."""
        shown = any(not widget.isHidden() for widget in self._kept)
        below = shown and self._whole_height(self.width()) > self.height()
        if below == self._pinned:
            return
        self._pinned = below
        if below:
            for widget in self._kept:
                self._below.add(widget)
        else:
            for flow in self._flows:
                flow.take_back()
        self._foot.setVisible(below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter. Qt does so on Space only."""
        focused = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.isAutoRepeat() and isinstance(focused, QPushButton):
            focused.click()
            return
        if event.key() in _SCROLLING and self.hasFocus():
            self.area.keyPressEvent(event)
            return
        super().keyPressEvent(event)
