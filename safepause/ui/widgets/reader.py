"""What a screen reader is told at once. Without one, nothing is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from safepause.ui.widgets import announced

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def listens() -> bool:
    """Return whether a screen reader, or another aid, asks for the widgets of this program."""
    return QAccessible.isActive()


def announce(window: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence of a window that is on the screen."""
    if sentence and listens():
        announced.announce(window, sentence)


def announce_in(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence that a widget shows now, if it is on the screen."""
    if widget.isVisible():
        announce(widget.window(), sentence)


def say_on(page: QWidget, words: str) -> None:
    """Have a screen reader say what a page shows now.

    It reads the new name of what has the keyboard. If that is another widget, the words are
    announced.
    """
    if words == page.accessibleName():
        return
    page.setAccessibleName(words)
    if not page.hasFocus():
        announce_in(page, words)
