"""The icon of all windows. Its files also serve the desktop's menus and task bars."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from safepause.assets import resource

SIZES = (16, 32, 48, 64, 128)
"""In pixels."""


def window_icon(name: str) -> QIcon:
    """Return the icon called `name`. Qt reads the files with the first use of the icon."""
    icon = QIcon()
    for size in SIZES:
        file = resource("icons", "hicolor", f"{size}x{size}", "apps", f"{name}.png")
        icon.addFile(str(file), QSize(size, size))
    return icon
