"""What Qt tells a screen reader of a widget.

No object of Qt's accessibility is kept: Qt deletes it with its widget, and tells Python nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from safepause.ui.widgets.announced import Announced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


def name_of(widget: QWidget) -> str:
    """Return the name of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def role_of(widget: QWidget) -> QAccessible.Role:
    """Return the role of a widget."""
    return QAccessible.queryAccessibleInterface(widget).role()


def labels_of(widget: QWidget) -> list[str]:
    """Return the names of the labels of a field, which is how readers on Linux name a list."""
    told = QAccessible.queryAccessibleInterface(widget).relations(QAccessible.RelationFlag.Label)
    return [other.text(QAccessible.Text.Name) for other, _flag in told]


def tabbed(window: QWidget) -> list[QWidget]:
    """Return what Qt's Tab key reaches in a window, from the widget after the window on."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and not widget.focusProxy() and widget.isVisible() and widget.isEnabled():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def announced(window: QWidget) -> str:
    """Return the sentence that a screen reader was told last, if the window still has it."""
    notes = [note for note in window.findChildren(Announced) if note.isVisible()]
    assert all(role_of(note) is QAccessible.Role.Notification for note in notes)
    return " ".join(name_of(note) for note in notes)


@contextmanager
def listening() -> Iterator[None]:
    """Have a screen reader listen."""
    QAccessible.setActive(True)
    try:
        yield
    finally:
        QAccessible.setActive(False)
