"""Notifications: short messages to a person while another program is in front.

Three ways are tried in this order: the desktop's service over D-Bus (dbus.py), plyer (plyer.py, the
only file that imports it), and a message of the tray icon. The window shows the same, so a
notification that fails is logged and is no error.
"""

from __future__ import annotations

from safepause.system.notifications.backend import Notice
from safepause.system.notifications.fallback import Notifications

__all__ = ["Notice", "Notifications"]
