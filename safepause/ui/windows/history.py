"""The window "Our pauses": how each pause ended, in sentences. It shows no callers and no counts.

The list reads rows while a person scrolls. So the window opens fast, even with years of pauses.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from safepause.i18n import data_words, words
from safepause.i18n.language import _
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.dates import clock_time, near_day
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label
from safepause.ui.widgets.save_row import SaveRow
from safepause.ui.windows.base import Window
from safepause.ui.windows.outcome_delegate import MET, OutcomeDelegate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QHideEvent

    from safepause.core.clock import Clock
    from safepause.core.pause import Outcome
    from safepause.core.settings.catalogue import Settings

SIZE = QSize(640, 620)
BATCH = 200
"""The number of pauses that are read at a time."""
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class OutcomeModel(QAbstractListModel):
    """The past pauses, each as a sentence and a time. It reads more when the view asks for them."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._rows: list[Outcome] = []
        self._rest: Iterator[Outcome] = iter(())
        self._more = False

    def read(self, outcomes: Iterable[Outcome]) -> None:
        """Replace all rows. The first batch is read now."""
        self.beginResetModel()
        self._rest = iter(outcomes)
        self._rows = list(islice(self._rest, BATCH))
        self._more = len(self._rows) == BATCH
        self.endResetModel()

    def drop_rest(self) -> None:
        """Drop the iterator of the remaining rows. The list reads no more of them."""
        self._rest, self._more = iter(()), False

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of rows that were read."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the sentence and, in a second line, the time; or whether the two met again."""
        if not index.isValid():
            return None
        ended = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{words.outcome_sentence(ended)}\n{self._time(ended)}"
        return words.met_again(ended) if role == MET else None

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

    def _time(self, outcome: Outcome) -> str:
        """Return from when until when, as in "Friday, 20:10 to 20:41"."""
        today = self._clock.local(self._clock.now()).date()
        start, end = self._clock.local(outcome.started_at), self._clock.local(outcome.ended_at)
        day, from_, until = near_day(start.date(), today), clock_time(start), clock_time(end)
        if not words.met_again(outcome):
            return _("{day}, {start}").format(day=day, start=from_)
        if start.date() == end.date():
            return _("{day}, {start} to {end}").format(day=day, start=from_, end=until)
        last = near_day(end.date(), today)
        return _("{day}, {start}, until {last_day}, {end}").format(
            day=day, start=from_, last_day=last, end=until
        )


class HistoryWindow(Window):
    """Shows the list. "Forget everything" asks back once."""

    forget_requested = Signal()
    save_requested = Signal(str)
    """The path of an export. Its ending says whether it is CSV or JSON."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        """Lay out a window without pauses."""
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("Our pauses"))
        self.model = OutcomeModel(clock)
        self._empty = label("", "sub")
        self.table = self._make_list()
        self.save_row = SaveRow(_("our-pauses.csv"), _("A name that ends in .json has it all."))
        self.save_row.save_requested.connect(self.save_requested)
        self._unreadable = label("", "sub")
        self._question = Banner()
        self._save = button(_("Save a copy\u2026"), self.save_row.ask, ButtonStyle.QUIET)
        self._forget = button(_("Forget everything\u2026"), self._ask, ButtonStyle.QUIET)
        self._lay_out()

    def show_outcomes(
        self, outcomes: Iterable[Outcome], unreadable: int = 0, unread: str = ""
    ) -> None:
        """Show these pauses, in their order. Say how many others can't be read.

        `unread` says why none can be read.
        """
        self.model.read(outcomes)
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
        self.save_row.hide()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        self.column.addWidget(label(_("Our pauses"), "title"))
        self.column.addWidget(label(_("How they ended. Never who asked, never how many."), "sub"))
        self.column.addWidget(self._empty)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._unreadable)
        self.below.addWidget(self.save_row)
        self.column.addStretch(0)
        self._keep = button(_("Keep it"), self._question.hide)
        self._question.add(self._keep)
        self._question.add(button(_("Forget"), self._confirmed))
        self.below.addWidget(self._question)
        self.bottom.add(self._save)
        self.bottom.add(self._forget)
        self.bottom.add(self.close_button(), at_end=True)

    def _make_list(self) -> QListView:
        made = QListView()
        made.setModel(self.model)
        made.setItemDelegate(OutcomeDelegate(made))
        made.setUniformItemSizes(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setAccessibleName(_("Our pauses"))
        return made

    def _ask(self) -> None:
        self._question.tell(_("Forget all pauses, names and settings? This can't be undone."))
        self._keep.setFocus()
        bring_into_sight(self._question)

    def _confirmed(self) -> None:
        self.model.drop_rest()
        self._question.hide()
        self.forget_requested.emit()
