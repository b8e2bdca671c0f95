"""The order in which ways of notifying are tried, and the one place that decides about failure."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.system.notifications.plyer import PlyerNotifications

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.capability import Capability
    from safepause.system.dbus.connection import Bus
    from safepause.system.notifications.backend import Channel, Notice

log = logging.getLogger(__name__)


class Notifications(QObject):
    """Shows one notice at a time, in the best way that works. A failure is logged, never fatal."""

    chosen = Signal(str)
    """The key of the button that was pressed; "default" for a click on the notice itself."""

    def __init__(
        self,
        bus: Bus | None,
        tray_message: Callable[[str, str], None],
        parent: QObject | None = None,
        *,
        fallback: Channel | None = None,
    ) -> None:
        """Use the bus of the person's session, if there is one; then plyer, then the tray.

        `fallback` stands in for plyer.
        """
        super().__init__(parent)
        self._tray_message = tray_message
        self._channels: list[Channel] = []
        self._show = 0
        if bus is not None:
            from safepause.system.notifications.dbus import DBusNotifications

            desktop = DBusNotifications(bus, self)
            desktop.chosen.connect(self.chosen)
            self._channels.append(desktop)
        self._channels.append(fallback or PlyerNotifications(parent=self))

    def show(self, notice: Notice) -> None:
        """Show a notice in place of the last one. Returns at once."""
        self._show += 1
        self._try(notice, 0, self._show)

    def withdraw(self) -> None:
        """Take the notice from the screen, where that is possible."""
        self._show += 1
        for channel in self._channels:
            channel.withdraw()

    def capability(self) -> Capability:
        """Say how notices are shown here, as far as is known now."""
        said = [channel.capability() for channel in self._channels]
        return next((capability for capability in said if capability.available), said[0])

    def _try(self, notice: Notice, index: int, show: int) -> None:
        """Try the ways from `index` on, unless something else was shown or withdrawn meanwhile."""
        if show != self._show:
            return
        if index == len(self._channels):
            self._tray_message(notice.title, notice.body)
            return

        def refused(why: str) -> None:
            log.warning("a notification was not shown: %s", why)
            self._try(notice, index + 1, show)

        self._channels[index].show(notice, refused)
