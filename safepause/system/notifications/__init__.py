"""Notifications: a word to the person while another program has the screen.

Tried in turn: the desktop's own service over D-Bus, with buttons (by_dbus.py); plyer (by_plyer.py,
the only one that imports it); the tray icon's message. The window says everything as well, so a
notification that nobody shows is logged and never fatal.
"""

from __future__ import annotations

from safepause.system.notifications.chain import Notifications
from safepause.system.notifications.notice import Notice

__all__ = ["Notice", "Notifications"]
