"""What a page of the settings shows beside the fields of its groups, such as an editor.

A feature adds its widget with one line in `EXTRAS`. This module is imported with the settings
window, so that the widgets cost nothing before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.declaration import Group


class Extra(QWidget):
    """A widget below the fields of a group. It shows settings, and asks for changes."""

    set_requested = Signal(str, object)
    """The key of a setting, and its new value, which is valid for the declaration."""

    keys: tuple[str, ...] = ()
    """The settings that this widget shows, so that the page makes no fields for them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    @property
    def words(self) -> str:
        """The words by which a search finds the widget."""
        return ""

    def use(self, settings: Settings) -> None:
        """Show changed settings."""
        self.settings = settings

    def refuse(self, key: str, sentence: str) -> None:
        """Say why the setting `key`, one of `keys`, was not changed."""


EXTRAS: dict[Group, tuple[type[Extra], ...]] = {}
"""The widgets of each group, in their order."""
