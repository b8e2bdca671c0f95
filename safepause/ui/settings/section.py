"""A section of the settings: the heading of a group, its fields, and its further widgets.

A search hides what it does not find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safepause.core.settings.catalogue import DECLARED
from safepause.i18n import setting_words
from safepause.ui.settings.extra import Extra
from safepause.ui.settings.extras import EXTRAS
from safepause.ui.settings.field import SettingField, caption_of
from safepause.ui.settings.pages import heading, purpose
from safepause.ui.theme.scale import GAP
from safepause.ui.widgets.labels import label

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Group


class Section(QWidget):
    """A heading, the fields of a group, and its further widgets."""

    def __init__(self, group: Group, settings: Settings) -> None:
        super().__init__()
        self.group = group
        self.extras = [made(settings) for made in EXTRAS.get(group, ())]
        own = {key for extra in self.extras for key in extra.keys}
        self.fields = {
            setting.key: SettingField(setting, settings.values[setting.key])
            for setting in DECLARED
            if setting.group is group and setting.key not in own
        }
        self._rows: list[tuple[QWidget, str]] = []
        self._unoffered: set[QWidget] = set()
        self._sought = ""
        self._name = " ".join((heading(group), purpose(group)))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(caption_of(heading(group)))
        if purpose(group):
            self._column.addWidget(label(purpose(group), "label"))
        for key, field in self.fields.items():
            self._add_extras(key)
            self.add(field, _words_of(field))
        self._add_extras("")
        self.use(settings)

    @property
    def empty(self) -> bool:
        """Whether nothing in the section can be shown."""
        return not self._rows

    def add(self, widget: QWidget, words: str = "") -> None:
        """Add a widget, which a search finds by `words`."""
        self._rows.append((widget, words))
        self._column.addWidget(widget)

    def _add_extras(self, before: str) -> None:
        for extra in self.extras:
            if extra.before == before:
                self.add(extra)

    def offer(self, widget: QWidget, *, offered: bool) -> None:
        """Show a widget, or hide it because it is no use on this computer."""
        if offered:
            self._unoffered.discard(widget)
        else:
            self._unoffered.add(widget)
        self._show_found()

    def search(self, sought: str) -> bool:
        """Show what has `sought` in its words, all for "". Return whether anything has."""
        self._sought = sought.casefold().strip()
        return self._show_found()

    def use(self, settings: Settings) -> None:
        """Show changed settings."""
        for key, field in self.fields.items():
            field.use_names(settings)
            field.show_value(settings.values[key])
        for extra in self.extras:
            extra.use(settings)

    def _show_found(self) -> bool:
        whole = self._sought in self._name.casefold()
        any_found = False
        for widget, given in self._rows:
            words = widget.words if isinstance(widget, Extra) else given
            found = whole or self._sought in words.casefold()
            shown = found and widget not in self._unoffered
            widget.setVisible(shown)
            any_found = any_found or shown
        self.setVisible(any_found)
        return any_found


def _words_of(field: SettingField) -> str:
    """Return the words by which a search finds a field: its label, its choices and its key."""
    setting = field.setting
    choices = [setting_words.choice(each) for each in setting.choices]
    return " ".join((setting_words.label(setting.key), setting.key, *choices))
