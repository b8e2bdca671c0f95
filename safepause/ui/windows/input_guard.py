"""Swallows the input of a window's first moments: keys and clicks meant for another window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow

if TYPE_CHECKING:
    from safepause.core.clock import Clock

SECONDS = 0.7
"""How long keys and clicks are swallowed after a window came up."""


_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletRelease,
    }
)


class InputGuard(QObject):
    """Makes a window deaf for its first moments, and to a key that was held down through them.

    It sits at the window's native handle, through which all real input comes, so that it costs
    nothing per widget; the first input after the time has passed takes it off again.
    """

    def __init__(self, clock: Clock, parent: QObject) -> None:
        """Guard nothing yet."""
        super().__init__(parent)
        self._clock = clock
        self._until = 0.0
        self._window: QWindow | None = None

    def watch(self, window: QWindow | None) -> None:
        """Swallow the input of `window` from now on, for `SECONDS` of the monotonic clock."""
        self._until = self._clock.monotonic() + SECONDS
        if window is not None and window is not self._window:
            self._window = window
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Return True for what is swallowed."""
        if event.type() not in _INPUT:
            return False
        held = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        if held or self._clock.monotonic() < self._until:
            event.accept()  # a key that nobody accepts would be tried as a shortcut
            return True
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None
        return False
