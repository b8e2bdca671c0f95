"""Tells those who can't see a window that a person has left by the quick exit."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal


class Leaving(QObject):
    """A child of Qt's application, which the quick exit looks for there."""

    left = Signal()
    """Every window of the program is hidden, since a person wanted that at once."""


def tell_left() -> None:
    """Tell those who listen."""
    qt = QCoreApplication.instance()
    if qt is not None:
        for each in qt.findChildren(Leaving):
            each.left.emit()
