"""The window "More support": helplines, each with a button that copies its number or address.

No link opens a browser. Nothing logs that the window was open, and only the person opens it. Before
each release, a developer checks the numbers. Each entry shows the month of its last check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from safepause.i18n.language import _
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings

SIZE = QSize(640, 680)
CHECKED = "2026-11"
"""The month of the last check of all entries, as in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Support:
    """A helpline."""

    name: str
    contact: str
    """The number or address, which the button copies."""
    note: str = ""
    checked: str = CHECKED


def directory() -> tuple[Support, ...]:
    """Return all helplines, in the person's language."""
    return (
        Support(_("Helplines in every country"), "findahelpline.com"),
        Support(
            _("United States: Domestic Violence Hotline"),
            "1-800-799-7233",
            _("Or text START to 88788."),
        ),
        Support(_("United Kingdom: Domestic Abuse Helpline"), "0808 2000 247"),
        Support(
            _("United Kingdom: Respect"),
            "0808 802 4040",
            _("If you worry about your own behaviour."),
        ),
        Support(_("European Union"), "116 016", _("In many of its countries.")),
        Support(_("Australia"), "1800 737 732"),
    )


def not_the_right_tool() -> str:
    """Return the sentence that says what SafePause is not for."""
    return _(
        "SafePause is for everyday arguments. If you feel afraid, watched, controlled or hurt, "
        "this isn't the right tool. Support is available."
    )


class SupportWindow(Window):
    """Shows all helplines."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("More support"))
        self.column.addWidget(label(_("More support"), "title"))
        self.column.addWidget(label(not_the_right_tool()))
        self.column.addWidget(
            Card(
                label(_("In danger now? Call your local emergency number."), "strong"),
                label(
                    _(
                        "Someone may be able to see what you do on this computer. "
                        "A safer device may be better."
                    )
                ),
            )
        )
        for entry in directory():
            self.column.addWidget(self._card(entry))
        self.column.addStretch(1)
        self._copied = label(role="sub")
        self.bottom.addWidget(self._copied, 1)
        self.bottom.addWidget(self.close_button())

    def _card(self, entry: Support) -> Card:
        contact = label(entry.contact, "say")
        contact.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout()
        row.addWidget(contact, 1)
        row.addWidget(self._copy_button(entry))
        note = [label(entry.note)] if entry.note else []
        return Card(label(entry.name), row, *note, _checked(entry))

    def _copy_button(self, entry: Support) -> QPushButton:
        made = button(_("Copy"), lambda: self._copy(entry), ButtonStyle.PLAIN)
        made.setAccessibleName(_("Copy {contact}").format(contact=entry.contact))
        return made

    def _copy(self, entry: Support) -> None:
        QGuiApplication.clipboard().setText(entry.contact)
        say(self._copied, _("Copied: {contact}").format(contact=entry.contact))


def _checked(entry: Support) -> QLabel:
    return label(_("As of {month}").format(month=entry.checked), "label")
