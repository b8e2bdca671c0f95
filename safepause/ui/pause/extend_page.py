"""The page on which the two choose a new return time.

If the rules allow no more time, the page offers what they can do instead. Each way that its words
name has a button.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTimeEdit, QVBoxLayout, QWidget

from safepause.core.agreement import more_time, next_morning, overnight_until
from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.i18n.words import agreed_times, day_over, long_length, return_time, used_up
from safepause.ui.pause.page import Page
from safepause.ui.theme.scale import GAP
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.qt_translator import translate_qt
from safepause.ui.widgets.time_card import TimeCard

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
    """Offers new return times as cards. Each shows its clock time."""

    chosen = Signal(object)
    """The new return time: a datetime, or the clock time that the person set (a time).

    A later click still chooses the time that was offered.
    """
    back_requested = Signal()
    return_requested = Signal()
    let_go_requested = Signal()
    small_restart_requested = Signal()
    trusted_wanted = Signal()
    """The two want ideas for a person whom both trust."""
    choosing = True

    def __init__(self, clock: Clock) -> None:
        """Build the page. `show_pause` fills it."""
        super().__init__(clock)
        translate_qt()
        self.title = label(role="title")
        self.line = label(role="sub")
        self.add_heading(self.title, self.line)
        self.column.addStretch(2)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(16)
        self.add_row(self._cards)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(GAP)
        self.column.addLayout(self._offers)
        self.column.addStretch(1)
        self._add_foot()
        self.fitting.give_way(self.agreed, self.line)

    def _add_foot(self) -> None:
        offered, used_up = self.add_flow(), self.add_flow()
        self.agreed = label(role="label")
        self.agreed.setWordWrap(False)
        offered.add(self.agreed)
        both = self.kept(button(_("We're both here"), self.return_requested.emit))
        trusted = button(_("Someone you both trust"), self.trusted_wanted.emit)
        self._small_ways, self._ways = self._two_ways(), (both, trusted, *self._two_ways())
        for way in self._small_ways:
            offered.add(way, at_end=True)
        for way in self._ways:
            used_up.add(way)
        back = button(_("Back"), self.back_requested.emit, ButtonStyle.QUIET)
        used_up.add(self.quick_exit())
        used_up.add(self.kept(back), at_end=True)

    def _two_ways(self) -> tuple[QPushButton, QPushButton]:
        """Return the buttons of the two ways that are always open."""
        small = button(_("Ten small minutes"), self.small_restart_requested.emit)
        rest = button(_("Let it rest today"), self.let_go_requested.emit, ButtonStyle.QUIET)
        return small, self.kept(rest)

    def show_pause(self, pause: Pause) -> None:
        """Offer the times that the rules allow for this pause now."""
        _clear(self._cards)
        _clear(self._offers)
        past = max(pause.return_at, self.clock.now()) >= pause.last_at
        offers = bool(pause.extensions_left) and not past
        for way in self._ways:
            way.setVisible(not offers)
        for way in self._small_ways:
            way.setVisible(offers)
        self.fitting.show_words(self.agreed, shown=offers)
        if offers:
            say(self.title, _("When will you try again?"))
            say(
                self.line,
                _("Say it to each other: \u201cI'm back, not ready. Can we try at \u2026?\u201d"),
            )
            say(self.agreed, agreed_times(pause))
            self._offer_times(pause)
        else:
            say(self.title, _("Another way, together"))
            morning = overnight_until(pause, self.clock)
            used = used_up(pause.terms.extensions_allowed, morning=morning is not None)
            say(self.line, day_over() if past else used)
            if morning is not None:
                self._offer(_("Sleep on it"), morning, warm=True)

    def heard(self) -> str:
        """Return the title, and what to say or know."""
        return sentences(self.title.accessibleName(), self.line.accessibleName())

    def _offer_times(self, pause: Pause) -> None:
        now = self.clock.now()
        for extra in OFFERS:
            until = more_time(pause, now, extra)
            if until <= pause.last_at:
                due = pause.return_at <= now
                line = _("In {length}") if due else _("{length} more")
                self._offer(line.format(length=long_length(extra)), until)
        morning = next_morning(self.clock, pause.last_at)
        if morning is not None and morning > max(pause.return_at, now):
            self._offer(_("Sleep on it"), morning, warm=True)
        self._offer_clock(max(pause.return_at, now))

    def _offer(self, line: str, until: datetime, *, warm: bool = False) -> None:
        shown = return_time(until, self.clock)
        card = TimeCard(line, shown, lambda: self.chosen.emit(until), warm=warm)
        self._cards.addWidget(card, 1)

    def _offer_clock(self, floor: datetime) -> None:
        row = QWidget()
        inside = Flow(row, centred=True)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        local = self.clock.local(floor + _AHEAD)
        self.time = QTimeEdit(QTime(local.hour, local.minute - local.minute % 5))
        self.time.setDisplayFormat("HH:mm")
        self.time.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.add(self._name_of_time())
        inside.add(self._step("\u2212", _("Earlier"), -_STEP))
        inside.add(self.time)
        inside.add(self._step("+", _("Later"), _STEP))
        inside.add(button(_("Take this time"), self._choose_clock))
        self._offers.addWidget(row)

    def _name_of_time(self) -> QLabel:
        name = label(_("Or at"), "sub")
        name.setWordWrap(False)
        name.setBuddy(self.time)
        self.time.setAccessibleName(_("Another time"))
        return name

    def _step(self, sign: str, name: str, seconds: int) -> QPushButton:
        step = button(sign, lambda: self.time.setTime(self.time.time().addSecs(seconds)))
        step.setAccessibleName(name)
        step.setToolTip(name)
        step.setAutoRepeat(True)
        return step

    def _choose_clock(self) -> None:
        shown = self.time.time()
        self.chosen.emit(time(shown.hour(), shown.minute()))


def _clear(row: QVBoxLayout | QHBoxLayout) -> None:
    while (item := row.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
