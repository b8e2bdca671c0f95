"""The settings window: two pages of fields, made from the declarations of the settings."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from safepause.core.settings.catalogue import AUTOSTART, DECLARED, Settings
from safepause.core.settings.declaration import Group
from safepause.i18n.language import _
from safepause.i18n.words import capability_label
from safepause.ui.settings.field import SettingField, caption_of
from safepause.ui.settings.shortcut_field import OfferButton, ReadyLines, ShortcutField
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label
from safepause.ui.windows.base import GAP, MARGIN, Window
from safepause.ui.windows.support import not_the_right_tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.capability import Capability
    from safepause.core.shortcut.binding_lines import ShortcutView

SIZE = QSize(640, 680)


class Tab(Enum):
    """A page of the settings window."""

    AGREEMENT = "agreement"
    SETTINGS = "settings"


class SettingsWindow(Window):
    """Two pages, each setting on one of them. It asks for each change at once."""

    set_requested = Signal(str, object)
    """A setting's key and its new value."""
    support_requested = Signal()
    offer_taken = Signal(object)
    """The person wants what SafePause offers for keys that don't work: a `KeysOffer`."""
    came_back = Signal()
    """The window has the keyboard again. Meanwhile, other programs may have made changes."""

    def __init__(self, settings: Settings, capabilities: Iterable[Capability] = ()) -> None:
        """Show the settings, and what works on this computer."""
        super().__init__(settings, SIZE)
        self.fields: dict[str, SettingField] = {}
        self._capabilities = QVBoxLayout()
        self._autostart = SettingField(AUTOSTART, value=False)
        self._keys_offer = OfferButton()
        self._keys_offer.taken.connect(self.offer_taken)
        self._ready_lines = ReadyLines()
        self._ready_lines.hide()
        self._banner = Banner()
        self._banner.add(button(_("All right"), self._banner.hide))
        self._tabs = self._make_tabs()
        self._pages = {Tab.AGREEMENT: QWidget(), Tab.SETTINGS: QWidget()}
        self._fill_agreement(QVBoxLayout(self._pages[Tab.AGREEMENT]))
        self._fill_settings(QVBoxLayout(self._pages[Tab.SETTINGS]))
        for page in self._pages.values():
            self.column.addWidget(page)
        self.column.addStretch(1)
        self.bottom.addWidget(label(_("Changes are kept at once."), "label"), 1)
        self.bottom.addWidget(self.close_button())
        self.show_capabilities(capabilities)
        self.open(Tab.AGREEMENT)

    def open(self, tab: Tab) -> None:
        """Show a page. `bring_up` shows the window."""
        for known, page in self._pages.items():
            page.setVisible(known is tab)
            self._tabs[known].setChecked(known is tab)
        self.setWindowTitle(self._tabs[tab].text())
        self.area.verticalScrollBar().setValue(0)

    def open_agreement(self) -> None:
        """Show the agreement. `bring_up` shows the window."""
        self.open(Tab.AGREEMENT)

    def open_settings(self) -> None:
        """Show the settings. `bring_up` shows the window."""
        self.open(Tab.SETTINGS)

    def least_width(self) -> int:
        """Return the width that the wider of the two pages needs, in pixels."""
        layouts = [page.layout() for page in self._pages.values()]
        widths = [layout.totalMinimumSize().width() for layout in layouts if layout is not None]
        return max(widths) + 2 * MARGIN

    def use(self, settings: Settings) -> None:
        """Show changed settings."""
        super().use(settings)
        for key, field in self.fields.items():
            field.show_value(settings.values[key])

    def changeEvent(self, event: QEvent) -> None:
        """Emit `came_back` when the window gets the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_back.emit()

    def refuse(self, key: str, sentence: str) -> None:
        """Say below a setting why it was not set, and show its current value."""
        self.fields[key].show_value(self.settings.values[key])
        self.fields[key].tell(sentence)

    def tell(self, sentence: str) -> None:
        """Show a sentence about the whole window."""
        self._banner.tell(sentence)

    def show_autostart(self, *, on: bool, sentence: str = "") -> None:
        """Show whether SafePause starts with the computer, and a sentence about it."""
        self._autostart.show_value(on)
        self._autostart.tell(sentence)

    def show_capabilities(self, capabilities: Iterable[Capability]) -> None:
        """Show what works on this computer."""
        while item := self._capabilities.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for capability in capabilities:
            self._capabilities.addWidget(_capability_card(capability))

    def show_shortcuts(self, view: ShortcutView) -> None:
        """Show the state of the shortcuts. If none is possible, show what to do instead."""
        for key, field in self.fields.items():
            if field.setting.keys:
                field.setVisible(view.possible)
                field.show_outcome(view.notes.get(key, ""))
        self._keys_offer.use(view.offer)
        self._ready_lines.use(view)

    def take_keys(self, keys: str) -> bool:
        """Have a field that waits for keys record `keys`. Return whether there is one."""
        for field in self.findChildren(ShortcutField):
            if field.recording:
                field.record(keys)
                return True
        return False

    def _make_tabs(self) -> dict[Tab, QPushButton]:
        row = QHBoxLayout()
        row.setContentsMargins(0, GAP, 0, 0)
        row.setSpacing(2 * GAP)
        group = QButtonGroup(self)
        names = {Tab.AGREEMENT: _("Our agreement"), Tab.SETTINGS: _("Settings")}
        made = {}
        for tab, name in names.items():
            made[tab] = self._make_tab(tab, name)
            group.addButton(made[tab])
            row.addWidget(made[tab])
        row.addStretch(1)
        self.top.addLayout(row)
        self.top.addWidget(self._banner)
        return made

    def _make_tab(self, tab: Tab, name: str) -> QPushButton:
        made = button(name, lambda: self.open(tab))
        made.setProperty("look", "tab")
        made.setCheckable(True)
        return made

    def _fill_agreement(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label(_("Agree on this together, on a calm day."), "sub"))
        more = button(_("More support"), self.support_requested.emit, ButtonStyle.PLAIN)
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        column.addWidget(Card(label(not_the_right_tool()), row))
        column.addSpacing(GAP)
        self._add_fields(column, Group.AGREEMENT)

    def _fill_settings(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        headings = {
            Group.SHORTCUT: _("Shortcut"),
            Group.BREATHING: _("Breathing"),
            Group.SOUND: _("Sound"),
            Group.LOOK: _("Look"),
        }
        for group, heading in headings.items():
            column.addWidget(caption_of(heading))
            self._add_fields(column, group)
            if group is Group.SHORTCUT:
                column.addWidget(self._keys_offer)
                column.addWidget(self._ready_lines)
        column.addWidget(caption_of(_("Your own commands")))
        column.addWidget(label(_("For lights, music or a status in a chat."), "label"))
        self._add_fields(column, Group.HOOKS)
        column.addWidget(caption_of(_("This computer")))
        self._autostart.set_requested.connect(self.set_requested)
        column.addWidget(self._autostart)
        self._capabilities.setSpacing(GAP)
        column.addLayout(self._capabilities)

    def _add_fields(self, column: QVBoxLayout, group: Group) -> None:
        for setting in DECLARED:
            if setting.group is group:
                field = SettingField(setting, self.settings.values[setting.key])
                field.set_requested.connect(self.set_requested)
                self.fields[setting.key] = field
                column.addWidget(field)


def _capability_card(capability: Capability) -> Card:
    """Return a card that says whether something works here, and what helps if it doesn't."""
    state = _("works") if capability.available else _("not here")
    title = _("{thing}: {state}").format(thing=capability_label(capability.key), state=state)
    lines = [label(title, "strong"), label(capability.why)]
    if capability.advice:
        lines.append(label(capability.advice))
    return Card(*lines)
