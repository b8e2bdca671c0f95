"""A row of widgets that goes on in a further line if there is no room, as a text does.

A widget of the row can be lent to another layout. Its place in the row stays free until it is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class _Place:
    """The place of a widget in the row."""

    widget: QWidget
    at_end: bool
    item: QLayoutItem | None = None
    """What Qt makes of the widget; None while the widget is lent."""

    @property
    def size(self) -> QSize:
        """The size of the widget, here or elsewhere."""
        return self.widget.sizeHint().expandedTo(self.widget.minimumSize())


class Flow(QLayout):
    """Lays widgets out from the start of a line, or in its middle. Hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, *, centred: bool = False) -> None:
        super().__init__(parent)
        self._centred = centred
        self._places: list[_Place] = []

    def add(self, widget: QWidget, *, at_end: bool = False) -> None:
        """Add a widget. `at_end` moves it to the end of its line, after all others."""
        if all(place.widget is not widget for place in self._places):
            ends = sum(place.at_end for place in self._places)
            place = len(self._places) - (0 if at_end else ends)
            self._places.insert(place, _Place(widget, at_end))
        self.addWidget(widget)

    def take_back(self) -> None:
        """Put all widgets that were lent back into their places."""
        for place in self._places:
            if place.item is None:
                self.addWidget(place.widget)

    def lent_height(self, width: int) -> int:
        """Return how much higher a row of `width` would be with the widgets that are lent."""
        now, whole = self._height(self._shown(), width), self._height(self._all(), width)
        return whole - now if now or not whole else whole + self.spacing()

    def addItem(self, item: QLayoutItem) -> None:
        """Take the item of a widget from Qt."""
        widget = item.widget()
        for place in self._places:
            if place.widget is widget:
                place.item = item
                return
        if widget is not None:
            self._places.append(_Place(widget, at_end=False, item=item))

    def count(self) -> int:
        """Return the number of widgets that are here."""
        return len(self._items())

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item; None beyond the last one."""
        items = self._items()
        return items[index] if 0 <= index < len(items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item; None beyond the last one."""
        taken = self.itemAt(index)
        for place in self._places:
            if taken is not None and place.item is taken:
                place.item = None
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        """Return that the lines take the whole width, and no more height than they need."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that a narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines in a row of `width`."""
        around = self._around()
        return self._height(self._shown(), width - around.width()) + around.height()

    def sizeHint(self) -> QSize:
        """Return the size of one line with all widgets."""
        shown = self._shown()
        return QSize(self._width(shown), _highest(shown)) + self._around()

    def minimumSize(self) -> QSize:
        """Return the width of the widest widget, and the height of one line."""
        shown = self._shown()
        wide = max((place.size.width() for place in shown), default=0)
        return QSize(wide, _highest(shown)) + self._around()

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets where they belong."""
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top()
        for line in self._lines(self._shown(), inside.width()):
            height = _highest(line)
            self._lay_out(line, QRect(inside.left(), top, inside.width(), height))
            top += height + self.spacing()

    def _lay_out(self, line: list[_Place], room: QRect) -> None:
        parent = self.parentWidget()
        direction = Qt.LayoutDirection.LeftToRight if parent is None else parent.layoutDirection()
        free = max(0, room.width() - self._width(line))
        left = room.left() + (free // 2 if self._centred else 0)
        for place in line:
            if place.at_end:
                left, free = left + free, 0
            size = place.size.boundedTo(room.size())
            area = QRect(QPoint(left, room.top() + (room.height() - size.height()) // 2), size)
            if place.item is not None:
                place.item.setGeometry(QStyle.visualRect(direction, room, area))
            left += size.width() + self.spacing()

    def _around(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _items(self) -> list[QLayoutItem]:
        return [place.item for place in self._places if place.item is not None]

    def _all(self) -> list[_Place]:
        """Return the places of all widgets that are not hidden."""
        return [place for place in self._places if not place.widget.isHidden()]

    def _shown(self) -> list[_Place]:
        """Return the places of the widgets that are here."""
        return [place for place in self._all() if place.item is not None]

    def _lines(self, places: list[_Place], width: int) -> Iterator[list[_Place]]:
        """Yield the places of each line in a row of `width`."""
        line: list[_Place] = []
        for place in places:
            if line and self._width([*line, place]) > width:
                yield line
                line = []
            line.append(place)
        if line:
            yield line

    def _height(self, places: list[_Place], width: int) -> int:
        heights = [_highest(line) for line in self._lines(places, width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def _width(self, line: list[_Place]) -> int:
        return sum(each.size.width() for each in line) + self.spacing() * max(0, len(line) - 1)


def _highest(line: list[_Place]) -> int:
    return max((place.size.height() for place in line), default=0)
