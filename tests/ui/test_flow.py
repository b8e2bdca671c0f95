"""The row that goes on in a further line: where its widgets stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safepause.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

GAP = 10


class Box(QWidget):
    """A widget of a fixed size."""

    def __init__(self, width: int, height: int = 40) -> None:
        super().__init__()
        self.setFixedSize(width, height)

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """Return the size."""
        return self.size()


class Row:
    """A flow with boxes, in a window."""

    def __init__(self, qtbot: QtBot, *, centred: bool = False) -> None:
        """Make an empty row."""
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.flow = Flow(centred=centred)
        self.flow.setSpacing(GAP)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.flow)
        column.addStretch(1)

    def laid_out(self, width: int, *boxes: QWidget) -> list[tuple[int, int]]:
        """Return left and top of the boxes in a window of `width`."""
        self.window.resize(width, 300)
        self.window.show()
        return [(box.x(), box.y()) for box in boxes]


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    """Return an empty row."""
    return Row(qtbot)


def test_one_line_while_there_is_room(row: Row) -> None:
    """Widgets stand side by side, and a lower one in the middle of the line."""
    boxes = Box(100), Box(100, 20), Box(100)
    for box in boxes:
        row.flow.add(box)
    assert row.laid_out(330, *boxes) == [(0, 0), (110, 10), (220, 0)]
    assert row.flow.heightForWidth(320) == 40


def test_a_further_line_without_room(row: Row) -> None:
    """What has no room in a line stands in the next one."""
    boxes = Box(100), Box(100), Box(100)
    for box in boxes:
        row.flow.add(box)
    assert row.laid_out(319, *boxes) == [(0, 0), (110, 0), (0, 50)]
    assert row.flow.heightForWidth(319) == 90
    assert row.flow.heightForWidth(100) == 140
    assert row.flow.minimumSize().width() == 100


def test_the_end_of_a_line(row: Row) -> None:
    """A widget with `at_end` stands at the end of the line, alone or not."""
    boxes = Box(100), Box(100), Box(50)
    row.flow.add(boxes[0])
    row.flow.add(boxes[1], at_end=True)
    row.flow.add(boxes[2], at_end=True)
    assert row.laid_out(400, *boxes) == [(0, 0), (240, 0), (350, 0)]
    assert row.laid_out(200, *boxes) == [(0, 0), (40, 50), (150, 50)]


def test_the_middle_of_a_line(qtbot: QtBot) -> None:
    """A centred row has the same room at both ends of each line."""
    row = Row(qtbot, centred=True)
    boxes = Box(100), Box(50), Box(100)
    for box in boxes:
        row.flow.add(box)
    assert row.laid_out(300, *boxes) == [(15, 0), (125, 0), (185, 0)]
    assert row.laid_out(200, *boxes) == [(20, 0), (130, 0), (50, 50)]


def test_from_right_to_left(row: Row) -> None:
    """In a language that is written from right to left, the row begins at the right."""
    boxes = Box(100), Box(50)
    row.flow.add(boxes[0])
    row.flow.add(boxes[1], at_end=True)
    row.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert row.laid_out(300, *boxes) == [(200, 0), (0, 0)]


def test_hidden_widgets_take_no_room(row: Row) -> None:
    """A hidden widget leaves its place to the next one. Shown again, it has its place again."""
    boxes = Box(100), Box(100)
    for box in boxes:
        row.flow.add(box)
    boxes[0].hide()
    assert row.laid_out(300, boxes[1]) == [(0, 0)]
    boxes[0].show()
    QCoreApplication.sendPostedEvents()
    assert row.laid_out(300, *boxes) == [(0, 0), (110, 0)]


def test_a_widget_is_lent_and_comes_back(qtbot: QtBot, row: Row) -> None:
    """A widget that was in another layout for a while is back in its old place."""
    boxes = Box(100), Box(100), Box(100)
    for box in boxes:
        row.flow.add(box)
    other = Row(qtbot)
    assert row.flow.lent_height(250) == 0
    other.flow.add(boxes[1])
    assert row.flow.count() == 2
    assert row.flow.heightForWidth(250) == 40
    assert row.flow.lent_height(250) == 50
    row.flow.take_back()
    assert (row.flow.count(), other.flow.count()) == (3, 0)
    assert row.laid_out(330, *boxes) == [(0, 0), (110, 0), (220, 0)]


def test_an_only_widget_that_is_lent_takes_the_gap_with_it(qtbot: QtBot, row: Row) -> None:
    """An empty row takes no room, so its only widget would need the gap as well."""
    box = Box(100)
    row.flow.add(box)
    other = Row(qtbot)
    other.flow.add(box)
    assert row.flow.lent_height(300) == 40 + GAP
    box.hide()
    assert row.flow.lent_height(300) == 0


def test_margins_are_kept(qtbot: QtBot) -> None:
    """The row leaves its margins free on all sides."""
    window = QWidget()
    qtbot.addWidget(window)
    flow = Flow(window)
    flow.setSpacing(GAP)
    flow.setContentsMargins(5, 6, 7, 8)
    box = Box(100)
    flow.add(box)
    window.resize(300, 100)
    window.show()
    assert box.geometry() == QRect(5, 6, 100, 40)
    assert flow.heightForWidth(300) == 54
    assert flow.sizeHint() == QSize(112, 54)
