"""The third step of the talk: one speaks, one listens, two minutes each.

What the speaker can say is a sentence with three fields. Each of the two has a colour: the first
one teal, the second one sand.
"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from safepause.core.restart import TURN
from safepause.i18n.language import _
from safepause.ui.pause.name_dot import NameDot
from safepause.ui.pause.private_field import PrivateField
from safepause.ui.pause.restart_steps import GAP, StepPart
from safepause.ui.pause.turn_ring import TurnRing
from safepause.ui.theme.palette import LIGHT
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say

COLOURS = (LIGHT.teal, LIGHT.sand)
"""The colours of the two, in every theme."""
_SHORT = 9
"""The least width of a field, in heights of the system's letters."""


class TurnStep(StepPart):
    """Whose turn it is, what they can say, and what the other one says back."""

    def __init__(self) -> None:
        super().__init__("", "")
        self.line.hide()
        self.column.removeWidget(self.title)
        self.ring = TurnRing()
        """A picture of what the words say, too."""
        self.time_left = label(role="label")
        feel = PrivateField(_("I feel"), _("worried"))
        about = PrivateField(_("about (one thing that happened)"), _("the bill we found today"))
        need = PrivateField(_("and I need"), _("ten minutes to plan it with you"))
        self.fields = [feel, about, need]
        self.lines = [
            _line(_words(_("I feel"), feel), feel, _words(_("about"), about)),
            _line(about),
            _line(_words(_("and I need"), need), need),
        ]
        side = QVBoxLayout()
        side.setSpacing(GAP // 2)
        side.addWidget(self.title)
        for line in self.lines:
            side.addLayout(line)
        side.addStretch(1)
        self.row = QHBoxLayout()
        self.row.setSpacing(2 * GAP)
        self.row.addWidget(self.ring)
        self.row.addLayout(side, 1)
        self.column.addLayout(self.row)
        self.column.addWidget(self._listening())
        self.column.addWidget(self.time_left)

    def begin_turn(self, speaker: str, listener: str, place: int = 0) -> None:
        """Show whose turn it is; the names may be unknown. What the other typed is forgotten.

        `place` is 0 if the first of the two speaks, and 1 if the second one does.
        """
        self.forget()
        if speaker and listener:
            say(self.title, _("{name}, one small thing").format(name=speaker))
            say(self._listens, _("{name} only listens, then says").format(name=listener))
        else:
            say(self.title, _("One small thing"))
            say(self._listens, _("The other only listens, then says"))
        self.dot.show_name(listener, COLOURS[1 - place])
        self.ring.show_words(speaker or _("One"), _("speaks"))
        self.ring.show_colour(COLOURS[place])
        self.show_left(TURN)

    def show_left(self, left: timedelta) -> None:
        """Show how much of the turn is left, without a countdown."""
        self.ring.show_share(left / TURN)
        say(self.time_left, _left(left) + "\n" + _("Nothing you type is kept."))

    def forget(self) -> None:
        """Forget what was typed."""
        for field in self.fields:
            field.forget()

    def _listening(self) -> Card:
        """Return the card of the one who listens."""
        self.dot, self._listens = NameDot(), label(role="label")
        says = label(_("\u201cWhat I heard is \u2026 Did I get it?\u201d"), "say")
        words, row = QVBoxLayout(), QHBoxLayout()
        words.addWidget(self._listens)
        words.addWidget(says)
        row.setSpacing(GAP)
        row.addWidget(self.dot)
        row.addLayout(words, 1)
        return Card(row)


def _line(*parts: QWidget) -> QHBoxLayout:
    """Return a line of the sentence. Its field takes the room that the words leave."""
    row = QHBoxLayout()
    row.setSpacing(GAP // 2 + 2)
    for part in parts:
        is_field = isinstance(part, PrivateField)
        if is_field:
            part.setProperty("role", "say")
            part.setMinimumWidth(font_size(_SHORT))
        row.addWidget(part, int(is_field))
    return row


def _words(text: str, field: PrivateField) -> QWidget:
    """Return words of the sentence, which belong to a field."""
    made = label(text, "say")
    made.setWordWrap(False)
    made.setBuddy(field)
    return made


def _left(left: timedelta) -> str:
    if left > timedelta(seconds=105):
        return _("About 2 minutes left.")
    if left > timedelta(seconds=75):
        return _("About 1\u00bd minutes left.")
    if left > timedelta(seconds=45):
        return _("About 1 minute left.")
    if left > timedelta(0):
        return _("Less than a minute left.")
    return _("Time is up. Finish your sentence.")
