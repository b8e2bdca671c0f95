"""Connects to the session bus and to the system bus, if this system has them."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from safepause.system.dbus.connection import Bus

log = logging.getLogger(__name__)


def connect_session(parent: QObject | None = None) -> Bus | None:
    """Return a connection to the session bus, or None if there is no such bus."""
    return _connect("session", parent)


def connect_system(parent: QObject | None = None) -> Bus | None:
    """Return a connection to the system bus, or None if there is no such bus."""
    return _connect("system", parent)


def _connect(name: str, parent: QObject | None) -> Bus | None:
    found = None
    if sys.platform == "linux":
        # Other systems have no jeepney, and the tray icon must not wait for it.
        from safepause.system.dbus.connection import Bus, NoBus

        try:
            found = Bus.system(parent) if name == "system" else Bus.session(parent)
        except NoBus as error:
            log.debug("no %s bus: %s", name, error)
    return found
