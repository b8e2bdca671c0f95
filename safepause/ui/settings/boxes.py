"""The boxes of a number and of a list of choices. The mouse wheel changes neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSpinBox, QStyledItemDelegate

from safepause.i18n import setting_words
from safepause.i18n.language import ngettext
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.windows.drop_down import DropDown

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Setting

NARROWEST = 14
"""The least width of a list of choices, in heights of the system's letters."""
BIG_RANGE, BIG_STEP = 100, 5
"""A number with a range above the first moves in steps of the second."""


class CountBox(QSpinBox):
    """A number with its unit. It tells which input it rejects."""

    corrected = Signal(str)
    """The rejected input: it is out of bounds, or no number."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._unit = setting.unit
        self.setRange(setting.least, setting.most)
        self.setSingleStep(BIG_STEP if setting.most - setting.least > BIG_RANGE else 1)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.valueChanged.connect(self.name_unit)
        self.name_unit(self.value())

    def fixup(self, text: str) -> str:
        """Tell of rejected input. Qt restores the last value."""
        self.corrected.emit(text.removesuffix(self.suffix()).strip())
        return str(super().fixup(text) or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass the wheel event on to the page, so that scrolling changes no value."""
        event.ignore()

    def name_unit(self, value: int) -> None:
        """Show the unit in the singular or plural that `value` needs."""
        if self._unit == "minutes":
            self.setSuffix(" " + ngettext("minute", "minutes", value))
        elif self._unit == "times":
            self.setSuffix(" " + ngettext("time", "times", value))
        elif self._unit == "percent":
            self.setSuffix(" %")


class ChoiceBox(DropDown):
    """A list of choices, each shown by its label."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # the default one ignores the item height
        self.setMaxVisibleItems(len(setting.choices))
        for key in setting.choices:
            self.addItem(setting_words.choice(key), key)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the longest choice, or less: a very narrow window cuts it."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), font_size(NARROWEST)), least.height())

    def use_names(self, settings: Settings) -> None:
        """Name the two people in the choices."""
        for index in range(self.count()):
            self.setItemText(index, setting_words.choice(self.itemData(index), settings))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass the wheel event on to the page, so that scrolling changes no value."""
        event.ignore()
