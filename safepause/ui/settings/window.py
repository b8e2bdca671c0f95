"""The settings window: five pages of fields, made from the declarations of the settings.

A search shows what it finds on all pages. `pages` says what is on which page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from safepause.core.settings.catalogue import AUTOSTART, Settings
from safepause.core.settings.declaration import Group
from safepause.i18n import setting_words
from safepause.i18n.language import _
from safepause.i18n.words import capability_label
from safepause.ui.settings.field import SettingField
from safepause.ui.settings.pages import GROUPS, Tab
from safepause.ui.settings.section import Section
from safepause.ui.settings.shortcut_field import OfferButton, ReadyLines, ShortcutField
from safepause.ui.settings.tabs import Tabs
from safepause.ui.theme.scale import GAP, MARGIN
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from safepause.core.capability import Capability
    from safepause.core.shortcut.binding_lines import ShortcutView
    from safepause.ui.settings.extra import Extra

SIZE = QSize(640, 680)
LONGEST_SEARCH = 60
"""The most characters that a person can search for."""


class SettingsWindow(Window):
    """Five pages, each setting on one of them. It asks for each change at once."""

    set_requested = Signal(str, object)
    """A setting's key and its new value."""
    offer_taken = Signal(object)
    """The person wants what SafePause offers for keys that don't work: a `KeysOffer`."""
    try_requested = Signal(object)
    """The person wants to try this `Session`."""
    listen_requested = Signal(str)
    """The person wants to hear this voice; an empty text ends it."""
    came_back = Signal()
    """The window has the keyboard again. Meanwhile, other programs may have made changes."""

    def __init__(self, settings: Settings, capabilities: Iterable[Capability] = ()) -> None:
        """Show the settings, and what doesn't work on this computer."""
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("Settings"))
        self.tab = Tab.TWO
        """The page that is open."""
        self._capabilities = QWidget()
        self._autostart = SettingField(AUTOSTART, value=False)
        self._keys_offer = OfferButton()
        self._keys_offer.taken.connect(self.offer_taken)
        self._ready_lines = ReadyLines()
        self._banner = Banner()
        self._banner.add(button(_("All right"), self._banner.hide))
        self._sections = {
            group: Section(group, settings) for groups in GROUPS.values() for group in groups
        }
        self.fields = {
            key: field
            for section in self._sections.values()
            for key, field in section.fields.items()
        }
        self._nothing = label(_("Nothing here by that word."), "sub")
        self._search = self._make_search()
        self._tabs = self._make_tabs()
        self._fill()
        kept = label(_("Changes are kept at once."), "label")
        kept.setWordWrap(False)
        self.bottom.add(kept)
        self.bottom.add(self.close_button(), at_end=True)
        self.show_capabilities(capabilities)
        self.open(Tab.TWO)

    @property
    def extras(self) -> list[Extra]:
        """The widgets that are no fields."""
        return [extra for section in self._sections.values() for extra in section.extras]

    def open(self, tab: Tab) -> None:
        """Show a page. `bring_up` shows the window."""
        self.tab = tab
        self._search.clear()
        self._find("")
        self.area.verticalScrollBar().setValue(0)

    def open_settings(self) -> None:
        """Show the first page. `bring_up` shows the window."""
        self.open(Tab.TWO)

    def least_width(self) -> int:
        """Return the width that the widest section needs, in pixels."""
        widths = [0]
        for section in self._sections.values():
            layout = section.layout()
            widths.append(0 if layout is None else layout.totalMinimumSize().width())
            widths += [field.whole_width for field in section.fields.values()]
        return max(widths) + 2 * MARGIN

    def use(self, settings: Settings) -> None:
        """Show changed settings."""
        super().use(settings)
        for section in self._sections.values():
            section.use(settings)

    def changeEvent(self, event: QEvent) -> None:
        """Emit `came_back` when the window gets the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End a search on Esc. The next Esc closes the window."""
        if event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
            self._find("")
        else:
            super().keyPressEvent(event)

    def refuse(self, key: str, sentence: str) -> None:
        """Say below a setting why it was not set, and show its current value."""
        if key in self.fields:
            self.fields[key].show_value(self.settings.values[key])
            self.fields[key].tell(sentence)
        for extra in self.extras:
            if key in extra.keys:
                extra.use(self.settings)
                extra.refuse(key, sentence)

    def tell_heard(self, sentence: str) -> None:
        """Say why a voice is not heard. An empty sentence says that all is well."""
        for extra in self._sections[Group.SOUND].extras:
            extra.tell(sentence)

    def tell(self, sentence: str) -> None:
        """Show a sentence about the whole window."""
        self._banner.tell(sentence)

    def show_autostart(self, *, on: bool, sentence: str = "") -> None:
        """Show whether SafePause starts with the computer, and a sentence about it."""
        self._autostart.show_value(on)
        self._autostart.tell(sentence)

    def show_capabilities(self, capabilities: Iterable[Capability]) -> None:
        """Say what doesn't work on this computer, and what helps; else that all works."""
        cards: list[QWidget] = [
            _capability_card(capability) for capability in capabilities if not capability.available
        ]
        column = self._capabilities.layout()
        while column is not None and (item := column.takeAt(0)):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for card in cards or [label(_("SafePause can do all it needs here."), "label")]:
            if column is not None:
                column.addWidget(card)

    def show_shortcuts(self, view: ShortcutView) -> None:
        """Show the state of the shortcuts. If none is possible, show what to do instead."""
        section = self._sections[Group.SHORTCUT]
        for field in section.fields.values():
            section.offer(field, offered=view.possible)
            field.show_outcome(view.notes.get(field.setting.key, ""))
        self._keys_offer.use(view.offer)
        self._ready_lines.use(view)
        section.offer(self._keys_offer, offered=view.offer is not None)
        section.offer(self._ready_lines, offered=bool(view.why))
        self._find(self._search.text())

    def take_keys(self, keys: str) -> bool:
        """Have a field that waits for keys record `keys`. Return whether there is one."""
        for field in self.findChildren(ShortcutField):
            if field.recording:
                field.record(keys)
                return True
        return False

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setObjectName("search")
        search.setMaxLength(LONGEST_SEARCH)
        search.setPlaceholderText(_("Search"))
        search.setAccessibleName(_("Search the settings"))
        search.setClearButtonEnabled(True)
        search.textEdited.connect(self._find)
        return search

    def _make_tabs(self) -> Tabs:
        made = Tabs()
        for tab in Tab:
            made.offer(tab, offered=any(not self._sections[group].empty for group in GROUPS[tab]))
        made.chosen.connect(self.open)
        self.top.setContentsMargins(MARGIN, GAP, MARGIN, 0)
        self.top.addWidget(self._search)
        self.top.addWidget(made)
        self.top.addWidget(self._banner)
        return made

    def _fill(self) -> None:
        """Put every section, and what is no setting of ours, into the column."""
        shortcut, computer = self._sections[Group.SHORTCUT], self._sections[Group.COMPUTER]
        shortcut.add(self._keys_offer)
        shortcut.offer(self._keys_offer, offered=False)
        shortcut.add(self._ready_lines)
        shortcut.offer(self._ready_lines, offered=False)
        computer.add(self._autostart, setting_words.label(AUTOSTART.key))
        column = QVBoxLayout(self._capabilities)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        computer.add(self._capabilities)
        for field in (*self.fields.values(), self._autostart):
            field.set_requested.connect(self.set_requested)
        for extra in self.extras:
            extra.set_requested.connect(self.set_requested)
            extra.try_requested.connect(self.try_requested)
            extra.listen_requested.connect(self.listen_requested)
        for section in self._sections.values():
            self.column.addWidget(section)
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)

    def _find(self, sought: str) -> None:
        """Show what the person searches for, on all pages. Without words show the open page."""
        searching = bool(sought.strip())
        any_found = False
        self._tabs.show_open(self.tab, searching=searching)
        for tab, groups in GROUPS.items():
            for group in groups:
                section = self._sections[group]
                if searching or tab is self.tab:
                    any_found = section.search(sought) or any_found
                else:
                    section.hide()
        self._nothing.setVisible(not any_found)


def _capability_card(capability: Capability) -> Card:
    """Return a card that says what doesn't work here, and what helps."""
    title = _("{thing}: {state}").format(
        thing=capability_label(capability.key), state=_("not here")
    )
    lines = [label(title, "strong"), label(capability.why)]
    if capability.advice:
        lines.append(label(capability.advice))
    return Card(*lines)
