"""GNOME's overview of all windows. A window that comes up while it is open is only a small picture.

The overview keeps the keyboard, too. GNOME Shell closes it when a property is set (43 and 48).
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from safepause.system.dbus.message import Call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepause.system.dbus.connection import Bus

_SHELL, _PATH = "org.gnome.Shell", "/org/gnome/Shell"
_PROPERTY = (_SHELL, "OverviewActive", ("b", False))

log = logging.getLogger(__name__)


def leave_overview(bus: Bus | None, env: Mapping[str, str] = os.environ) -> None:
    """Close the overview on GNOME, which `env` names. Wait for nothing."""
    if bus is None or "GNOME" not in env.get("XDG_CURRENT_DESKTOP", "").split(":"):
        return
    call = Call(_SHELL, _PATH, "org.freedesktop.DBus.Properties", "Set", "ssv", _PROPERTY)
    bus.call(call, lambda _done: None, lambda error: log.info("The overview stays: %s", error))
