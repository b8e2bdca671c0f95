"""The background and the colours of the pause window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent

from safepause.ui.theme.contrast import follow_system
from safepause.ui.theme.palette import ground, palette_for
from safepause.ui.theme.style_sheet import SYSTEM_LOOKS, style_sheet
from safepause.ui.widgets.tab_order import order_stops
from safepause.ui.windows.placed import Placed

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings


class Background(Placed):
    """A window in the colours that the settings, or the system, ask for."""

    painted = Signal()
    """The first frame after `await_frame` is painted."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._frame_awaited = False
        self._after_frame = QTimer(self, singleShot=True, interval=0)
        self._after_frame.timeout.connect(self.painted)
        self._settings = settings
        self._palette = palette_for(settings.text("theme"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setStyleSheet(style_sheet(self._palette))
        follow_system(self.restyle)

    def use(self, settings: Settings) -> None:
        """Use changed settings."""
        self._settings = settings
        self.restyle()

    def restyle(self) -> None:
        """Use the colours that the settings, or the system, ask for now."""
        self._palette = palette_for(self._settings.text("theme"))
        sheet = style_sheet(self._palette)
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Follow the system's colours and letters. Not every desktop has a colour scheme."""
        if event.type() in SYSTEM_LOOKS:
            self.restyle()
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  -- Qt's own
        """Follow the layouts with the Tab key."""
        order_stops(self)
        return super().focusNextPrevChild(next)

    def await_frame(self) -> None:
        """Have `painted` emitted once the next frame is on the screen."""
        self._frame_awaited = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the background of all pages."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), ground(self._palette, QSizeF(self.size())))
        painter.end()
        if self._frame_awaited:
            self._frame_awaited = False
            self._after_frame.start()
