"""The window "Our pauses"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from safepause.core.pause import Ending, Outcome
from safepause.ui.windows.history import BATCH, HistoryWindow, OutcomeModel
from tests.fakes import EVENING, FakeClock, at
from tests.ui.samples import NAMELESS, outcome, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

MANY = 20_000


@pytest.fixture
def window(qtbot: QtBot) -> HistoryWindow:
    """Return the visible window with an empty table."""
    made = HistoryWindow(FakeClock(), NAMELESS)
    qtbot.addWidget(made)
    made.bring_up()
    made.show_outcomes([])
    return made


def press(window: HistoryWindow, text: str) -> None:
    """Click the visible button that says `text`."""
    [found] = [b for b in window.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def cells(model: OutcomeModel, row: int) -> list[str | None]:
    """Return the texts of a row."""
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


class Reader:
    """Yields outcomes, and counts them."""

    def __init__(self, total: int) -> None:
        """Have `total` to give."""
        self.total, self.read = total, 0

    def __iter__(self) -> Iterator[Outcome]:
        """Yield outcomes, the newest first."""
        for number in range(self.total):
            self.read += 1
            yield outcome(number)


def test_rows_say_only_how_it_went(window: HistoryWindow) -> None:
    """A row shows the day, the times and the ending."""
    start = EVENING
    window.show_outcomes(
        [
            Outcome(
                UUID(int=1),
                start,
                start + timedelta(minutes=30),
                start + timedelta(minutes=10),
                Ending.RETURNED,
            ),
            Outcome(UUID(int=2), start, start, start + timedelta(hours=5), Ending.LET_GO),
        ]
    )
    assert cells(window.model, 0) == ["2026-03-10", "20:10 - 20:20", "came back early"]
    assert cells(window.model, 1) == ["2026-03-10", f"20:10 - 2026-03-11, {at(300)}", "let go"]
    assert window.model.rowCount() == 2


def test_years_of_pauses_are_read_as_needed(window: HistoryWindow) -> None:
    """Of 20,000 pauses, at most two batches are read to show the window, and one to scroll down."""
    reader = Reader(MANY)
    window.show_outcomes(reader)
    assert reader.read <= 2 * BATCH
    window.table.scrollToBottom()
    assert reader.read <= 3 * BATCH


def test_all_can_be_reached() -> None:
    """Reading on yields every row once, in order."""
    model = OutcomeModel(FakeClock())
    model.read(Reader(2 * BATCH + 5))
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 2 * BATCH + 5
    days = [cells(model, row)[0] for row in range(model.rowCount())]
    assert days == sorted(set(filter(None, days)), reverse=True)


def test_a_full_batch_and_no_more() -> None:
    """A number of pauses that fills a batch exactly is read once."""
    model = OutcomeModel(FakeClock())
    model.read(Reader(BATCH))
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == BATCH


def test_hidden_window_holds_on_to_nothing(window: HistoryWindow) -> None:
    """A closed window reads no more rows."""
    window.show_outcomes(Reader(MANY))
    window.close()
    assert not window.model.canFetchMore(QModelIndex())


def test_model_is_a_plain_table() -> None:
    """Rows have no children, columns have titles, and other roles have no data."""
    model = OutcomeModel(FakeClock())
    model.read([outcome(0)])
    first = model.index(0, 0)
    assert (model.rowCount(first), model.columnCount(first)) == (0, 0)
    assert model.data(first, Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert heads == ["Day", "From - to", "How it went"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_forgetting_asks_once(window: HistoryWindow) -> None:
    """Before everything is forgotten, the window asks back. "Keep it" requests nothing."""
    heard = record(window.forget_requested)
    press(window, "Forget everything\u2026")
    keep = next(each for each in window.findChildren(QPushButton) if each.text() == "Keep it")
    assert keep.isVisible()
    press(window, "Keep it")
    assert not keep.isVisible()
    assert heard == []
    press(window, "Forget everything\u2026")
    press(window, "Forget")
    assert heard == [()]


def test_enter_after_the_question_keeps(window: HistoryWindow) -> None:
    """Enter answers the question with "Keep it"."""
    heard = record(window.forget_requested)
    press(window, "Forget everything\u2026")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert heard == []


def test_empty_list_says_so(window: HistoryWindow) -> None:
    """Without pauses, a sentence replaces the table."""
    assert not window.table.isVisible()
    window.show_outcomes([outcome(0)])
    assert window.table.isVisible()
