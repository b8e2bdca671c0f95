"""Notifications: a word to the person while another program has the screen.

Tried in turn: the desktop's own service over D-Bus, with buttons (by_dbus.py); plyer (by_plyer.py,
the only one that imports it); the tray icon's message. The window says everything as well, so a
notification that nobody shows is logged and never fatal.
"""

from __future__ import annotations

from safepause.system.notifications.backend import Notice
from safepause.system.notifications.fallback import Notifications

__all__ = ["Notice", "Notifications"]
