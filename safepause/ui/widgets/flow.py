"""A row of widgets that goes on in a further line if there is no room, as the words of a text do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


class Flow(QLayout):
    """Lays widgets out from the start of a line, or in its middle. Hidden ones take no room."""

    def __init__(self, *, centred: bool = False) -> None:
        super().__init__()
        self._centred = centred
        self._items: list[QLayoutItem] = []
        self._at_end: list[QLayoutItem] = []

    def add(self, shown: QWidget | QLayout, *, at_end: bool = False) -> None:
        """Add a widget or a layout. `at_end` moves it, and what follows, to the end of its line."""
        if isinstance(shown, QLayout):
            self.addChildLayout(shown)
            self.addItem(shown)
        else:
            self.addWidget(shown)
        if at_end:
            self._at_end.append(self._items[-1])

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item from Qt."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item; None beyond the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item; None beyond the last one."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that the lines take the whole width, and no more height than they need."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that a narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines in a row of `width`."""
        lines = [_height(line) for line in self._lines(width)]
        return sum(lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """Return the size of one line with all widgets."""
        shown = self._shown()
        return QSize(self._width(shown), _height(shown))

    def minimumSize(self) -> QSize:
        """Return the size in which each widget has a line of its own, and no line is cut."""
        wide = max((_size(item).width() for item in self._shown()), default=0)
        return QSize(wide, _height(self._shown()))

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets into their places."""
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = Qt.LayoutDirection.LeftToRight if parent is None else parent.layoutDirection()
        top = rect.top()
        for line in self._lines(rect.width()):
            height = _height(line)
            free = max(0, rect.width() - self._width(line))
            left = rect.left() + (free // 2 if self._centred else 0)
            for item in line:
                if item in self._at_end:
                    left, free = left + free, 0
                size = _size(item).boundedTo(QSize(rect.width(), height))
                place = QRect(QPoint(left, top + (height - size.height()) // 2), size)
                item.setGeometry(QStyle.visualRect(direction, rect, place))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        """Yield the items of each line in a row of `width`."""
        line: list[QLayoutItem] = []
        for item in self._shown():
            if line and self._width([*line, item]) > width:
                yield line
                line = []
            line.append(item)
        if line:
            yield line

    def _width(self, line: list[QLayoutItem]) -> int:
        return sum(_size(item).width() for item in line) + self.spacing() * max(0, len(line) - 1)


def _size(item: QLayoutItem) -> QSize:
    return item.sizeHint().expandedTo(item.minimumSize())


def _height(line: list[QLayoutItem]) -> int:
    return max((_size(item).height() for item in line), default=0)
