"""The window "More support": helplines, each with a button that copies its number or address.

No link opens a browser. Nothing logs that the window was open, and only the person opens it. Before
each release, a developer checks the numbers. Each entry shows the month of its last check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QGuiApplication

from safepause.i18n.language import _
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.labels import label, line_label, say
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QPushButton

    from safepause.core.settings.catalogue import Settings

SIZE = QSize(640, 680)
_US, _UK, _AU = frozenset({"US"}), frozenset({"GB"}), frozenset({"AU"})
_EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
    ]
)
CHECKED = "2026-11"
"""The month of the last check of all entries, as in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Support:
    """A helpline."""

    name: str
    contact: str
    """The number or address, which the button copies."""
    note: str = ""
    countries: frozenset[str] = frozenset()
    """The countries that it is for, as in ISO 3166; empty for all."""
    checked: str = CHECKED


def here() -> str:
    """Return the country of the computer's locale, as in ISO 3166."""
    return QLocale.territoryToCode(QLocale.system().territory())


def directory(country: str = "") -> tuple[Support, ...]:
    """Return all helplines, in the person's language: those of the country come first."""
    return tuple(sorted(_entries(), key=lambda entry: country not in entry.countries))


def _entries() -> tuple[Support, ...]:
    return (
        Support(_("Helplines in every country"), "findahelpline.com"),
        Support(
            _("United States: Domestic Violence Hotline"),
            "1-800-799-7233",
            _("Or text START to 88788."),
            _US,
        ),
        Support(_("United Kingdom: Domestic Abuse Helpline"), "0808 2000 247", "", _UK),
        Support(
            _("United Kingdom: Respect"),
            "0808 802 4040",
            _("If you worry about your own behaviour."),
            _UK,
        ),
        Support(_("European Union"), "116 016", _("In many of its countries."), _EU),
        Support(_("Australia"), "1800 737 732", "", _AU),
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
        for entry in directory(here()):
            self.column.addWidget(self._card(entry))
        self.column.addStretch(1)
        self._copied = label(role="sub")
        self.below.addWidget(self._copied)
        self.bottom.add(self.close_button(), at_end=True)

    def _card(self, entry: Support) -> Card:
        contact = line_label(entry.contact, "say")
        contact.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = Flow()
        row.add(contact)
        row.add(self._copy_button(entry), at_end=True)
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
