"""The selection of X11 and Wayland: words that were marked with the mouse, for a middle click."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication


def give_up_selection() -> None:
    """Give up the selection, if it has words of SafePause. That of another program stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
