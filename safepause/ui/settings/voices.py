"""The voices of the tones to choose from, each with "Listen"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from safepause.core.settings.catalogue import declared
from safepause.i18n import setting_words
from safepause.i18n.language import _
from safepause.ui.settings.extra import Extra
from safepause.ui.settings.option_row import OptionRow
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from safepause.core.settings.catalogue import Settings

GAP = 14
"""Between two voices, in pixels."""


class Voices(Extra):
    """A row for each voice."""

    keys = ("voice",)
    before = "volume"

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._group = QButtonGroup(self)
        self._rows: dict[str, OptionRow] = {}
        self.note = label("", "wrong")
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label(setting_words.label("voice"), "strong"))
        for key in declared("voice").choices:
            self._rows[key] = self._row(key)
            self._group.addButton(self._rows[key].radio)
            column.addWidget(self._rows[key])
        column.addWidget(self.note)
        self.use(settings)

    @property
    def words(self) -> str:
        """The words by which a search finds the voices."""
        names = [setting_words.choice(key) for key in self._rows]
        return " ".join((setting_words.label("voice"), "voice", *names))

    def use(self, settings: Settings) -> None:
        """Show the voice that is chosen."""
        super().use(settings)
        self._rows[settings.text("voice")].radio.setChecked(True)

    def tell(self, sentence: str) -> None:
        """Say why nothing is heard. An empty sentence says nothing."""
        say(self.note, sentence)
        self.note.setVisible(bool(sentence))

    def refuse(self, key: str, sentence: str) -> None:
        """Say why the voice was not changed."""
        if key in self.keys:
            self.tell(sentence)

    def hideEvent(self, event: QHideEvent) -> None:
        """End what is heard."""
        super().hideEvent(event)
        self.tell("")
        self.listen_requested.emit("")

    def _row(self, key: str) -> OptionRow:
        name = setting_words.choice(key)
        heard = button(_("Listen"), partial(self.listen_requested.emit, key))
        heard.setAccessibleName(_("Listen to {name}").format(name=name))
        chosen = partial(self.set_requested.emit, "voice", key)
        return OptionRow(name, "", chosen, heard)
