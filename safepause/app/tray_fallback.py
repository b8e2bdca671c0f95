"""What becomes of a program that has nowhere to stand: its window is the home then.

At a login nobody has asked for a window, and the panel may take its time: so the wait is long, and
the window comes minimised, once. A tray that comes later still gets the icon: see `reaching`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.windows import Windows

LOGIN_PATIENCE_MS = 60_000
"""How long a desktop that starts may take to offer a tray, where nobody waits for a window."""


class TrayFallback(QObject):
    """Waits for a tray, and makes the window the home if none comes."""

    def __init__(self, available: Callable[[], bool], windows: Windows) -> None:
        """Know how to look for a tray; nothing is waited for yet."""
        super().__init__()
        self._available = available
        self._windows = windows
        self._hidden = False
        self._timer = QTimer(self, singleShot=True)

    def wait(self, patience_ms: int, *, hidden: bool) -> None:
        """Look again after `patience_ms`; `hidden` if the program was started without a window."""
        if not self._available():
            self._hidden = hidden
            self._timer.timeout.connect(self._look)
            self._timer.start(patience_ms)

    def stop(self) -> None:
        """Wait no more."""
        self._timer.stop()

    def tray_came(self) -> None:
        """Take back that there is no tray."""
        self.stop()
        self._windows.take_back_no_tray()

    def _look(self) -> None:
        self._timer.timeout.disconnect(self._look)
        if self._available():
            return
        if self._hidden and self._windows.stage is None:
            self._timer.timeout.connect(self._look_again)
            self._timer.start(LOGIN_PATIENCE_MS)
        else:
            self._windows.show_home_without_tray()

    def _look_again(self) -> None:
        if not self._available():
            self._windows.show_home_without_tray(minimised=self._windows.stage is None)
