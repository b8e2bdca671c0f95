"""Watches whether the desktop's tray appears: after the icon was made, or again after a restart.

Qt 6.11 doesn't always add an icon to a panel that restarts, and never to a StatusNotifierItem tray
that appears after the icon was made. So this watches the session bus. Nothing wakes up until a tray
appears. Qt itself notices XEmbed trays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.system.dbus.message import Rule
from safepause.system.session.tray_service import WATCHER

if TYPE_CHECKING:
    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.message import Message

PATH = "/StatusNotifierWatcher"


class TrayWatcher(QObject):
    """Watches the service that takes icons, while the bus is open."""

    came = Signal()
    """A tray has appeared that doesn't have the icon yet. One tray may be reported twice."""

    def __init__(self, bus: Bus, parent: QObject | None = None, *, met: bool) -> None:
        """Start to watch. `met` says whether there was a tray when the icon was made."""
        super().__init__(parent)
        self._owner: str | None = None
        self._met = met
        bus.watch_name(WATCHER, self._owner_changed)
        # The service that takes icons may run before the panel that shows them.
        bus.on_signal(Rule(WATCHER, PATH, WATCHER, "StatusNotifierHostRegistered"), self._shown)

    def _owner_changed(self, owner: str) -> None:
        if owner == self._owner:
            return
        first = self._owner is None
        self._owner = owner
        if owner and not (first and self._met):
            self.came.emit()

    def _shown(self, _message: Message) -> None:
        self.came.emit()
