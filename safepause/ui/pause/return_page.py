"""The return: it is time to come back together, and nothing ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from safepause.i18n.language import _
from safepause.i18n.words import clock_time, return_time
from safepause.ui.pause.page import GAP, Page, seconds_until
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

_MINUTE = timedelta(minutes=1)


class ReturnPage(Page):
    """Asks whether both are here; more time and an end of reminders are one click away."""

    return_requested = Signal()
    more_time_wanted = Signal()
    """The person wants to see which new times there are."""
    let_go_requested = Signal()
    not_yet = Signal()
    """The clock was set back: it is not time any more."""

    def __init__(self, clock: Clock) -> None:
        """Build the page; `show_pause` fills it."""
        super().__init__(clock)
        self._pause: Pause | None = None
        corner = QHBoxLayout()
        corner.addStretch(1)
        self.hide_now = self.hide_button()
        corner.addWidget(self.hide_now)
        self.column.addLayout(corner)
        self.time = label(role="clock")
        self.line = label(role="sub")
        for shown in (
            label(_("It's"), "sub"),
            self.time,
            label(_("Time to come back together"), "title"),
            self.line,
        ):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(shown)
        self.column.addStretch(1)
        self.both = button(_("We're both here"), self.return_requested.emit, ButtonStyle.PRIMARY)
        self.column.addWidget(self.both, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.more = button(_("We need more time..."), self.more_time_wanted.emit)
        self.stop = button(_("Stop reminders"), self.let_go_requested.emit, ButtonStyle.QUIET)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self.more)
        row.addWidget(self.stop)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_pause(self, pause: Pause) -> None:
        """Show a pause whose time has come."""
        self._pause = pause
        self.refresh()

    def refresh(self) -> float | None:
        """Show the time that it is now, and the promised one beside it once they differ."""
        if self._pause is None:
            return None
        now = self.clock.now()
        if now < self._pause.return_at - _MINUTE:
            self.not_yet.emit()
            return None
        say(self.time, clock_time(now, self.clock))
        if now - self._pause.return_at < _MINUTE:
            line = _("Softer voice, open hands, then hello.")
        else:
            line = _("We said {time}. Later is fine.").format(
                time=return_time(self._pause.return_at, self.clock)
            )
        say(self.line, line)
        passed = timedelta(seconds=now.second, microseconds=now.microsecond)
        return seconds_until(now - passed + _MINUTE, self.clock)
