"""What other programs can paste: the words that a person has marked, and those that were copied.

X11 and Wayland paste marked words with a middle click.
"""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication


def give_up_selection() -> None:
    """Give up the selection, if it has words of SafePause. That of another program stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def give_up_copied() -> None:
    """Give up the words that were copied from SafePause. Those of another program stay."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
