"""The session bus for the whole program: connected at its first use, and again after a loss."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from safepause.system.dbus.factory import connect_session

if TYPE_CHECKING:
    from safepause.system.dbus.connection import Bus

log = logging.getLogger(__name__)


class SessionBus:
    """Returns the program's connection to the session bus."""

    def __init__(self) -> None:
        """Connect to nothing yet."""
        self._asked = False
        self._bus: Bus | None = None

    def __call__(self) -> Bus | None:
        """Return the connection, or None if there has never been a session bus.

        A lost connection is replaced. If that fails, it is returned itself: it is closed.
        """
        if not self._asked or (self._bus is not None and not self._bus.is_open):
            self._asked = True
            self._bus = _connect() or self._bus
        return self._bus

    def close(self) -> None:
        """Disconnect."""
        if self._bus is not None:
            self._bus.close()


def _connect() -> Bus | None:
    bus = connect_session()
    if bus is not None:
        bus.closed.connect(lambda why: log.warning("the session bus is gone: %s", why))
    return bus
