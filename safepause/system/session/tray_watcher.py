"""Notices when the desktop's tray comes: late, or again after the panel was started anew.

Qt takes an icon to a panel that comes back only sometimes, and never to one that speaks
StatusNotifierItem and came later than the icon was made: seen with Qt 6.11. So the bus is listened
to; nothing wakes up while nothing comes. XEmbed trays tell Qt themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.system.dbus.wire import Rule

if TYPE_CHECKING:
    from safepause.system.dbus.connection import Bus
    from safepause.system.dbus.wire import Message

WATCHER = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"


class TrayWatcher(QObject):
    """Follows who takes icons on this desktop, for as long as the bus stands."""

    came = Signal()
    """A tray is there that has no icon of ours yet; may be said twice for the same one."""

    def __init__(self, bus: Bus, parent: QObject | None = None, *, met: bool) -> None:
        """Listen. `met`: whether the icon was made when there was a tray already."""
        super().__init__(parent)
        self._owner: str | None = None
        self._met = met
        bus.watch_name(WATCHER, self._owner_changed)
        # One that takes icons may still wait for somebody who shows them.
        bus.on_signal(Rule(WATCHER, PATH, WATCHER, "StatusNotifierHostRegistered"), self._shown)

    def _owner_changed(self, owner: str) -> None:
        if owner == self._owner:
            return
        first = self._owner is None
        self._owner = owner
        if owner and not (first and self._met):
            self.came.emit()

    def _shown(self, _heard: Message) -> None:
        self.came.emit()
