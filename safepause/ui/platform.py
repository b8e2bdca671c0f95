"""Whether the desktop is X11 or Wayland, which differ in what a program may do with its windows."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def on_wayland() -> bool:
    """Tell whether this is Wayland. There the compositor places windows and decides their order."""
    return QGuiApplication.platformName().startswith("wayland")


def on_x11() -> bool:
    """Tell whether this is X11. There a program may ask the window manager."""
    return QGuiApplication.platformName() == "xcb"
