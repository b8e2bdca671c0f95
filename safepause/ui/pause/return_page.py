"""The page of the return: it is time to come back together. It stays until a person answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.i18n.words import clock_time, return_time
from safepause.ui.pause.page import Page
from safepause.ui.pause.page_times import seconds_until
from safepause.ui.theme.scale import GAP
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

_MINUTE = timedelta(minutes=1)


class ReturnPage(Page):
    """Asks whether both are here. It also offers more time, and an end of the reminders."""

    return_requested = Signal()
    more_time_wanted = Signal()
    """The person wants to choose a new return time."""
    let_go_requested = Signal()
    not_yet = Signal()
    """The clock was set back, so the return is in the future again."""

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        self.column.addStretch(1)
        self.time = label(role="sub")
        self.line = label(role="sub")
        for shown in (self.time, label(_("Time to come back"), "title"), self.line):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(shown)
        self.column.addSpacing(GAP)
        both = button(_("We're both here"), self.return_requested.emit, ButtonStyle.PRIMARY)
        self.add_flow(centred=True).add(self.kept(both))
        self.column.addStretch(3)
        row = self.add_flow(centred=True)
        row.add(self.kept(button(_("Not ready yet"), self.more_time_wanted.emit)))
        row.add(button(_("Let it rest today"), self.let_go_requested.emit))
        row.add(self.kept(self.hide_button()))
        row.add(self.quick_exit())
        fine = label(_("Both are fine. Letting it rest stops the reminders."), "label")
        fine.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(fine)
        self.fitting.give_way(fine, self.line, self.time)

    def show_pause(self, pause: Pause) -> None:
        """Show a pause whose return is due."""
        self._pause = pause
        self.refresh()

    def heard(self) -> str:
        """Return that it is time."""
        return sentences(_("Time to come back"), self.line.accessibleName())

    def refresh(self) -> float | None:
        """Show the time now. If it is later than the promised time, show that as well."""
        if self._pause is None:
            return None
        now = self.clock.now()
        if now < self._pause.return_at - _MINUTE:
            self.not_yet.emit()
            return None
        say(self.time, _("It's {time}").format(time=clock_time(now, self.clock)))
        if now - self._pause.return_at < _MINUTE:
            line = _("Soft eyes. Open hands. Then say hello.")
        else:
            line = _("We said {time}. Later is fine.").format(
                time=return_time(self._pause.return_at, self.clock)
            )
        say(self.line, line)
        passed = timedelta(seconds=now.second, microseconds=now.microsecond)
        return seconds_until(now - passed + _MINUTE, self.clock)
