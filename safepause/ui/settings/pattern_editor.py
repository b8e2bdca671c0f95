"""The editor of one own breathing pattern: its name, and the seconds of the four parts of a breath.

It takes any number, and says at once what is out of bounds. Nothing is corrected by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from safepause.core.settings.patterns import PatternError, own_pattern
from safepause.i18n import pattern_words
from safepause.i18n.language import _, ngettext
from safepause.ui.settings.steps import with_steps
from safepause.ui.theme.style_sheet import TARGET, font_size
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from safepause.core.settings.patterns import Lengths

FIRST = (4.0, 0.0, 6.0, 0.0)
"""The lengths with which a new pattern begins: those of the soft long exhale."""
FIELD_WIDTH, GAP = 9.5, 6
"""The width of a number, in heights of the system's letters, and its gaps, in pixels."""
LONGEST_INPUT = 200
"""The most characters of a name that can be typed. It is above the limit, which is said."""
_MOST_SECONDS = 99.9
_STEP = 0.5


class SecondsBox(QDoubleSpinBox):
    """A length in seconds, with a comma or a point. It takes more than a pattern can have."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, _MOST_SECONDS)
        self.setDecimals(1)
        self.setSingleStep(_STEP)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.valueChanged.connect(self._name_unit)
        self._name_unit(self.value())

    def textFromValue(self, value: float) -> str:
        """Return the number as people write it."""
        return pattern_words.seconds(round(value, 1))

    def valueFromText(self, text: str) -> float:
        """Return the number that was typed."""
        return float(self._typed(text) or 0)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Tell whether a text is a number of seconds, or can become one."""
        typed = self._typed(text)
        whole, point, tenth = typed.partition(".")
        figures = all(not part or (part.isascii() and part.isdigit()) for part in (whole, tenth))
        if not figures or len(whole) > 2 or len(tenth) > 1:  # noqa: PLR2004  -- as in 99.9
            return QValidator.State.Invalid, text, place
        done = bool(whole) and bool(tenth) is bool(point)
        state = QValidator.State.Acceptable if done else QValidator.State.Intermediate
        return state, text, place

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass the wheel event on to the page, so that scrolling changes no value."""
        event.ignore()

    def _typed(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip().replace(",", ".")

    def _name_unit(self, value: float) -> None:
        """Show the unit in the singular or plural that `value` needs."""
        self.setSuffix(" " + ngettext("second", "seconds", 1 if value == 1 else 2))


class PatternEditor(Card):
    """A name, four lengths, and what they make."""

    kept = Signal(object)
    """The person wants to keep this `Pattern`."""
    left = Signal()
    """The person wants no pattern."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_INPUT)
        self._add_row(_("Name"), self.name)
        self.lengths = tuple(SecondsBox() for _part in FIRST)
        captions = (_("Breathe in"), _("Then hold"), _("Breathe out"), _("Then rest"))
        for caption, box in zip(captions, self.lengths, strict=True):
            box.valueChanged.connect(self._judge)
            self._add_row(caption, box)
        self.note = label()
        self.column.addWidget(self.note)
        row = Flow()
        row.add(button(_("Keep this pattern"), self._keep))
        row.add(button(_("Cancel"), self.left.emit, ButtonStyle.QUIET))
        self.column.addLayout(row)
        self.name.returnPressed.connect(self._keep)

    def show_pattern(self, name: str = "", lengths: Lengths = FIRST) -> None:
        """Begin with a pattern, or with a new one."""
        self.name.setText(name)
        self.name.setCursorPosition(0)
        for box, length in zip(self.lengths, lengths, strict=True):
            box.setValue(length)
        self._judge()
        self.show()
        self.name.setFocus()
        bring_into_sight(self)

    def tell(self, sentence: str) -> None:
        """Say why the pattern can't be kept."""
        self._say(sentence, "wrong")

    @property
    def _typed(self) -> Lengths:
        breathe_in, hold, out, rest = (round(box.value(), 1) for box in self.lengths)
        return breathe_in, hold, out, rest

    def _judge(self) -> None:
        """Say how fast the lengths are, or what is out of bounds."""
        try:
            own_pattern("x", self._typed)
        except PatternError as error:
            self.tell(pattern_words.wrong_pattern(error.fault))
        else:
            self._say(pattern_words.pace(self._typed), "label")

    def _keep(self) -> None:
        try:
            pattern = own_pattern(self.name.text(), self._typed)
        except PatternError as error:
            self.tell(pattern_words.wrong_pattern(error.fault))
        else:
            self.kept.emit(pattern)

    def _say(self, sentence: str, role: str) -> None:
        self.note.setProperty("role", role)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        say(self.note, sentence)

    def _add_row(self, caption: str, field: QWidget) -> None:
        shown = QLabel(caption)
        shown.setBuddy(field)
        field.setAccessibleName(caption)
        wide = font_size(FIELD_WIDTH)
        steps = isinstance(field, SecondsBox)
        field.setFixedWidth(wide if steps else 2 * (TARGET + GAP) + wide)
        whole = with_steps(field) if isinstance(field, SecondsBox) else _alone(field)
        row = Flow()
        row.setSpacing(GAP)
        row.add(shown)
        row.add(whole, at_end=True)
        self.column.addLayout(row)


def _alone(field: QWidget) -> QWidget:
    """Return a widget as wide as `field`, whatever the field would like."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field)
    return made
