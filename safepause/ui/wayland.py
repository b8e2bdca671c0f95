"""Whether the desktop is Wayland, where the compositor places the windows, and not the program."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def on_wayland() -> bool:
    """Tell whether this is Wayland. There the compositor also decides which window is in front."""
    return QGuiApplication.platformName().startswith("wayland")
