"""The page on which the two choose a new return time.

If the rules allow no more time, the page offers what they can do instead.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTimeEdit, QVBoxLayout, QWidget

from safepause.core.agreement import more_time, next_morning
from safepause.i18n.language import _
from safepause.i18n.words import day_over, long_length, return_time, used_up
from safepause.ui.pause.page import GAP, Page
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.qt_translator import translate_qt

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

OFFERS = (timedelta(minutes=20), timedelta(hours=1))
"""The extra lengths that are one click away."""
_AHEAD = timedelta(minutes=30)
"""How far ahead the time field is at first."""
_STEP = 5 * 60
"""How far one click moves the time field, in seconds."""


class ExtendPage(Page):
    """Offers new return times. Each offer shows its clock time."""

    chosen = Signal(object)
    """The new return time: a datetime, or the clock time that the person set (a time).

    A later click still chooses the time that was offered.
    """
    back_requested = Signal()
    return_requested = Signal()
    let_go_requested = Signal()
    support_requested = Signal()
    choosing = True

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        translate_qt()
        self.title = label(role="title")
        self.line = label(role="sub")
        self.add_heading(self.title, self.line)
        self.column.addStretch(1)
        self._both = button(_("We're both here"), self.return_requested.emit, ButtonStyle.PRIMARY)
        self.add_flow(centred=True).add(self.kept(self._both))
        offers = QWidget()
        self._offers = QVBoxLayout(offers)
        self._offers.setSpacing(GAP)
        self.column.addWidget(offers, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        back = button(_("Back"), self.back_requested.emit, ButtonStyle.QUIET)
        self.add_flow(centred=True).add(self.kept(back))

    def show_pause(self, pause: Pause) -> None:
        """Offer the times that the rules allow for this pause now."""
        self._clear()
        self._both.hide()
        past = max(pause.return_at, self.clock.now()) >= pause.last_at
        if pause.extensions_left and not past:
            say(self.title, _("A new time"))
            say(self.line, _("Choose it together. Say it aloud."))
            self._offer_times(pause)
        else:
            say(self.title, _("No more time to ask for"))
            say(self.line, day_over() if past else used_up(pause.terms.extensions_allowed))
            self._offer_other_ways()

    def _clear(self) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _offer_times(self, pause: Pause) -> None:
        now = self.clock.now()
        for extra in OFFERS:
            until = more_time(pause, now, extra)
            if until <= pause.last_at:
                self._offer(_("{length} more: {time}"), long_length(extra), until)
        morning = next_morning(self.clock, pause.last_at)
        if morning is not None and morning > max(pause.return_at, now):
            self._offer("{time}", "", morning)
        self._offer_clock(max(pause.return_at, now))

    def _offer(self, text: str, length: str, until: datetime) -> None:
        shown = text.format(length=length, time=return_time(until, self.clock))
        shown = shown[:1].upper() + shown[1:]
        self._offers.addWidget(button(shown, lambda: self.chosen.emit(until)))

    def _offer_clock(self, floor: datetime) -> None:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        local = self.clock.local(floor + _AHEAD)
        self.time = QTimeEdit(QTime(local.hour, local.minute - local.minute % 5))
        self.time.setDisplayFormat("HH:mm")
        self.time.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time.setAccessibleName(_("Another time"))
        inside.addWidget(label(_("Another time"), "sub"), 1)
        inside.addWidget(self._step("\u2212", _("Earlier"), -_STEP))
        inside.addWidget(self.time)
        inside.addWidget(self._step("+", _("Later"), _STEP))
        inside.addWidget(button(_("Choose"), self._choose_clock))
        self._offers.addWidget(row)

    def _step(self, sign: str, name: str, seconds: int) -> QPushButton:
        step = button(sign, lambda: self.time.setTime(self.time.time().addSecs(seconds)))
        step.setAccessibleName(name)
        step.setToolTip(name)
        step.setAutoRepeat(True)
        return step

    def _choose_clock(self) -> None:
        shown = self.time.time()
        self.chosen.emit(time(shown.hour(), shown.minute()))

    def _offer_other_ways(self) -> None:
        self._both.show()
        for text, clicked, style in (
            (_("Let it rest together"), self.let_go_requested.emit, ButtonStyle.PLAIN),
            (_("More support"), self.support_requested.emit, ButtonStyle.QUIET),
        ):
            self._offers.addWidget(button(text, clicked, style))
