"""What a layout holds: widgets and layouts in their order, never Qt's items.

Qt deletes an item with its widget, and Python is not told. Whoever asked for the item keeps a name
for memory that something else has by then, which is a wrong object or a crash.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def parts(layout: QLayout) -> list[QWidget | QLayout]:
    """Return the widgets and the layouts in a layout, in their order."""
    around = layout.parentWidget()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    widgets = around.findChildren(QWidget, options=direct) if around else []
    found: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(each), each) for each in widgets]
    inner = [each for each in layout.children() if isinstance(each, QLayout)]
    found += [(layout.indexOf(each), each) for each in inner]
    return [part for place, part in sorted(found, key=lambda each: each[0]) if place >= 0]


def least_widths(layout: QLayout) -> list[int]:
    """Return the least width of each part that is shown, in pixels."""
    widths = []
    for part in parts(layout):
        if isinstance(part, QLayout):
            if not part.isEmpty():
                widths.append(part.minimumSize().width())
        elif not part.isHidden():
            least = part.minimumSizeHint().expandedTo(part.minimumSize())
            widths.append(least.boundedTo(part.maximumSize()).width())
    return widths
