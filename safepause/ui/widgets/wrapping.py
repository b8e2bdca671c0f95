"""Buttons and check boxes whose words go on in a further line if there is no room for them.

Qt draws such words in one line, and cuts them. Only very long ones, or very large letters, need
more: what fits into `NARROW` stays in one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from safepause.ui.theme.style_sheet import TARGET

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent

NARROW = 330
"""The width of a line, in pixels, below which words stay together."""


def in_lines(text: str, letters: QFontMetrics, room: int) -> str:
    """Return a text with its lines broken for a room of this width."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and letters.horizontalAdvance(longer.replace("&&", "&")) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


class _Wrapping:
    """What both widgets share. It stands before a class of Qt, whose sizes it corrects."""

    _control: QStyle.ControlElement

    def minimumSizeHint(self: Any) -> QSize:
        """Return room for the longest word, or for all if that is not much."""
        whole, words = self.sizeHint(), self._words_width()
        if words <= NARROW:
            return QSize(whole)
        letters = self.fontMetrics()
        longest = max(letters.horizontalAdvance(word) for word in self.text().split(" "))
        return QSize(whole.width() - words + max(NARROW, longest), whole.height())

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow widget is higher."""
        return True

    def heightForWidth(self: Any, width: int) -> int:
        """Return the height of all lines in a widget of `width`."""
        lines = in_lines(self.text(), self.fontMetrics(), self._room(width)).count("\n")
        return int(self.sizeHint().height() + lines * self.fontMetrics().lineSpacing())

    def _take_height(self: Any) -> None:
        """Keep the height of all lines. Qt would keep that of one line only."""
        lines = in_lines(self.text(), self.fontMetrics(), self._room(self.width())).count("\n")
        least = self.heightForWidth(self.width()) if lines else 0
        if least or self.minimumHeight() > TARGET:
            self.setMinimumHeight(least)

    def _words_width(self: Any) -> int:
        return int(self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&")))

    def _room(self: Any, width: int) -> int:
        """Return the width that a widget of `width` has for its words."""
        beside = self.sizeHint().width() - self._words_width()
        return max(1, width - int(beside))

    def _paint_lines(self: Any) -> bool:
        """Paint the widget with its words in lines. Return False if they fit into one."""
        text = in_lines(self.text(), self.fontMetrics(), self._room(self.width()))
        if "\n" not in text:
            return False
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = text
        QStylePainter(self).drawControl(self._control, option)
        return True


class WrappingButton(_Wrapping, QPushButton):
    """A button with as many lines as its words need."""

    _control = QStyle.ControlElement.CE_PushButton

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _may_be_higher(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of all lines."""
        super().resizeEvent(event)
        self._take_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words in lines, if they need more than one."""
        if not self._paint_lines():
            super().paintEvent(event)


class WrappingCheckBox(_Wrapping, QCheckBox):
    """A check box with as many lines as its words need."""

    _control = QStyle.ControlElement.CE_CheckBox

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _may_be_higher(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of all lines."""
        super().resizeEvent(event)
        self._take_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words in lines, if they need more than one."""
        if not self._paint_lines():
            super().paintEvent(event)


def _may_be_higher(widget: QWidget) -> None:
    policy = widget.sizePolicy()
    policy.setHeightForWidth(True)
    policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # Qt's own takes no less than all
    widget.setSizePolicy(policy)
