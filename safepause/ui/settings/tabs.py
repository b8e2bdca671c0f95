"""The tabs of the settings window: one stop of the Tab key, with the arrow keys between them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QToolButton

from safepause.i18n.language import _
from safepause.ui.settings.pages import Tab, tab_name
from safepause.ui.theme.scale import RING, RING_CORNER
from safepause.ui.theme.style_sheet import TARGET


class Tabs(QTabBar):
    """One tab for each page. Real tabs, so that a screen reader says what they are."""

    chosen = Signal(object)
    """The person wants this page: a `Tab`."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(_("Pages of the settings"))
        for tab in Tab:
            self.addTab(tab_name(tab).replace("&", "&&"))
        self.currentChanged.connect(self._choose)
        self.tabBarClicked.connect(self._choose)  # the open one, too: it ends a search

    def show_open(self, tab: Tab, *, searching: bool) -> None:
        """Mark the open page. While a person searches, no page is marked."""
        blocker = QSignalBlocker(self)
        self.setCurrentIndex(list(Tab).index(tab))
        blocker.unblock()
        if self.property("searching") != searching:
            self.setProperty("searching", searching)
            self.style().unpolish(self)
            self.style().polish(self)

    def offer(self, tab: Tab, *, offered: bool) -> None:
        """Show a tab, or hide it because its page is empty."""
        self.setTabVisible(list(Tab).index(tab), offered)

    def _choose(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(list(Tab)[index])

    def tabLayoutChange(self) -> None:
        """Part the two buttons that scroll the tabs of a narrow window. Qt overlaps them."""
        super().tabLayoutChange()
        for each in self.findChildren(QToolButton):
            if each.arrowType() is Qt.ArrowType.LeftArrow:
                each.resize(TARGET, each.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ring around the tab that has the keyboard, with a gap."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.window().palette().windowText(), RING))
        half = RING / 2
        ring = QRectF(self.tabRect(self.currentIndex())).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ring, RING_CORNER, RING_CORNER)
        painter.end()
