"""The pause window. It comes up above other windows, on the pointer's screen, and shows pages.

It decides nothing: each page passes on what a person asks for. Close and Esc only hide the window;
the pause goes on. In its first moments it ignores keys and clicks, since the person meant them for
another window. No timer runs while the window can't be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer

from safepause.ui.pause.first_paint import paint_hidden
from safepause.ui.pause.pages import PausePages
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.windows.input_guard import SECONDS, InputGuard
from safepause.ui.windows.quick_exit import ShiftThreeTimes, leave_at_once
from safepause.ui.windows.raising import accept_keyboard, come_up, offer_keyboard

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.windows.raising import WindowManager

WIDTH, HEIGHT = 760, 560
"""The window's first size, in pixels. It grows with its texts."""
WIDE = 47.5  # the first width for large letters, in heights of the system's letters


class PauseWindow(PausePages):
    """The window: which page is shown, its size, its keys and its timer."""

    def __init__(
        self, clock: Clock, settings: Settings, manager: WindowManager | None = None
    ) -> None:
        """Make the window, hidden and empty. Each page is built with its first use."""
        super().__init__(clock, settings)
        self._manager = manager
        self.resize(WIDTH, HEIGHT)
        self.setWindowTitle("SafePause")
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDialog)  # i3 tiles other types
        self._guard = InputGuard(clock, self)
        self._shift = ShiftThreeTimes()
        self._offer = QTimer(self, singleShot=True, interval=round(SECONDS * 1000))
        self._offer.timeout.connect(lambda: accept_keyboard(self, accepts=True))
        self.painted.connect(lambda: offer_keyboard(self, self._offer))

    def prepare(self) -> None:
        """Build the page of a call and paint it once, hidden; nothing that is shown changes.

        The other pages are built when they are shown, in 5 to 8 ms each, and need no file for it.
        """
        if not self.built.ready:
            paint_hidden(self.built.breathing, self.size(), self._clock)
        self.winId()

    def bring_up(self, *, steal_focus: bool, unmanaged: bool = False) -> None:
        """Show the window above others on the pointer's screen, and ignore input for a moment.

        For `steal_focus` and `unmanaged` see `raising.come_up`.
        """
        self._fill_or_not()
        come_up(self, steal_focus=steal_focus, unmanaged=unmanaged, manager=self._manager)
        self._guard.watch(self.windowHandle())
        self.await_frame()

    def _fill_or_not(self) -> None:
        """Fill the screen if the person wants that. A window that is shown keeps its state."""
        if self.isVisible():
            return
        state, full = self.windowState(), Qt.WindowState.WindowFullScreen
        filled = self._settings.flag("fill_screen")
        self.setWindowState(state | full if filled else state & ~full)

    def choose_time(self) -> None:
        """Show the new return times, in a window that takes the keyboard."""
        super().choose_time()
        if self.windowFlags() & Qt.WindowType.BypassWindowManagerHint:
            self.bring_up(steal_focus=True)  # so that the person can type a time

    def full_size(self) -> QSize:
        """Return the size at which the page needs no scrolling."""
        if self.page is None:
            return self.size()
        wide = max(self.width(), WIDTH, min(font_size(WIDE), self.most_size().width()))
        banners = (self.banner, self.slip, self.marked)
        above = sum(banner.height_in(wide) for banner in banners if banner is not None)
        wanted = self.page.wanted(wide) + QSize(0, above)
        return self.size().expandedTo(wanted)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  -- Qt's own
        """Keep the focus off other acts when the button that has it goes: Qt would move it there.

        A second press of the same key would then answer something that nobody was asked.
        """
        page = self.page
        focused = cast("QWidget | None", self.focusWidget())  # PySide's stub leaves None out
        if focused is None or page is None or (focused.isVisible() and focused.isEnabled()):
            return super().focusNextPrevChild(next)
        page.setFocus()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Show the pause as it is now."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timers: nobody sees the window."""
        super().hideEvent(event)
        self._tick.stop()
        self._offer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Stop the timer while the window is minimised."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide the window. Closing it does not end the pause."""
        super().closeEvent(event)
        if event.spontaneous():
            self.hidden_by_person.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hide the window on Esc, and every window on Shift, pressed three times."""
        if self._shift.pressed(event):
            leave_at_once()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide_for_person()
        else:
            super().keyPressEvent(event)
