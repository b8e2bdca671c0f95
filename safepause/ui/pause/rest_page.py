"""The page after the breathing: suggestions for the rest of the pause, and an early return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from safepause.core.pause import SHORTEST, Pause
from safepause.i18n.language import _
from safepause.i18n.words import time_left
from safepause.ui.pause.page import Page, promise, until_next_minute
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from safepause.core.clock import Clock

CARD_HEIGHT = 10
"""The least height of a suggestion, in heights of the system's letters."""
_INSIDE = QMargins(20, 18, 20, 18)
"""Between a suggestion's frame and its words, in pixels."""


class RestPage(Page):
    """Shows what helps a body settle. Asks back before an early return."""

    breathe_requested = Signal()
    return_requested = Signal()

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        self.promise = label(role="sub")
        self.promise.setTextFormat(Qt.TextFormat.RichText)
        heading = label(_("Rest a while"), "title")
        self.add_heading(heading, self.promise)
        self.column.addStretch(1)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for head, text in (
            (_("Move gently"), _("Take a slow walk")),
            (_("Let your mind rest"), _("Music, a book, a pet")),
            (_("Leave for later"), _("No rehearsing, no alcohol, no driving")),
        ):
            cards.addWidget(_suggestion(head, text), 1)
        self.add_row(cards)
        self.column.addStretch(1)
        self._add_early()
        self._add_foot()

    def _add_early(self) -> None:
        self.early = Banner("sub")
        self.early.add(button(_("We both feel ready"), self._come_back))
        self.early.add(button(_("Keep resting"), self._keep_resting, ButtonStyle.QUIET))
        self.add_banner(self.early)

    def _add_foot(self) -> None:
        again = button(_("Breathe again"), self.breathe_requested.emit)
        self.both = button(_("We're both here"), self._ask_early, ButtonStyle.QUIET)
        self.left = label(role="sub")
        self.left.setWordWrap(False)
        row = self.add_flow()
        row.add(again)
        row.add(self.both)
        row.add(self.kept(self.hide_button()))
        row.add(self.left, at_end=True)

    def show_pause(self, pause: Pause | None) -> None:
        """Show the return time and the time left. Without a pause, show neither."""
        self._pause = pause
        self.promise.setVisible(pause is not None)
        self.both.setVisible(pause is not None)
        self.left.setVisible(pause is not None)
        self._keep_resting()
        self.refresh()

    def refresh(self) -> float | None:
        """Update the minutes left, and the return time, since the zone may have changed."""
        if self._pause is None:
            return None
        self.promise.setText(promise(self._pause, self.clock))
        say(self.left, time_left(self._pause, self.clock))
        return until_next_minute(self._pause, self.clock)

    def _ask_early(self) -> None:
        """Say gently that it is early, and ask whether both are ready."""
        if self._pause is None:
            return
        if self.clock.now() - self._pause.started_at < SHORTEST:
            note = _("It's early. A body needs 20 minutes to settle.")
        else:
            note = _("A little early is fine. Are you both ready?")
        self.early.tell(note)
        self.both.hide()

    def _come_back(self) -> None:
        self._keep_resting()
        self.return_requested.emit()

    def _keep_resting(self) -> None:
        self.early.hide()
        self.both.setVisible(self._pause is not None)


def _suggestion(head: str, text: str) -> Card:
    made = Card(label(head, "label"), label(text, "say"), inside=_INSIDE)
    made.column.addStretch(1)
    made.setMinimumHeight(font_size(CARD_HEIGHT))
    return made
