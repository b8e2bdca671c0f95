"""Whether the desktop is Wayland: there the compositor places windows, and programs can't."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def on_wayland() -> bool:
    """Tell whether the compositor decides where windows stand, and which one is in front."""
    return QGuiApplication.platformName().startswith("wayland")
