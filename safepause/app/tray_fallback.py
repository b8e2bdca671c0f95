"""The fallback for a desktop without a tray: the home window is shown instead of the icon.

At a login nobody has asked for a window, and the panel may start late. So the wait is long then,
and the window is minimised. A tray that comes later still gets the icon: see `desktop_events`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows

LOGIN_PATIENCE_MS = 60_000
"""How long a starting desktop may take to offer a tray after a login."""


class TrayFallback(QObject):
    """Waits for a tray, and shows the home window if no tray comes."""

    def __init__(self, available: Callable[[], bool], flow: PauseFlow, windows: Windows) -> None:
        """Make the fallback. `available` tells whether the desktop has a tray now."""
        super().__init__()
        self._available = available
        self._flow = flow
        self._windows = windows
        self._hidden = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def wait(self, patience_ms: int, *, hidden: bool) -> None:
        """Look for a tray again after `patience_ms` milliseconds.

        `hidden`: the program was started without a window, as at a login.
        """
        if not self._available():
            self._hidden = hidden
            self._timer.start(patience_ms)

    def stop(self) -> None:
        """Stop the wait."""
        self._timer.stop()

    def tray_came(self) -> None:
        """Stop the wait, and remove the sentence that there is no tray."""
        self.stop()
        self._windows.take_back_no_tray()

    def _look(self) -> None:
        if self._available():
            self._windows.tray_told()
            return
        at_login = self._hidden and not self._flow.used
        if at_login and self._timer.interval() != LOGIN_PATIENCE_MS:
            self._timer.start(LOGIN_PATIENCE_MS)
            return
        self._windows.say_no_tray()
        if at_login:
            self._windows.stand_by()
        elif not self._windows.greets and not self._flow.wait_for_home():
            self._windows.show_home()
