"""What a page of the settings shows beside the fields of its groups, such as an editor.

`extras` names them. They are imported with the settings window, so that they cost nothing before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from safepause.core.settings.catalogue import Settings


class Extra(QWidget):
    """A widget between or below the fields of a group. It shows settings, and asks for changes."""

    set_requested = Signal(str, object)
    """The key of a setting, and its new value, which is valid for the declaration."""

    try_requested = Signal(object)
    """The person wants to try this `Session`."""
    listen_requested = Signal(str)
    """The person wants to hear this voice; an empty text ends it."""

    keys: tuple[str, ...] = ()
    """The settings that this widget shows, so that the page makes no fields for them."""
    before = ""
    """The setting above whose field the widget stands. Without one, it stands below all fields."""

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

    def tell(self, sentence: str) -> None:
        """Say what came of a request to hear something."""

    def refuse(self, key: str, sentence: str) -> None:
        """Say why the setting `key`, one of `keys`, was not changed."""
