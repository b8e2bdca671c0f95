"""The window of a pause: it stands above the others, on the pointer's screen, and guides through.

It shows pages and passes on what a person asks for; it decides nothing. Closing or Esc only hides
it: the pause goes on. Keys and clicks of its first moments are swallowed, since they were meant for
what stood there before. Nothing ticks while it can't be seen.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QMargins, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safepause.core.pause import Pause, State, state_of
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.page import SIDE, Page
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.theme.motion import less_motion
from safepause.ui.theme.palette import ground, palette_for
from safepause.ui.theme.style_sheet import style_sheet
from safepause.ui.widgets.banner import Banner
from safepause.ui.windows.input_guard import InputGuard
from safepause.ui.windows.raising import come_up

if TYPE_CHECKING:
    from uuid import UUID

    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings

WIDTH, HEIGHT = 760, 560
"""The window's size at first, in pixels; it grows with its words."""
_FRAME = QSize(16, 48)
"""What the desktop's own frame may need of the screen."""
_AROUND_BANNER, _IN_BANNER = QMargins(SIDE, 16, SIDE, 0), QMargins(18, 12, 18, 12)
"""Room outside and inside the frame of the banner, in pixels."""
P = TypeVar("P", bound=Page)


class PauseWindow(QWidget):
    """The window. Every signal is a person's request, but nothing is done about it here."""

    undo_requested = Signal()
    return_requested = Signal()
    more_time_requested = Signal(object)
    """A timedelta more, or the datetime of the new return."""
    let_go_requested = Signal()
    pause_again_requested = Signal()
    support_requested = Signal()
    hidden_by_person = Signal()

    def __init__(self, clock: Clock, settings: Settings) -> None:
        """Make the window, hidden and empty: pages are built when they are first shown."""
        super().__init__()
        self._clock = clock
        self._settings = settings
        self._pause: Pause | None = None
        self._seen: UUID | None = None
        self._resting = False
        self.setWindowTitle("SafePause")
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._lay_out()
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self.refresh)
        self._guard = InputGuard(clock, self)
        self._palette = palette_for(settings.text("theme"))
        self.setStyleSheet(style_sheet(self._palette))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)

    def _lay_out(self) -> None:
        self.banner = Banner("sub", around=_AROUND_BANNER, inside=_IN_BANNER)
        self._pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._pages, 1)
        self.resize(WIDTH, HEIGHT)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._pages.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def ticking(self) -> bool:
        """Whether the window comes back to look at the clock by itself."""
        return self._tick.isActive()

    def use(self, settings: Settings) -> None:
        """Take up changed settings; a session that runs goes on as it began."""
        self._settings = settings
        self._dress()

    def show_pause(self, pause: Pause, *, fresh: bool) -> None:
        """Show a pause; `fresh` if it was called just now.

        A pause shown before stays where it was: breathing, or rest. One that another run of the
        program called goes straight to breathing, or to rest if the breathing's time has passed.
        """
        self._pause = pause
        if fresh or pause.id != self._seen:
            self._seen = pause.id
            session = self._settings.session
            age = (self._clock.now() - pause.started_at).total_seconds()
            self._resting = not fresh and not 0 <= age < session.seconds
            self._breathing_page.begin(pause, session, fresh=fresh)
        if self._resting:
            self._rest()
        else:
            self._breathing_page.show_promise(pause)
            self._turn_to(self._breathing_page)

    def show_breathing(self) -> None:
        """Show breathing without a pause: no promise, no countdown."""
        self._pause = self._seen = None
        self._breathe()

    def show_return(self, pause: Pause) -> None:
        """Show that it is time to come back."""
        self._pause, self._seen, self._resting = pause, pause.id, True
        self._return_page.show_pause(pause)
        self._turn_to(self._return_page)

    def show_more_time(self, pause: Pause) -> None:
        """Show the new times that one may choose from."""
        self._pause = pause
        self._extend_page.show_pause(pause)
        self._turn_to(self._extend_page)

    def show_restart(self) -> RestartPage:
        """Show how to begin again, softly, and return the page."""
        self._pause = self._seen = None
        self._turn_to(self._restart_page)
        return self._restart_page

    def tell(self, sentence: str) -> None:
        """Show a sentence above the page, until another page is shown; nothing takes it away."""
        self.banner.tell(sentence)
        self._fit()

    def bring_up(self, *, steal_focus: bool, unmanaged: bool = False) -> None:
        """Show the window above others on the pointer's screen, deaf to input for a moment."""
        if not self.isVisible() or self.isMinimized():
            self._fit()
        come_up(self, steal_focus=steal_focus, unmanaged=unmanaged)
        self._guard.watch(self.windowHandle())

    def refresh(self) -> None:
        """Show what is true now, and come back when that changes; only while it can be seen."""
        self._tick.stop()
        wait = self.page.refresh() if self.page else None
        if wait is not None and self.isVisible() and not self.isMinimized():
            self._tick.start(max(1, round(wait * 1000)))

    def hide_for_person(self) -> None:
        """Hide, as asked for; the pause goes on."""
        self.hide()
        self.hidden_by_person.emit()

    @cached_property
    def _breathing_page(self) -> BreathingPage:
        page = BreathingPage(self._clock, self._palette)
        page.use(self._palette, less_motion=less_motion(self._settings.text("motion")))
        page.undo_requested.connect(self.undo_requested)
        page.rest_requested.connect(self._rest)
        return self._added(page)

    @cached_property
    def _rest_page(self) -> RestPage:
        page = RestPage(self._clock)
        page.breathe_requested.connect(self._breathe)
        page.return_requested.connect(self.return_requested)
        return self._added(page)

    @cached_property
    def _return_page(self) -> ReturnPage:
        page = ReturnPage(self._clock)
        page.return_requested.connect(self.return_requested)
        page.more_time_wanted.connect(self._choose_time)
        page.let_go_requested.connect(self.let_go_requested)
        page.not_yet.connect(self._back)
        return self._added(page)

    @cached_property
    def _extend_page(self) -> ExtendPage:
        page = ExtendPage(self._clock)
        page.chosen.connect(self.more_time_requested)
        page.back_requested.connect(self._back)
        page.return_requested.connect(self.return_requested)
        page.let_go_requested.connect(self.let_go_requested)
        page.support_requested.connect(self.support_requested)
        return self._added(page)

    @cached_property
    def _restart_page(self) -> RestartPage:
        page = RestartPage(self._clock)
        page.pause_again_requested.connect(self.pause_again_requested)
        return self._added(page)

    def _added(self, page: P) -> P:
        page.hide_requested.connect(self.hide_for_person)
        self._pages.addWidget(page)
        return page

    def _rest(self) -> None:
        self._resting = True
        self._rest_page.show_pause(self._pause)
        self._turn_to(self._rest_page)

    def _breathe(self) -> None:
        self._resting = False
        self._breathing_page.begin(self._pause, self._settings.session, fresh=False)
        self._turn_to(self._breathing_page)

    def _choose_time(self) -> None:
        if self._pause is not None:
            self.show_more_time(self._pause)
        if self.windowFlags() & Qt.WindowType.BypassWindowManagerHint:
            self.bring_up(steal_focus=True)  # a time can be typed

    def _back(self) -> None:
        """Go where it belongs now: to the return if it is due, else to the pause."""
        if self._pause and state_of(self._pause, self._clock.now()) is State.DUE:
            self.show_return(self._pause)
        elif self._pause:
            self.show_pause(self._pause, fresh=False)

    def _turn_to(self, page: Page) -> None:
        self.tell("")
        self._pages.setCurrentWidget(page)
        page.setFocus()  # no button: a space typed in passing must not press one
        self.refresh()
        self._fit()

    def _fit(self) -> None:
        """Grow until the page needs no scrolling, as far as the screen allows."""
        if self.page is None:
            return
        room = self.screen().availableGeometry().size() - _FRAME
        wide = max(self.width(), WIDTH)
        wanted = self.page.wanted(wide) + QSize(0, self.banner.height_in(wide))
        self.resize(self.size().expandedTo(wanted).boundedTo(room))

    def _dress(self) -> None:
        palette = palette_for(self._settings.text("theme"))
        if palette != self._palette:
            self._palette = palette
            self.setStyleSheet(style_sheet(palette))
        if "_breathing_page" in self.__dict__:
            still = less_motion(self._settings.text("motion"))
            self._breathing_page.use(palette, less_motion=still)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the clock."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing tick that nobody sees."""
        super().hideEvent(event)
        self._tick.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Stop and go on with minimising, as with hiding."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide only; a pause is never ended by closing a window."""
        super().closeEvent(event)
        if event.spontaneous():
            self.hidden_by_person.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc hide the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide_for_person()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground that all pages lie on."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), ground(self._palette, QSizeF(self.size())))
        painter.end()
