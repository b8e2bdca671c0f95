"""The message bus of the person's session, where this system has such a thing."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.system.dbus.connection import Bus

log = logging.getLogger(__name__)


class SessionBus:
    """The desktop's bus, connected with its first use, and anew once a lost one is needed again."""

    def __init__(self) -> None:
        """Connect to nothing yet."""
        self._asked = False
        self._bus: Bus | None = None

    def __call__(self) -> Bus | None:
        """Return the bus; a closed one as long as it is lost, None where there never was one."""
        if not self._asked or (self._bus is not None and not self._bus.is_open):
            self._asked = True
            self._bus = _connect() or self._bus
        return self._bus

    def close(self) -> None:
        """Leave the bus, if there is one."""
        if self._bus is not None:
            self._bus.close()


def _connect() -> Bus | None:
    if not sys.platform.startswith("linux"):
        return None
    from safepause.system.dbus.connection import Bus, NoBus

    try:
        bus = Bus.session()
    except NoBus as error:
        log.info("no session bus: %s", error)
        return None
    bus.closed.connect(lambda why: log.warning("the session bus is gone: %s", why))
    return bus
