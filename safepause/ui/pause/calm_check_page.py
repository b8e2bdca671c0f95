"""The calm check: how stirred up a person is, and the pulse. For this person alone.

Nothing on this page is kept, not even until the page is shown again: the partner may be next at
this computer. The page has no field for text, so that nothing can be selected or taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from safepause.core.calm_check import advise
from safepause.i18n.language import _
from safepause.i18n.rest_words import advice, in_any_case
from safepause.ui.pause.page import Page
from safepause.ui.pause.pulse_panel import PulsePanel
from safepause.ui.pause.rating_row import RatingRow
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause


class CalmCheckPage(Page):
    """Two rows of numbers, two sentences of advice, and a pulse count. It decides nothing."""

    back_requested = Signal()
    timed = Signal()
    """The page changes with the time from now on, or no longer does so."""

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        private = label(_("Only for you. Gone when you leave this page."), "sub")
        self.add_heading(label(_("How stirred up am I?"), "title"), private)
        self.column.addStretch(1)
        self.hottest = RatingRow(_("At its hottest"))
        self.now = RatingRow(_("Now"))
        for row in (self.hottest, self.now):
            row.rated.connect(self._rated)
            self.column.addWidget(row)
        self._add_ends()
        self.column.addStretch(1)
        self.advice = label(role="say")
        self.anyway = label(role="label")
        self.column.addWidget(Card(self.advice, self.anyway))
        self.pulse = PulsePanel(clock)
        self.pulse.timed.connect(self.timed)
        self.pulse.panel.hide()
        self.column.addWidget(self.pulse.panel)
        self._add_foot()
        self.fitting.give_way(private, self.anyway)

    def _add_ends(self) -> None:
        ends = QHBoxLayout()
        for words in (_("calm"), _("very stirred up")):
            shown = label(words, "label")
            shown.setWordWrap(False)
            ends.addWidget(shown)
        ends.insertStretch(1, 1)
        self.column.addLayout(ends)

    def _add_foot(self) -> None:
        back = button(_("Back to rest"), self.back_requested.emit, ButtonStyle.PRIMARY)
        row = self.add_flow()
        row.add(self.pulse.count)
        row.add(self.pulse.tap_along)
        row.add(self.kept(back), at_end=True)
        row.add(self.quick_exit())

    def show_pause(self, pause: Pause | None) -> None:
        """Show an empty page. Without a pause, show no return time."""
        self._pause = pause
        self._clear()
        self.fitting.show_words(self.anyway, shown=pause is not None)
        self.refresh()

    def refresh(self) -> float | None:
        """Update the return time, and a count that runs."""
        if self._pause is not None:
            say(self.anyway, in_any_case(self._pause, self.clock))
        return self.pulse.refresh()

    def forget(self) -> None:
        """Forget the pause, and what the person has chosen."""
        super().forget()
        self._clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what the person has chosen: the page, or the window, is left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._clear()

    def _clear(self) -> None:
        self.hottest.clear()
        self.now.clear()
        self.pulse.clear()
        self._advise()

    def _rated(self) -> None:
        """Advise. In a small window, scroll to the advice once both rows have a number."""
        self._advise()
        if None not in (self.hottest.rating, self.now.rating):
            bring_into_sight(self.advice)

    def _advise(self) -> None:
        say(self.advice, advice(advise(self.hottest.rating, self.now.rating)))
