"""What the first five seconds of a pause show: the time of the return, and a sentence to say.

Nothing in this part of the page moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from safepause.i18n.language import _
from safepause.i18n.say_words import back_caption, quoted, to_say
from safepause.i18n.words import clock_time, come_back_line
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from safepause.core.clock import Clock
    from safepause.core.pause import Pause

_INSIDE = QMargins(28, 16, 28, 10)
"""Between the frame of the sentence and its words, in pixels."""


class StillView(QWidget):
    """Shows when the two come back, and what a person can say now."""

    say_requested = Signal(str)
    """The person wants the sentence to fill the window, for the other to read."""

    def __init__(self, clock: Clock) -> None:
        """Build the view. `show_pause` fills it."""
        super().__init__()
        self._clock = clock
        self.sentence = ""
        self.caption = _centred(label(role="sub"))
        self.time = _centred(label(role="clock"))
        self.how = _centred(label(role="label"))
        self.words = _centred(label(role="say"))
        turn_round = button(_("Say it for me"), self._say, ButtonStyle.QUIET)
        self.card = Card(self.how, self.words, inside=_INSIDE)
        self.card.column.addWidget(turn_round, 0, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(self.caption)
        column.addWidget(self.time)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, 6)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def show_pause(self, pause: Pause, turn: int, sign: str) -> None:
        """Show the return of a pause, and the sentence whose turn it is, or the couple's sign."""
        say(self.caption, back_caption(pause, self._clock))
        self.time.setText(clock_time(pause.return_at, self._clock))
        self.time.setAccessibleName(come_back_line(pause, self._clock))  # heard as a sentence
        self.sentence = to_say(pause, self._clock, turn, sign)
        how = _("Give your sign, then go to your own place") if sign else ""
        say(self.how, how or _("Say it, then go to your own place"))
        say(self.words, sign or quoted(self.sentence))

    def forget(self) -> None:
        """Forget the sentence and the time."""
        self.sentence = ""
        for shown in (self.caption, self.time, self.words):
            shown.setText("")
            shown.setAccessibleName("")

    def _say(self) -> None:
        self.say_requested.emit(self.sentence)


def _centred(made: QLabel) -> QLabel:
    """Return a label whose text stands in the middle."""
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
