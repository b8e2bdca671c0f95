"""Cards on the other screens while the pause window is open. Each shows the return time.

The cards exist only if a person has set this, and not on Wayland, where a program can't choose the
screen of a window. They take no keyboard input. They are shown and hidden with the pause window,
never on a screen that shows it: not after it was moved there, and not on a mirrored screen. A click
hides a card. While a card is shown, it is checked each minute: at midnight "tomorrow" becomes
"today", and at the return the card says so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safepause.core.pause import State, state_of
from safepause.i18n.language import _
from safepause.i18n.words import come_back_line
from safepause.ui.pause.page_times import seconds_until
from safepause.ui.platform import on_wayland
from safepause.ui.theme.contrast import follow_system
from safepause.ui.theme.palette import palette_for
from safepause.ui.theme.style_sheet import LARGE, SYSTEM_LOOKS, font_size, style_sheet
from safepause.ui.widgets.labels import label, say
from safepause.ui.windows.placed import Screens, room

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QScreen

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause
    from safepause.core.settings.catalogue import Settings

SIZE = QSize(460, 150)
ALL = "all"
"""The value of the setting `screens` that asks for the cards."""
_MINUTE = timedelta(minutes=1)
_LOOKS = (QEvent.Type.StyleChange, *SYSTEM_LOOKS)
"""What the pause window is told if its colours or letters change."""
_PLACES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ScreenChangeInternal)
"""What the pause window is told when it comes, goes, or is moved to another screen."""


class TimeCard(QWidget):
    """A small window with one line of text."""

    def __init__(self) -> None:
        # A desktop gives a tool tip no keyboard input, and no place in its list of windows.
        super().__init__(None, Qt.WindowType.ToolTip | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("SafePause")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "ground")
        self.line = label(role="title")
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self.line)

    def show_on(self, screen: QScreen) -> None:
        """Show the card in the middle of a screen."""
        self.setScreen(screen)
        self.fit()
        self.show()

    def fit(self) -> None:
        """Take the size that the line needs, in the middle of the card's screen."""
        self.line.ensurePolished()  # before Qt applies the style sheet, sizes are wrong
        free = room(self.screen())
        size = SIZE * max(1.0, font_size(1.0) / LARGE)
        width = min(max(size.width(), self.minimumSizeHint().width()), free.width())
        height = min(max(size.height(), self.heightForWidth(width)), free.height())
        place = QRect(0, 0, width, height)
        place.moveCenter(free.center())
        self.setGeometry(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide the card until the pause window comes up again."""
        event.accept()
        self.hide()


class OtherScreens(QObject):
    """The cards on all screens except that of the pause window."""

    def __init__(self, window: QWidget, clock: Clock, settings: Settings) -> None:
        """Follow `window`, the pause window."""
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._settings = settings
        self._pause: Pause | None = None
        self.cards: list[TimeCard] = []
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self.refresh)
        window.installEventFilter(self)
        follow_system(self._restyle)
        screens = Screens(self)
        screens.changed.connect(self._place)

    def follow(self, pause: Pause | None, settings: Settings) -> None:
        """Show a pause as it is now, if the settings ask for it."""
        came = pause is not None and self._pause is None
        changed = settings.text("screens") != self._settings.text("screens")
        self._pause, self._settings = pause, settings
        if came or changed or pause is None:
            self._place()
        self._restyle()
        self.refresh()

    def refresh(self) -> None:
        """Show the pause as it is now, and start the timer for the next change."""
        self._tick.stop()
        pause = self._pause
        if pause is None or not self.cards:
            return
        now = self._clock.now()
        due = state_of(pause, now) is State.DUE
        for card in self.cards:
            say(card.line, _("It is time") if due else come_back_line(pause, self._clock))
            card.fit()
        if not due:
            next_minute = now.replace(second=0, microsecond=0) + _MINUTE
            change = min(next_minute, pause.return_at)
            self._tick.start(round(seconds_until(change, self._clock) * 1000))

    def close(self) -> None:
        """Remove all cards."""
        self._tick.stop()
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show, remove or restyle the cards with the pause window."""
        if event.type() in _PLACES:
            self._place()
        elif event.type() in _LOOKS:
            self._restyle()
        return False

    def _place(self) -> None:
        """Show a card on each other screen, or remove all cards."""
        self.close()
        if self._pause is None or not self._window.isVisible() or not self._wanted():
            return
        here = self._window.screen()
        others = [screen for screen in QGuiApplication.screens() if not _same(screen, here)]
        self.cards = [TimeCard() for _screen in others]
        self._restyle()
        self.refresh()
        for card, screen in zip(self.cards, others, strict=True):
            card.show_on(screen)

    def _restyle(self) -> None:
        """Use the colours that the settings, or the system, ask for now."""
        sheet = style_sheet(palette_for(self._settings.text("theme")))
        for card in self.cards:
            card.setStyleSheet(sheet)
            card.fit()

    def _wanted(self) -> bool:
        return not on_wayland() and self._settings.text("screens") == ALL


def _same(screen: QScreen, here: QScreen | None) -> bool:
    """Tell whether two screens show the same, as mirrored ones do, at least in part."""
    return here is not None and screen.geometry().intersects(here.geometry())
