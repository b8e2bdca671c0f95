"""The window "Our pauses": how each pause ended. It shows no callers and no counts.

The table reads rows while a person scrolls. So the window opens fast, even with years of pauses.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from safepause.i18n import data_words, words
from safepause.i18n.language import _
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QHideEvent

    from safepause.core.clock import Clock
    from safepause.core.pause import Outcome
    from safepause.core.settings.catalogue import Settings

SIZE = QSize(640, 620)
BATCH = 200
"""The number of pauses that are read at a time."""
ROW_HEIGHT = 44
WIDTHS = (10, 17)
"""The widths of all columns but the last, in heights of the system's letters."""
SAMPLE, BESIDE = 50, 28
"""How many rows tell the widths of those columns, and the room beside their texts in pixels."""
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class OutcomeModel(QAbstractTableModel):
    """The past pauses: day, time, and ending. It reads more rows when the view asks for them."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._rows: list[Outcome] = []
        self._rest: Iterator[Outcome] = iter(())
        self._more = False
        self._columns: tuple[Callable[[Outcome], str], ...] = (self._day, self._time, words.outcome)

    def read(self, outcomes: Iterable[Outcome]) -> None:
        """Replace all rows. The first batch is read now."""
        self.beginResetModel()
        self._rest = iter(outcomes)
        self._rows = list(islice(self._rest, BATCH))
        self._more = len(self._rows) == BATCH
        self.endResetModel()

    def drop_rest(self) -> None:
        """Drop the iterator of the remaining rows. The table reads no more of them."""
        self._rest, self._more = iter(()), False

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of rows that were read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the text of a cell."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return self._columns[index.column()](self._rows[index.row()])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """Return the title of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Day"), _("From - to"), _("How it went"))[section]

    def canFetchMore(self, parent: _Index) -> bool:
        """Tell whether there may be more rows."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:
        """Read the next batch."""
        batch = list(islice(self._rest, BATCH))
        self._more = len(batch) == BATCH
        if batch and not parent.isValid():
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(batch) - 1)
            self._rows += batch
            self.endInsertRows()

    def _day(self, outcome: Outcome) -> str:
        return words.date(outcome.started_at, self._clock)

    def _time(self, outcome: Outcome) -> str:
        start = words.clock_time(outcome.started_at, self._clock)
        end = words.clock_time(outcome.ended_at, self._clock)
        day = words.date(outcome.ended_at, self._clock)
        if day != words.date(outcome.started_at, self._clock):
            return _("{start} - {day}, {end}").format(start=start, day=day, end=end)
        return _("{start} - {end}").format(start=start, end=end)


class HistoryWindow(Window):
    """Shows the table. "Forget everything" asks back once."""

    forget_requested = Signal()

    def __init__(self, clock: Clock, settings: Settings) -> None:
        """Lay out a window without pauses."""
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("Our pauses"))
        self.model = OutcomeModel(clock)
        self._empty = label("", "sub")
        self.table = self._make_table()
        self._unreadable = label("", "sub")
        self._question = Banner()
        self._forget = button(_("Forget everything\u2026"), self._ask, ButtonStyle.QUIET)
        self._lay_out()

    def show_outcomes(
        self, outcomes: Iterable[Outcome], unreadable: int = 0, unread: str = ""
    ) -> None:
        """Show these pauses, in their order. Say how many others can't be read.

        `unread` says why none can be read.
        """
        self.model.read(outcomes)
        self._narrow_columns()
        self._unreadable.setText(data_words.unreadable(unreadable) if unreadable else "")
        self._unreadable.setVisible(unreadable > 0)
        self._question.hide()
        empty = not self.model.rowCount()
        self._empty.setText(unread or _("No pauses here yet."))
        self._empty.setVisible(empty)
        self.table.setVisible(not empty)

    def hideEvent(self, event: QHideEvent) -> None:
        """Drop the rows that the table has not read, and hide the question."""
        self.model.drop_rest()
        self._question.hide()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        self.column.addWidget(label(_("Our pauses"), "title"))
        self.column.addWidget(label(_("Only how it went. Never who asked."), "sub"))
        self.column.addWidget(self._empty)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._unreadable)
        self.column.addStretch(0)
        self._keep = button(_("Keep it"), self._question.hide)
        self._question.add(self._keep)
        self._question.add(button(_("Forget"), self._confirmed))
        self.below.addWidget(self._question)
        self.bottom.addWidget(self._forget)
        self.bottom.addStretch(1)
        self.bottom.addWidget(self.close_button())

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, font_size(width))
        return table

    def _narrow_columns(self) -> None:
        """Leave no more room to day and time than their texts need, so that the outcome has it."""
        self.table.ensurePolished()  # before Qt applies the style sheet, letters are small
        letters = self.table.fontMetrics()
        rows = range(min(SAMPLE, self.model.rowCount()))
        for column, width in enumerate(WIDTHS):
            texts = [str(self.model.index(row, column).data()) for row in rows]
            needed = max((letters.horizontalAdvance(text) for text in texts), default=0)
            most = font_size(width)
            self.table.setColumnWidth(column, min(most, needed + BESIDE) if texts else most)

    def _ask(self) -> None:
        self._question.tell(_("Forget all pauses, names and settings? This can't be undone."))
        self._keep.setFocus()

    def _confirmed(self) -> None:
        self.model.drop_rest()
        self._question.hide()
        self.forget_requested.emit()
