"""The four steps of the talk after a pause, each a part of the restart page.

What the two can say stands there as something to say. The computer itself is not warm.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QStyledItemDelegate, QTimeEdit, QVBoxLayout, QWidget

from safepause.core.restart import DAYS, TALK_TIME, talk_at
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label, say
from safepause.ui.windows.drop_down import DropDown

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.clock import Clock

GAP = 12


class StepPart(QWidget):
    """One step: a heading, a line below it, and what the two need for the step."""

    def __init__(self, title: str, line: str) -> None:
        super().__init__()
        self.title, self.line = label(title, "title"), label(line, "sub")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self.column.addWidget(self.title)
        self.column.addWidget(self.line)

    def add_lines_to_say(self, *lines: str) -> Card:
        """Add sentences that one of the two can say."""
        card = Card(label(_("Say one of these"), "label"), *(label(each, "say") for each in lines))
        self.column.addWidget(card)
        return card


class HelloStep(StepPart):
    """The two greet each other first."""

    def __init__(self) -> None:
        super().__init__(_("Say hello first"), _("Soft eyes, a warm voice, open hands."))
        self.add_lines_to_say(
            _("\u201cHi. Good to see your face.\u201d"),
            _("\u201cI'm here, and I want to hear you.\u201d"),
            _("\u201cYou matter more than this argument.\u201d"),
        )


class WhoStep(StepPart):
    """Who speaks first."""

    chosen = Signal(int)
    """The place of the one who starts: 0 or 1."""

    def __init__(self) -> None:
        super().__init__(_("Who starts?"), _("The one who asked for the pause may go first."))
        self._row = Flow()
        self.column.addLayout(self._row)
        self.starters = [button("", lambda: self.chosen.emit(0)), self._second()]
        for each in self.starters:
            self._row.add(each)
        self.add_lines_to_say(
            _("\u201cCan we take one small piece?\u201d"),
            _("\u201cIf it heats up, we pause again.\u201d"),
        )

    def _second(self) -> QWidget:
        return button("", lambda: self.chosen.emit(1))

    def use(self, names: tuple[str, ...]) -> None:
        """Name the two, if their names are known."""
        known = len(names) > 1
        texts = (
            [_("{name} starts").format(name=name) for name in names]
            if known
            else [_("We know who starts"), ""]
        )
        for starter, text in zip(self.starters, texts, strict=False):
            starter.setProperty("text", text.replace("&", "&&"))
            starter.setAccessibleName(text)
            starter.setVisible(bool(text))


class CloseStep(StepPart):
    """How the talk ends: one small next step, thanks, or another day."""

    talk_requested = Signal(object)
    """The instant at which the two talk again (a datetime), or None for no reminder."""
    look_back_wanted = Signal(bool)
    """Whether the two want to be asked, in an hour, to look back."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(_("How do you want to end?"), _("One of these is enough."))
        self._clock = clock
        self._row = Flow()
        self.column.addLayout(self._row)
        for text, show in (
            (_("One small next step"), self._next_step),
            (_("Thanks"), self._thanks),
            (_("Another day\u2026"), self._another_day),
        ):
            self._row.add(button(text, show))
        self._head, self._say = label(_("Say one of these"), "label"), label(role="say")
        self.lines = Card(self._head, self._say)
        self.another_day = self._day_row()
        self.promised = label(role="sub")
        self.cancel = button(
            _("No reminder"), lambda: self.talk_requested.emit(None), ButtonStyle.QUIET
        )
        self.look_back = button(_("Look back in an hour"), self._ask, ButtonStyle.QUIET)
        self._looks_back = False
        for part in (self.lines, self.another_day, self.promised):
            self.column.addWidget(part)
        row = Flow()
        row.add(self.cancel)
        row.add(self.look_back)
        self.column.addLayout(row)
        self.begin()

    def begin(self) -> None:
        """Show the choices anew."""
        self.another_day.hide()
        self.promised.hide()
        self.cancel.hide()
        self._looks_back = False
        self.say_look_back(wanted=False)
        self._thanks()

    def say_talk(self, when: datetime | None) -> None:
        """Show when the reminder of another talk comes, or that there is none."""
        self.another_day.hide()
        self.promised.show()
        self.cancel.setVisible(when is not None)
        if when is None:
            say(self.promised, _("There is no reminder now."))
        else:
            shown = words.return_time(when, self._clock)
            say(self.promised, _("A quiet reminder comes: {time}.").format(time=shown))

    def say_look_back(self, *, wanted: bool) -> None:
        """Show whether the two are asked to look back."""
        self._looks_back = wanted
        text = _("Don't look back") if wanted else _("Look back in an hour")
        self.look_back.setText(text)
        self.look_back.setAccessibleName(text)

    def _ask(self) -> None:
        self.look_back_wanted.emit(not self._looks_back)

    def _next_step(self) -> None:
        self._show_lines(
            _("\u201cOne small thing I'll do is \u2026\u201d"),
            _("\u201cShall we look at it again on \u2026?\u201d"),
        )

    def _thanks(self) -> None:
        self._show_lines(
            _("\u201cThank you for coming back.\u201d"),
            _("\u201cOne thing I noticed you do today \u2026\u201d"),
        )

    def _show_lines(self, *lines: str) -> None:
        self.another_day.hide()
        self.lines.show()
        say(self._say, "\n".join(lines))

    def _another_day(self) -> None:
        self.lines.hide()
        self._fill_days()
        self.another_day.show()
        bring_into_sight(self.another_day)

    def _day_row(self) -> Card:
        """Return the card with day and time. Each has its name in sight, and for a reader."""
        self.day, self.time = DropDown(), QTimeEdit(QTime(TALK_TIME.hour, TALK_TIME.minute))
        self.day.setItemDelegate(QStyledItemDelegate(self.day))  # else without the style sheet
        self.time.setDisplayFormat("HH:mm")
        row = Flow()
        for text, field in ((_("Day"), self.day), (_("Time"), self.time)):
            head = label(text, "label")
            head.setWordWrap(False)
            head.setBuddy(field)
            field.setAccessibleName(text)
            row.add(head)
            row.add(field)
        row.add(button(_("Remind us"), self._remind))
        return Card(label(_("\u201cI'm tired. Can we talk again then?\u201d"), "say"), row)

    def _fill_days(self) -> None:
        now = self._clock.now()
        self.day.clear()
        today = self._clock.local(now).date()
        self._days = [today + timedelta(days=ahead) for ahead in range(1, DAYS + 1)]
        for day in self._days:
            noon = talk_at(day, TALK_TIME, self._clock)
            tomorrow = day == self._days[0]
            self.day.addItem(_("Tomorrow") if tomorrow else words.date(noon, self._clock))

    def _remind(self) -> None:
        """Ask for a reminder on the chosen day: the one that was shown, even if midnight came."""
        chosen_time = self.time.time()
        wall = time(chosen_time.hour(), chosen_time.minute())
        when = talk_at(self._days[self.day.currentIndex()], wall, self._clock)
        self.talk_requested.emit(when)
