"""Where a window stands: whole, inside a screen that the person looks at.

Screens come, go, and change their size. A window that is shown then stays whole. A hidden window is
placed when it comes up.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QWidget

from safepause.ui.platform import on_wayland, on_x11
from safepause.ui.theme.scale import LEAST_HIGH, LEAST_WIDE

FRAME = QSize(16, 48)
"""Room on the screen for the window's frame, which the desktop adds, in pixels."""
SMALLEST = QSize(LEAST_WIDE, LEAST_HIGH)
"""The smallest size of a window, unless the screen has less room."""
LEAST = QSize(240, 160)
"""A screen with less room shows nothing: it was switched off, or is about to get its size."""
SETTLED_MS = 200
"""The time in which a window manager has placed a new window."""
_FIXED = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
_MINIMISED = Qt.WindowState.WindowMinimized


def pointer_screen() -> QScreen:
    """Return the screen with the pointer, which is where the person is most likely."""
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()


def room(screen: QScreen) -> QRect:
    """Return the part of a screen that no panel covers.

    WORKAROUND: on X11, Qt 6 scales the size of this part, and not its distance from the screen's
    corner (`QHighDpi::fromNativeScreenGeometry`).
    """
    free, whole = screen.availableGeometry(), screen.geometry()
    scale = screen.devicePixelRatio()
    if on_x11() and scale > 1:
        off = free.topLeft() - whole.topLeft()
        corner = QPoint(math.ceil(off.x() / scale), math.ceil(off.y() / scale))
        free = QRect(whole.topLeft() + corner, free.size())
    return free.intersected(whole)


class Screens(QObject):
    """Tells of screens that come, go or change. A burst of changes is told once."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._burst = QTimer(self, singleShot=True, interval=0)
        self._burst.timeout.connect(self.changed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._follow)
            application.screenAdded.connect(self.look_again)
            application.screenRemoved.connect(self.look_again)
        for screen in QGuiApplication.screens():
            self._follow(screen)

    def look_again(self) -> None:
        """Tell of a change soon, because what was known of a window has changed."""
        self._burst.start()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.look_again)
        screen.availableGeometryChanged.connect(self.look_again)


class Placed(QWidget):
    """A window that stays whole, inside a screen."""

    def __init__(self) -> None:
        super().__init__()
        self._cut = QSize()
        """The size for which the screen has no room; empty if the window has all it needs."""
        self._kept = QPoint()
        """Where a window without its frame stood before it was shown anew."""
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._return)
        self._new = False
        """Whether the window was shown, and is not painted yet."""
        self.setMinimumSize(SMALLEST)
        self._screens = Screens(self)
        self._screens.changed.connect(self.stay_whole)

    def showEvent(self, event: QShowEvent) -> None:
        """Wait for the first frame."""
        super().showEvent(event)
        self._new = on_x11()

    def event(self, event: QEvent) -> bool:
        """Look again with the first frame. On X11, the width of a new window's frame is known then.

        Before that, Qt places the window without its frame, so that a panel may cover the title.
        """
        if event.type() == QEvent.Type.Paint and self._new:
            self._new = False
            self._screens.look_again()
        return super().event(event)

    def full_size(self) -> QSize:
        """Return the size at which the window needs no scrolling, or a larger one of a person."""
        return self.size()

    def most_size(self) -> QSize:
        """Return the size for which the screen has room, beside the window's frame."""
        return room(self.screen()).size() - FRAME

    def place(self, screen: QScreen) -> None:
        """Put the window into the middle of a screen, in its full size if there is room."""
        self.setScreen(screen)
        if self.windowState() & _FIXED:
            return  # the window manager places it
        self._use_room()
        free = room(screen)
        outer = QRect(free.topLeft(), self.size() + FRAME)
        if free.size().expandedTo(outer.size()) == free.size():
            outer.moveCenter(free.center())
        # Qt counts the frame in its own pixels: on a scaled screen, a thin edge counts nothing.
        edge = int(on_x11() and screen.devicePixelRatio() > 1)
        outer.moveLeft(max(outer.left(), free.left() + edge))
        self.move(outer.topLeft())

    def settled_place(self) -> QPoint:
        """Return where the window stands without its frame, once it has settled."""
        return self._kept if self._settled.isActive() else self.geometry().topLeft()

    def settle_at(self, place: QPoint) -> None:
        """Have the window, which is about to be shown anew, stand where it stood.

        WORKAROUND: i3 and metacity shift a window that is shown by the size of its frame.
        """
        self._kept = place
        if on_x11():
            self._settled.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait no longer: a hidden window stands nowhere."""
        super().hideEvent(event)
        self._settled.stop()

    def _return(self) -> None:
        off = self._kept - self.geometry().topLeft()
        if self.isVisible() and not off.isNull():
            self.move(self.pos() + off)

    def grow(self) -> None:
        """Take the full size, if there is room, now that a shown window has got more contents."""
        self._use_room()
        self.stay_whole()

    def stay_whole(self) -> None:
        """Place a shown window again if it is not whole, or could have more room."""
        state = self.windowState()
        if on_wayland() or not self.isVisible() or state & (_FIXED | _MINIMISED):
            return
        if self._cut.isValid() or not room(self.screen()).contains(self.frameGeometry()):
            self.place(self.screen())

    def _use_room(self) -> None:
        most = self.most_size()
        self.setMinimumSize(SMALLEST.boundedTo(most))
        full = self.full_size().expandedTo(self._cut)
        shows = most.boundedTo(LEAST) == LEAST
        fits = full.boundedTo(most) if shows else full
        self._cut = QSize() if shows and fits == full else full
        self.resize(fits)
