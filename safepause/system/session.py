"""The message bus of the person's session, where this system has such a thing."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepause.system.dbus import Bus

log = logging.getLogger(__name__)


def session_bus() -> Bus | None:
    """Return the desktop's bus; None where there is none, which `doctor` says."""
    if not sys.platform.startswith("linux"):
        return None
    from safepause.system.dbus import Bus, NoBus

    try:
        return Bus.session()
    except NoBus as error:
        log.info("no session bus: %s", error)
        return None
