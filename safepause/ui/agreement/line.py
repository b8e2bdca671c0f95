"""A line of the agreement: a sentence that opens its choices at a click, and the choices below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from safepause.core.settings.catalogue import declared
from safepause.i18n import agreement_words
from safepause.i18n.language import _
from safepause.ui.settings.field import SettingField
from safepause.ui.theme.scale import BIG_LETTERS, SMALL
from safepause.ui.theme.style_sheet import TARGET, font_size
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.labels import breakable, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from safepause.core.settings.catalogue import Settings
    from safepause.i18n.agreement_words import Sentence

_NUMBER = 1.7
"""The width of a line's number, in heights of the system's letters."""


class SentenceButton(QPushButton):
    """A sentence as a button, as high as its words need. Its choices are bold and underlined."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "line")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "say")
        self.words.setMinimumHeight(TARGET - 2 * SMALL)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        row.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a size with room for all words at the present width."""
        room = max(1, self.width() - 2 * SMALL)
        return QSize(self.width(), max(TARGET, self.words.heightForWidth(room) + 2 * SMALL))

    def minimumSizeHint(self) -> QSize:
        """Return a small width: the words wrap."""
        return QSize(TARGET, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the words need at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Line(QWidget):
    """A numbered sentence. A click opens its choices, and another one closes them."""

    set_requested = Signal(str, object)
    """A setting's key and its new value."""
    opened = Signal(object)
    """The line has opened its choices: this `Line`."""

    def __init__(self, number: int, sentence: Sentence, settings: Settings) -> None:
        super().__init__()
        self._number = number
        self._settings = settings
        self.text = ""
        """The sentence."""
        self.fields: dict[str, SettingField] = {}
        """The fields of the choices, once they were opened."""
        self._keys = sentence.keys
        self.button = SentenceButton()
        self.button.setEnabled(bool(sentence.keys))
        self.button.clicked.connect(lambda: self.open(wanted=not self.is_open))
        self._choices = QWidget()
        self._choices.hide()
        self._lay_out()
        self.show_sentence(sentence, settings)

    @property
    def is_open(self) -> bool:
        """Whether the choices are shown."""
        return not self._choices.isHidden()

    def open(self, *, wanted: bool) -> None:
        """Show the choices, or hide them."""
        if wanted and not self.fields:
            self._make_fields()
        self._choices.setVisible(wanted)
        self._name()
        if wanted:
            self.opened.emit(self)
            next(iter(self.fields.values())).field.setFocus()

    def show_sentence(self, sentence: Sentence, settings: Settings) -> None:
        """Show the sentence for the present settings."""
        self._settings = settings
        self.text = sentence.text
        self.button.words.setText(_rich(sentence))
        self.button.updateGeometry()
        self._name()
        for key, field in self.fields.items():
            field.use_names(settings)
            field.show_value(settings.values[key])

    def _name(self) -> None:
        name = f"{self._number}. {self.text}"
        self.button.setAccessibleName(name)
        if self._keys:
            self.button.setAccessibleDescription(
                _("Closes the choices") if self.is_open else _("Opens the choices")
            )

    def _lay_out(self) -> None:
        number = label(str(self._number), "strong")
        number.setAccessibleName("")
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        number.setFixedWidth(max(TARGET // 2, font_size(_NUMBER)))
        row.addWidget(number)
        row.addWidget(self.button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._choices)

    def _make_fields(self) -> None:
        column = QVBoxLayout(self._choices)
        beside = 0 if font_size(1) > BIG_LETTERS else TARGET // 2 + 2 * SMALL
        column.setContentsMargins(beside, SMALL, 0, SMALL)
        column.setSpacing(SMALL)
        proposals = {
            "sign": agreement_words.signs,
            "children": agreement_words.carers,
            "place1": agreement_words.places,
            "place2": agreement_words.places,
        }
        for key in self._keys:
            field = SettingField(declared(key), self._settings.values[key])
            field.use_names(self._settings)
            field.set_requested.connect(self.set_requested)
            self.fields[key] = field
            column.addWidget(field)
            if key in proposals:
                row = Flow()
                row.setSpacing(SMALL)
                for words in proposals[key]():
                    row.add(button(words, self._chooser(key, words), ButtonStyle.QUIET))
                column.addLayout(row)

    def _chooser(self, key: str, words: str) -> Callable[[], None]:
        return lambda: self.set_requested.emit(key, words)


def _rich(sentence: Sentence) -> str:
    """Return the sentence with its choices marked. A name's own markup stays plain characters.

    Its direction is that of the program's language, even if a name stands first.
    """
    direction = "rtl" if QGuiApplication.isRightToLeft() else "ltr"
    marked = "".join(
        f"<b><u>{escape(breakable(part.shown))}</u></b>"
        if part.chosen
        else escape(breakable(part.shown))
        for part in sentence.parts()
    )
    return f'<div dir="{direction}">{marked}</div>'
