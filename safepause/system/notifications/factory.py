"""Makes the way of notifying for a system without a D-Bus service."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from safepause.system.notifications.backend import Channel


def make_fallback(parent: QObject) -> Channel:
    """Return the way through plyer."""
    # The door to plyer: a desktop with a notification service doesn't need its 0.5 MB.
    from safepause.system.notifications.plyer import PlyerNotifications

    return PlyerNotifications(parent=parent)
