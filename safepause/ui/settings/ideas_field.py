"""The editor of the couple's own ideas: one idea in each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from safepause.core.settings.ideas import IdeasError, read_ideas
from safepause.i18n.language import _
from safepause.i18n.rest_words import own_ideas
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

LONGEST_INPUT = 10_000
"""The most characters that the editor reads: far above every limit, which it can so name."""
_LINES = 11.0
"""The height of the editor, in heights of the system's letters."""


class IdeasEdit(QPlainTextEdit):
    """Lines of text. Tab leaves the editor."""

    left = Signal()
    """The keyboard went elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(font_size(_LINES))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class IdeasField(QWidget):
    """The editor, and the way back to SafePause's own ideas. It shows the ideas that are used."""

    edited = Signal(str)
    """The text that the person wrote; empty for SafePause's own ideas."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = IdeasEdit()
        self.edit.left.connect(self._tell)
        self._told = ""
        row = Flow()
        row.add(button(_("Keep these ideas"), self._tell))
        row.add(button(_("Use SafePause's ideas"), self._use_own, ButtonStyle.QUIET))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.edit)
        column.addLayout(row)

    def setAccessibleName(self, name: str) -> None:
        """Name the editor: it has the keyboard."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def show_ideas(self, ideas: str) -> None:
        """Show the ideas that are used. With none of their own, those are SafePause's."""
        self._told = ideas
        self._put(ideas or "\n".join(own_ideas()))

    def _put(self, text: str) -> None:
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)

    def _use_own(self) -> None:
        self._put("\n".join(own_ideas()))
        self._tell()

    def _tell(self) -> None:
        """Tell what was written. SafePause's own ideas are no ideas of the couple."""
        text = self.edit.toPlainText()[:LONGEST_INPUT]
        try:
            written = "\n".join(read_ideas(text))
        except IdeasError:
            written = text
        text = "" if written == "\n".join(own_ideas()) else written
        if not text:
            self._put("\n".join(own_ideas()))
        if text != self._told:
            self._told = text
            self.edited.emit(text)
