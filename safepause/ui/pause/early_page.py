"""The page that asks back before an early return: are both ready?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.i18n.words import come_back_line, early_note
from safepause.ui.pause.page import Page
from safepause.ui.pause.page_times import until_next_minute
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause


class EarlyPage(Page):
    """Says gently that it is early. The pause ends only with an answer."""

    return_requested = Signal()
    rest_wanted = Signal()
    """The two want to go on with the pause."""
    choosing = True

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        self.title = label(_("Are you both here, and ready?"), "title")
        self.note, self.promise = label(role="sub"), label(role="sub")
        self.column.addStretch(1)
        for shown in (self.title, self.note, self.promise):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(shown)
        self.column.addStretch(1)
        rest = button(_("Keep resting"), self.rest_wanted.emit, ButtonStyle.PRIMARY)
        both = button(_("We both feel ready"), self.return_requested.emit)
        row = self.add_flow(centred=True)
        row.add(self.kept(both))
        row.add(self.kept(rest))
        self.column.addStretch(1)
        row = self.add_flow(centred=True)
        row.add(self.kept(self.hide_button()))
        row.add(self.quick_exit())
        self.fitting.give_way(self.note, self.promise)

    def show_pause(self, pause: Pause) -> None:
        """Ask about a pause that is not due yet."""
        self._pause = pause
        self.refresh()

    def heard(self) -> str:
        """Return the question, and when the two would come back."""
        return sentences(self.title.accessibleName(), self.promise.accessibleName())

    def refresh(self) -> float | None:
        """Show what is true now. Once the return is due, nothing is early any more."""
        if self._pause is None:
            return None
        if self.clock.now() >= self._pause.return_at:
            self.rest_wanted.emit()
            return None
        say(self.note, early_note(self._pause, self.clock))
        say(self.promise, come_back_line(self._pause, self.clock))
        return until_next_minute(self._pause, self.clock)
