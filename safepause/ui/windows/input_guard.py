"""Ignores the input of a window's first moments, because the person meant it for another window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow

if TYPE_CHECKING:
    from safepause.core.clock import Clock

SECONDS = 0.7
"""How long a window ignores keys and clicks after it came up."""
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
    """Ignores the input of a window in its first moments, and a key that is held from then on.

    It filters the events of the native window, which gets all real input, so that widgets need no
    filter. The first input after these moments removes the filter.
    """

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._until = 0.0
        self._window: QWindow | None = None

    def watch(self, window: QWindow | None) -> None:
        """Ignore the input of `window` from now on, for `SECONDS` of the monotonic clock."""
        self._until = self._clock.monotonic() + SECONDS
        if window is not None and window is not self._window:
            self._window = window
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Return True for an event to ignore."""
        if event.type() not in _INPUT:
            return False
        held = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        if held or self._clock.monotonic() < self._until:
            event.accept()  # otherwise Qt would try the key as a shortcut
            return True
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None
        return False
