"""Whether the desktop has a service that takes tray icons: a StatusNotifierItem tray.

Qt's own question waits up to 25 seconds for a message bus that hangs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSystemTrayIcon

from safepause.core.capability import TrayService

if TYPE_CHECKING:
    from safepause.system.dbus.lasting_bus import LastingBus

WATCHER = "org.kde.StatusNotifierWatcher"


def tray_service(bus: LastingBus) -> TrayService:
    """Return whether the desktop takes icons now, after a short look."""
    if sys.platform == "linux":
        seen = bus.look(frozenset({WATCHER}))
        if not seen.answers:
            return TrayService.UNKNOWN if bus.is_open else TrayService.NO_BUS
        there = WATCHER in seen.owned
    else:
        there = QSystemTrayIcon.isSystemTrayAvailable()
    return TrayService.RUNS if there else TrayService.NONE
