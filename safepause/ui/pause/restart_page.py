"""The page after "We're both here": a greeting and three fields for a soft first sentence.

The page keeps nothing that a person types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from safepause.i18n.language import _
from safepause.ui.pause.page import Page
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label
from safepause.ui.widgets.qt_translator import translate_qt
from safepause.ui.widgets.selection import give_up_selection

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from safepause.core.clock import Clock

_PRIVATE = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhHiddenText
)


class RestartPage(Page):
    """Helps with the first sentence after a pause. Can offer to start with the computer."""

    pause_again_requested = Signal()
    autostart_wanted = Signal()
    """The person wants SafePause to start with the computer."""

    def __init__(self, clock: Clock) -> None:
        """Build the page with empty fields."""
        super().__init__(clock)
        translate_qt()
        self.add_heading(
            label(_("Hi. Good to see your face."), "title"),
            label(_("You matter more than this argument."), "sub"),
            label(_("One small thing. Nothing you write is kept."), "sub"),
        )
        self.column.addStretch(1)
        self.fields: list[QLineEdit] = []
        for head, example in (
            (_("I feel"), _("worried")),
            (_("about (one thing that happened)"), _("the bill we found today")),
            (_("and I need"), _("ten minutes to plan it with you")),
        ):
            self._add_field(head, example)
        self.column.addStretch(1)
        self.column.addWidget(label(_("Two minutes each. Then say back what you heard."), "sub"))
        row = self.add_flow()
        row.add(self.kept(button(_("Pause again"), self.pause_again_requested.emit)))
        row.add(self.hide_button())
        done = button(_("Done"), self.hide_requested.emit, ButtonStyle.PRIMARY)
        row.add(self.kept(done), at_end=True)
        self._offer: Banner | None = None
        self._answers: list[QPushButton] = []

    def offer_autostart(self) -> None:
        """Ask at the end of the page whether SafePause may start with the computer."""
        self._offer = Banner()
        for answer in (
            button(_("Yes"), self.autostart_wanted.emit),
            button(_("Not now"), self._offer.hide, ButtonStyle.QUIET),
        ):
            self._offer.add(answer)
            self._answers.append(answer)
        self.add_banner(self._offer)
        self._offer.tell(_("Start SafePause with your computer?"))

    def say_autostart(self, sentence: str) -> None:
        """Replace the question with its outcome, unless the question is hidden."""
        if self._offer is not None and not self._offer.isHidden():
            for answer in self._answers:
                answer.hide()
            self._offer.tell(sentence)

    def _add_field(self, head: str, example: str) -> None:
        field = QLineEdit()
        field.setPlaceholderText(example)
        field.setAccessibleName(head)
        field.setMaxLength(500)
        field.setInputMethodHints(Qt.InputMethodHint(_PRIVATE.value))
        above = label(head, "label")
        above.setBuddy(field)
        self.column.addWidget(above)
        self.column.addWidget(field)
        self.fields.append(field)

    def forget(self) -> None:
        """Empty the fields. `setText` also clears the undo history of a field."""
        super().forget()
        for field in self.fields:
            field.setText("")

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was typed, unless the window is only shown anew to come to the front."""
        super().hideEvent(event)
        QTimer.singleShot(0, self, self._forget_typed)

    def _forget_typed(self) -> None:
        """Empty the fields, and forget what a middle click would paste elsewhere."""
        if self.isVisible():
            return
        self.forget()
        give_up_selection()
        if self._offer is not None:
            self._offer.hide()
