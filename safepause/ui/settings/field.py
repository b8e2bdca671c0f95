"""The form field of a setting. Its declaration says which kind of field it gets.

A field asks for each change at once. It rejects wrong input, and says why below itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from safepause.core.settings.declaration import Setting, SettingError, Value
from safepause.i18n import setting_words, words
from safepause.i18n.language import _
from safepause.ui.settings.boxes import ChoiceBox, CountBox
from safepause.ui.settings.ideas_field import IdeasField
from safepause.ui.settings.shortcut_field import ShortcutField
from safepause.ui.settings.steps import with_steps
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets import reader
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.wrapping import WrappingCheckBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from safepause.core.settings.catalogue import Settings

FIELD_WIDTH = 20
"""The width of a field, in heights of the system's letters."""
ANY_WIDTH = 16_777_215
"""Qt's greatest width of a widget, QWIDGETSIZE_MAX."""
LONGEST_INPUT = 1000
"""The most characters in a line. It is above every limit, so that the field can say the limit."""


class SettingField(QWidget):
    """A setting's label, its field, and a note below them."""

    set_requested = Signal(str, object)
    """The setting's key and its new value, which is valid for the declaration."""

    def __init__(self, setting: Setting, value: Value) -> None:
        super().__init__()
        self.setting = setting
        self._value = value
        self._outcome = ""
        self._caption = label(setting_words.label(setting.key))
        self._note = label()
        self._note.hide()
        self.field, self._put = self._make()
        self.field.setAccessibleName(setting_words.label(setting.key))
        self._caption.setBuddy(self.field)
        self._row: QBoxLayout | None = None
        self._beside: QWidget | None = None
        self._lay_out()
        self.show_value(value)

    @property
    def note(self) -> str:
        """The sentence below the field, or an empty text."""
        return "" if self._note.isHidden() else self._note.accessibleName()

    def show_value(self, value: Value) -> None:
        """Show the current value, without a request.

        If the value is the same as before, rejected input stays, so that a person can correct it.
        """
        if value == self._value and self._note.property("role") == "wrong" and self.note:
            return
        self._note.hide()
        self._value = value
        blocker = QSignalBlocker(self.field)
        self._put(value)
        blocker.unblock()
        self._hint()

    def use_names(self, settings: Settings) -> None:
        """Name the two people, where the setting is about one of them."""
        text = setting_words.label(self.setting.key, settings)
        say(self._caption, setting_words.label(self.setting.key, settings, shown=True))
        self._caption.setAccessibleName(text)
        self.field.setAccessibleName(text)
        if isinstance(self.field, ChoiceBox):
            self.field.use_names(settings)

    def tell(self, sentence: str) -> None:
        """Show below the field why a value was rejected."""
        self._say(sentence, "wrong")
        reader.announce_in(self, sentence)

    def show_outcome(self, sentence: str) -> None:
        """Show below the field what the setting led to. An empty sentence shows nothing."""
        self._outcome = sentence
        if not self.note or self._note.property("role") == "label":
            self._hint()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if isinstance(self.field, QCheckBox):
            column.addWidget(self.field)
        elif isinstance(self.field, IdeasField):
            column.addWidget(self._caption)
            column.addWidget(self.field)
        else:
            self._beside = self._whole()
            self._row = QHBoxLayout()
            self._row.addWidget(self._caption, 1)
            self._row.addWidget(self._beside, 1)
            column.addLayout(self._row)
        column.addWidget(self._note)

    @property
    def whole_width(self) -> int:
        """The width at which the field, with all its words, stands beside the label, in pixels."""
        if self._row is None or self._beside is None:
            return self.minimumSizeHint().width()
        return self._caption.minimumSizeHint().width() + self._row.spacing() + self._wanted()

    def minimumSizeHint(self) -> QSize:
        """Return the least size. The label and the field need not be side by side."""
        least = super().minimumSizeHint()
        if self._row is None or self._beside is None:
            return least
        wide = max(each.minimumSizeHint().width() for each in (self._caption, self._beside))
        return QSize(wide, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the field below its label if there is no room beside it."""
        super().resizeEvent(event)
        if self._row is not None and self._beside is not None:
            beside = self.whole_width <= self.width()
            sides = QBoxLayout.Direction
            self._row.setDirection(sides.LeftToRight if beside else sides.TopToBottom)
            for place in range(self._row.count()):
                self._row.setStretch(place, int(beside))
            self._beside.setMinimumWidth(self._wanted() if beside else 0)
            self._beside.setMaximumWidth(self._wanted() if beside else ANY_WIDTH)
            if event.size().width() != event.oldSize().width():
                self.updateGeometry()  # its height is another one now

    def _wanted(self) -> int:
        """Return the common width of fields. A list of choices may need more."""
        box = self._beside
        words = box.sizeHint().width() if isinstance(box, ChoiceBox) else 0
        return max(font_size(FIELD_WIDTH), words)

    def _whole(self) -> QWidget:
        """Return the field, a number with its two step buttons."""
        whole = self.field
        if isinstance(self.field, CountBox):
            whole = with_steps(self.field)
        return whole

    def _make(self) -> tuple[QWidget, Callable[[Value], None]]:
        default = self.setting.default
        if isinstance(default, bool):
            return self._make_check()
        if isinstance(default, int):
            return self._make_count()
        if self.setting.keys:
            return self._make_keys()
        if self.setting.ideas:
            return self._make_ideas()
        return self._make_choice() if self.setting.choices else self._make_line()

    def _make_check(self) -> tuple[QWidget, Callable[[Value], None]]:
        check = WrappingCheckBox(setting_words.label(self.setting.key))
        check.toggled.connect(self._request)
        return check, lambda value: check.setChecked(bool(value))

    def _make_count(self) -> tuple[QWidget, Callable[[Value], None]]:
        count = CountBox(self.setting)
        count.valueChanged.connect(self._request)
        count.corrected.connect(self._out_of_bounds)

        def put(value: Value) -> None:
            count.setValue(int(value))
            count.name_unit(int(value))

        return count, put

    def _make_choice(self) -> tuple[QWidget, Callable[[Value], None]]:
        box = ChoiceBox(self.setting)
        box.currentIndexChanged.connect(lambda index: self._request(box.itemData(index)))
        return box, lambda value: box.setCurrentIndex(box.findData(value))

    def _make_line(self) -> tuple[QWidget, Callable[[Value], None]]:
        line = QLineEdit()
        line.setMaxLength(LONGEST_INPUT)
        line.setPlaceholderText(_("Optional"))
        line.editingFinished.connect(lambda: self._parse(line.text()))

        def put(value: Value) -> None:
            line.setText(str(value))
            line.setCursorPosition(0)  # shows the start of a long text

        return line, put

    def _make_keys(self) -> tuple[QWidget, Callable[[Value], None]]:
        keys = ShortcutField()
        keys.recorded.connect(self._parse)
        return keys, lambda value: keys.show_keys(str(value))

    def _make_ideas(self) -> tuple[QWidget, Callable[[Value], None]]:
        ideas = IdeasField()
        ideas.edited.connect(self._parse)
        return ideas, lambda value: ideas.show_ideas(str(value))

    def _parse(self, text: str) -> None:
        try:
            value = self.setting.parse(text)
        except SettingError as error:
            self.tell(setting_words.wrong_setting(error))
        else:
            self._request(value)

    def _request(self, value: Value) -> None:
        self._note.hide()
        if value != self._value:
            self._value = value
            self.set_requested.emit(self.setting.key, value)
        self._hint()

    def _out_of_bounds(self, text: str) -> None:
        least, most = (
            setting_words.value(self.setting.key, bound)
            for bound in (self.setting.least, self.setting.most)
        )
        sentence = _("This goes from {least} to {most}, so not '{text}'.")
        self.tell(sentence.format(least=least, most=most, text=words.shortened(text, 12)))

    def _hint(self) -> None:
        """Show what a person should know about the value."""
        if self._outcome:
            self._say(self._outcome, "label")
        elif self._note.property("role") == "label":
            self._note.hide()

    def _say(self, sentence: str, role: str) -> None:
        self._note.setProperty("role", role)
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)
        say(self._note, sentence)
        self._note.show()


def caption_of(text: str) -> QLabel:
    """Return a label for the heading of a part of a form."""
    made = label(text, "part")
    made.setContentsMargins(0, 12, 0, 0)
    return made
