"""Starts the program again after the desktop's message bus was lost, once nobody uses the program.

Qt connects to the session bus once. If that bus ends, or hangs at the start, Qt has no tray icon
there, no colours of the desktop and no screen reader for the rest of the run. The program's own
connection comes back by itself. So when the bus answers again, and neither a pause stands nor a
window is open, the program starts again, hidden. That takes less than a second.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from safepause.core.capability import CapabilityKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.system.dbus.lasting_bus import LastingBus

STANDS_BY = "stands_by"
"""The property of a window that holds nothing of a person while it is minimised."""
log = logging.getLogger(__name__)


class BusReturn:
    """Waits for the return of a lost bus, and for a moment in which nobody uses the program."""

    def __init__(
        self,
        qt: QApplication,
        service: PauseService,
        bus: LastingBus,
        restart: Callable[[], bool],
        *,
        lost: bool,
    ) -> None:
        """Follow the bus. `lost` says whether Qt has started without it.

        `restart` returns False if the program can't start again.
        """
        self._qt = qt
        self._service = service
        self._bus = bus
        self._restart = restart
        self._lost = self._back = self._waits = False
        bus.lost.connect(self._cut_off)
        bus.came.connect(self._came)
        service.on_change(CapabilityKey.PROGRAM, lambda _accepted: self._look())
        if lost:
            self._cut_off()

    def start(self) -> None:
        """Do nothing. The bus tells of its return."""

    def stop(self) -> None:
        """Wait no longer."""
        self._lost = False

    def capabilities(self) -> list[Capability]:
        """Say nothing: what is missing without the bus says it itself."""
        return []

    def _cut_off(self) -> None:
        self._lost, self._back = True, False
        if not self._waits:
            self._waits = True
            self._qt.focusWindowChanged.connect(self._look)
            self._qt.lastWindowClosed.connect(self._look)

    def _came(self) -> None:
        self._back = True
        self._look()

    def _look(self) -> None:
        """Start again if the bus is back and nobody uses the program."""
        unused = self._service.pause is None and not _window_in_use()
        if self._lost and self._back and unused and self._restart():
            self._lost = False
            log.info("the session bus is back: the program starts again")


def _window_in_use() -> bool:
    """Return whether a person may use a window. The icon of an X11 tray is one without a title.

    A minimised window may hold words of a person, except the home window, which has none.
    """
    return any(
        window.isVisible() and window.windowTitle() and not _stands_by(window)
        for window in QApplication.topLevelWidgets()
    )


def _stands_by(window: QWidget) -> bool:
    return window.isMinimized() and bool(window.property(STANDS_BY))
