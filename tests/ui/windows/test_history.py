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
from safepause.ui.windows.outcome_delegate import MET
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


def lines(model: OutcomeModel, row: int) -> list[str]:
    """Return the two lines of a row."""
    return str(model.data(model.index(row, 0))).split("\n")


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
    """A row is a sentence on the ending, with the times below it."""
    start = EVENING
    half = start + timedelta(minutes=30)
    window.show_outcomes(
        [
            Outcome(UUID(int=1), start, half, start + timedelta(minutes=10), Ending.RETURNED),
            Outcome(UUID(int=2), start, half, start + timedelta(hours=5), Ending.RETURNED),
            Outcome(UUID(int=3), start, start, start + timedelta(hours=5), Ending.LET_GO),
        ]
    )
    model = window.model
    assert lines(model, 0) == ["You came back early", "Tuesday, 20:10 to 20:20"]
    assert lines(model, 1) == ["You came back later", f"Tuesday, 20:10, until 11 March, {at(300)}"]
    assert lines(model, 2) == ["You let it rest", "Tuesday, 20:10"]
    assert [model.data(model.index(row, 0), MET) for row in range(3)] == [True, True, False]


def test_an_older_pause_has_its_date(window: HistoryWindow) -> None:
    """A weekday is enough for a week. Another year is named."""
    window.show_outcomes([outcome(7), outcome(100)])
    assert lines(window.model, 0)[1] == "3 March, 20:10 to 20:40"
    assert lines(window.model, 1)[1].startswith("30 November 2025, ")


def test_the_list_is_painted(window: HistoryWindow) -> None:
    """Each row is painted, a chosen one, too."""
    window.show_outcomes([outcome(0), outcome(1)])
    before = window.table.grab().toImage()
    window.table.setCurrentIndex(window.model.index(0, 0))
    assert window.table.grab().toImage() != before


def test_a_copy_is_asked_for(window: HistoryWindow) -> None:
    """The button asks for a path, and proposes one for a spreadsheet."""
    heard = record(window.save_requested)
    press(window, "Save a copy\u2026")
    assert window.save_row.path.text().endswith("our-pauses.csv")
    window.save_row.path.setText("/nowhere/ours.json")
    press(window, "Save")
    assert heard == [("/nowhere/ours.json",)]
    press(window, "Not now")
    assert not window.save_row.isVisible()


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
    said = [tuple(lines(model, row)) for row in range(model.rowCount())]
    assert len(set(said)) == len(said)


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


def test_model_is_a_plain_list() -> None:
    """Rows have no children, and other roles have no data."""
    model = OutcomeModel(FakeClock())
    model.read([outcome(0)])
    first = model.index(0, 0)
    assert model.rowCount(first) == 0
    assert model.data(first, Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None


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
