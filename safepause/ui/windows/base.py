"""What all windows except the pause window share: colours, scrolling, keys, and coming up."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from safepause.i18n.language import _
from safepause.ui.theme.contrast import follow_system
from safepause.ui.theme.palette import palette_for, qt_palette
from safepause.ui.theme.scale import GAP, MARGIN, MOST_WIDE, TIGHT
from safepause.ui.theme.style_sheet import (
    LARGE,
    SYSTEM_LOOKS,
    font_size,
    letters_sheet,
    scale_in,
    style_sheet,
)
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.qt_translator import translate_qt
from safepause.ui.widgets.selection import give_up_selection
from safepause.ui.widgets.tab_order import order_stops, stops
from safepause.ui.windows.placed import Placed
from safepause.ui.windows.quick_exit import ShiftThreeTimes, leave_at_once, quick_exit_button
from safepause.ui.windows.raising import come_up

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.windows.raising import WindowManager

SMALL_SIDE, SMALL_WINDOW = 20, QSize(600, 460)
"""The margin at the sides of a window that is smaller than this, in pixels."""
MOST_FIXED = 0.5
"""The most height of what does not scroll, as a share of the window's."""


class Window(Placed):
    """A window with a scrolling column. What is above and below the column doesn't scroll."""

    def __init__(self, settings: Settings, size: QSize) -> None:
        """Lay out an empty window of `size`, or smaller on a small screen."""
        super().__init__()
        translate_qt()
        self.settings = settings
        self._size = size
        self._scale = 1.0
        self._shift = ShiftThreeTimes()
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._add_layouts()
        follow_system(self.restyle)
        self.restyle()

    def _add_layouts(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._outer, self._head = outer, QWidget()
        self.top = QVBoxLayout(self._head)
        self.top.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.top.setSpacing(GAP)
        outer.addWidget(self._head)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys work without a stop of its own
        outer.addWidget(self.area, 1)
        self._foot = QWidget()
        self.below = QVBoxLayout(self._foot)
        self.below.setContentsMargins(MARGIN, 0, MARGIN, 0)
        outer.addWidget(self._foot)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(MARGIN, MARGIN - GAP, MARGIN, GAP)
        self.column.setSpacing(GAP)
        self.area.setWidget(body)
        self.bottom = Flow()
        self.bottom.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN - GAP)
        self.bottom.setSpacing(GAP)
        self.bottom.add(quick_exit_button())
        outer.addLayout(self.bottom)

    def _centre(self) -> None:
        """Keep what the window shows in the middle, and no wider than one can read well."""
        small = self.width() < SMALL_WINDOW.width() or self.height() < SMALL_WINDOW.height()
        side = max(SMALL_SIDE if small else MARGIN, (self.width() - MOST_WIDE + 1) // 2)
        within = self.column.indexOf(self._head) >= 0
        for layout in (self.top, self.column, self.below, self.bottom):
            inside = layout.contentsMargins()
            beside = 0 if within and layout in (self.top, self.below) else side
            inside.setLeft(beside)
            inside.setRight(beside)
            if inside != layout.contentsMargins():
                layout.setContentsMargins(inside)
        self.bottom.setSpacing(TIGHT if small else GAP)

    def _fit(self) -> None:
        """Use letters for which the window has room. In a low one, scroll what else would not."""
        scale = scale_in(self.width())
        if scale != self._scale:
            self._scale = scale
            self.restyle()
        fixed = self.top.totalSizeHint().height() + self.below.totalSizeHint().height()
        fixed += self.bottom.heightForWidth(self.width())
        low = fixed > self.height() * MOST_FIXED
        if low != (self.column.indexOf(self._head) >= 0):
            focused = cast("QWidget | None", self.focusWidget())  # PySide's stub leaves None out
            if low:
                self.column.insertWidget(0, self._head)
                self.column.addWidget(self._foot)
            else:
                self._outer.insertWidget(0, self._head)
                self._outer.insertWidget(2, self._foot)
            if focused is not None:
                focused.setFocus()  # what moves into another widget loses the keyboard

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what the window shows in the middle, and in sight."""
        super().resizeEvent(event)
        self._fit()
        self._centre()

    def use(self, settings: Settings) -> None:
        """Use changed settings."""
        self.settings = settings
        self.restyle()

    def restyle(self) -> None:
        """Use the colours that the settings, or the system, ask for now."""
        palette = palette_for(self.settings.text("theme"))
        sheet = style_sheet(palette) + letters_sheet(self._scale)
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
            self.setPalette(qt_palette(palette))

    def event(self, event: QEvent) -> bool:
        """Follow the system's colours and letters. Not every desktop has a colour scheme."""
        if event.type() in SYSTEM_LOOKS:
            self.restyle()
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self._centre()
        return done

    def wanted(self) -> QSize:
        """Return the size in which the window comes up on a large screen."""
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()  # before Qt applies the style sheet, sizes are wrong
        bar = self.area.verticalScrollBar().sizeHint().width()
        usual = self._size * max(1.0, font_size(1.0) / LARGE)
        return usual.expandedTo(QSize(self.least_width() + bar, 0))

    def least_width(self) -> int:
        """Return the least width at which the column needs no horizontal scrolling, in pixels."""
        self.column.invalidate()
        self.column.activate()
        return self.column.totalMinimumSize().width()

    def close_button(self) -> QPushButton:
        """Return a button that closes the window."""
        return button(_("Close"), self.close, ButtonStyle.QUIET)

    def bring_up(self, manager: WindowManager | None = None) -> None:
        """Show the window in front, on the pointer's screen, with the keyboard."""
        if not self.isVisible():
            self.resize(self.wanted())
        self.restyle()
        come_up(self, steal_focus=True, unmanaged=False, manager=manager)

    def stand_by(self) -> None:
        """Show the window minimised, unless it is shown already. It takes no keyboard input."""
        if not self.isVisible():
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.resize(self.wanted())
            self.showMinimized()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the first stop: Qt may give it to the way out."""
        super().showEvent(event)
        if cast("QWidget | None", self.focusWidget()) is None:  # PySide's stub leaves None out
            self._begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave no words, such as a name, for a middle click elsewhere."""
        super().closeEvent(event)
        give_up_selection()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  -- Qt's own
        """Follow the layouts with the Tab key. When what has the keyboard goes, begin anew."""
        order_stops(self)
        focused = cast("QWidget | None", self.focusWidget())  # PySide's stub leaves None out
        if focused is None or (focused.isVisible() and focused.isEnabled()):
            return super().focusNextPrevChild(next)
        self._begin()
        return True

    def _begin(self) -> None:
        for first in stops(self)[:1]:
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc. Press the focused button on Enter; Qt does so on Space only.

        Shift, pressed three times, is the quick exit.
        """
        focused = self.focusWidget()
        if self._shift.pressed(event):
            leave_at_once()
        elif event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QPushButton) and not event.isAutoRepeat():
                focused.click()
        else:
            super().keyPressEvent(event)
