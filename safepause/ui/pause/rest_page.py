"""The page after the breathing: the way to the promised time, one idea, and an early return.

Late in the evening it offers to sleep on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from safepause.core.pause import SHORTEST, Pause
from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.i18n.rest_words import back_line, nothing_to_solve, own_ideas
from safepause.i18n.words import clock_time, come_back_line
from safepause.ui.pause.page import Page
from safepause.ui.pause.page_times import until_next_minute
from safepause.ui.pause.sky import Sky, is_day
from safepause.ui.pause.sleep_button import SleepButton
from safepause.ui.theme.palette import DARK
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepause.core.clock import Clock
    from safepause.ui.theme.palette import Palette

_INSIDE = QMargins(20, 12, 12, 12)
"""Between the frame of the idea and its words, in pixels."""


class RestPage(Page):
    """Shows how far the pause is, and one idea at a time. Asks back before an early return."""

    breathe_requested = Signal()
    check_requested = Signal()
    """The person asks: am I calmer?"""
    return_requested = Signal()
    sleep_requested = Signal(object)
    """The two sleep on it until the morning, a datetime."""

    def __init__(self, clock: Clock, palette: Palette = DARK) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        self._ideas: Sequence[str] = own_ideas()
        self._turn = 0
        self._add_head()
        self.sky = Sky(palette)
        self.column.addWidget(self.sky, 1)
        self._add_ends()
        self._add_idea()
        self._add_early()
        self._add_foot()
        self.fitting.give_way(self._one, self.begun, self.left)

    def reserve(self, height: int) -> None:
        """Keep room for the sky: a third of what an orb would have."""
        self.sky.reserve(height // 3)

    def _add_head(self) -> None:
        self.left = label(role="sub")
        self.add_heading(label(_("Rest a while"), "title"), self.left)

    def _add_ends(self) -> None:
        self.begun = label(role="label")
        self.back = label(role="strong")
        for end in (self.begun, self.back):
            end.setWordWrap(False)
        ends = QHBoxLayout()
        ends.addWidget(self.begun)
        ends.addStretch(1)
        ends.addWidget(self.back)
        self.column.addLayout(ends)

    def _add_idea(self) -> None:
        self.idea = label(role="say")
        words = QVBoxLayout()
        words.setSpacing(2)
        self._one = label(_("One idea"), "label")
        words.addWidget(self._one)
        words.addWidget(self.idea)
        self.another = button(_("Another"), self._show_another, ButtonStyle.QUIET)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self.another)
        self.column.addWidget(Card(row, inside=_INSIDE))

    def _add_early(self) -> None:
        self.early = Banner("sub")
        self.early.add(button(_("We both feel ready"), self._come_back))
        self.early.add(button(_("Keep resting"), self._keep_resting, ButtonStyle.QUIET))
        self.add_banner(self.early)

    def _add_foot(self) -> None:
        breathe = button(_("Breathe"), self.breathe_requested.emit)
        check = button(_("Am I calmer?"), self.check_requested.emit)
        self.sleep = SleepButton(self.clock)
        self.sleep.chosen.connect(self.sleep_requested)
        self.both = button(_("We're both here"), self._ask_early, ButtonStyle.QUIET)
        row = self.add_flow()
        for answer in (breathe, check, self.sleep):
            row.add(answer)
        row.add(self.kept(self.hide_button()))
        row.add(self.quick_exit())
        row.add(self.both, at_end=True)

    def follow(self, palette: Palette, ideas: Sequence[str] = ()) -> None:
        """Use a palette and the couple's ideas. Without any, show SafePause's own."""
        self.sky.set_palette(palette)
        self._ideas = ideas or own_ideas()
        self.another.setVisible(len(self._ideas) > 1)
        self._show_idea()

    def show_pause(self, pause: Pause | None) -> None:
        """Show the way to the return. Without a pause, show an idea only.

        Each pause starts with another idea. The number of the pause chooses it, so that nothing
        needs to be remembered.
        """
        if pause is not None and (self._pause is None or self._pause.id != pause.id):
            self._turn = pause.id.int % len(self._ideas)
        self._pause = pause
        for shown in (self.sky, self.back, self.both):
            shown.setVisible(pause is not None)
        for words in (self.left, self.begun):
            self.fitting.show_words(words, shown=pause is not None)
        self._show_idea()
        self._keep_resting()
        self.refresh()

    def refresh(self) -> float | None:
        """Update the way and its times. The zone may have changed."""
        pause = self._pause
        self.sleep.show_pause(pause)
        if pause is None:
            return None
        now = self.clock.now()
        whole = pause.return_at - pause.started_at
        self.sky.show_share((now - pause.started_at) / whole, day=is_day(self.clock.local(now)))
        say(self.left, nothing_to_solve(pause, self.clock))
        say(self.begun, clock_time(pause.started_at, self.clock))
        say(self.back, back_line(pause, self.clock))
        return until_next_minute(pause, self.clock)

    def heard(self) -> str:
        """Return the title, when the two come back, and the idea."""
        back = come_back_line(self._pause, self.clock) if self._pause else ""
        return sentences(_("Rest a while"), back, _("One idea"), self.idea.accessibleName())

    def _show_another(self) -> None:
        self._turn += 1
        self._show_idea()

    def _show_idea(self) -> None:
        shown = self._ideas[self._turn % len(self._ideas)]
        say(self.idea, shown)
        self.another.setAccessibleDescription(shown)

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
