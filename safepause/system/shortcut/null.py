"""No global shortcut here: says why, has nothing, and never pretends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import Capability
from safepause.system.shortcut.base import KEY, Shortcuts, ready_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject


class NoShortcuts(Shortcuts):
    """Stands where no key can be had."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        """Say `why`, a sentence, to whoever asks."""
        super().__init__(parent)
        self._why = why

    @property
    def possible(self) -> bool:
        """No keys can be had."""
        return False

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Have nothing."""

    def close(self) -> None:
        """Give nothing back."""

    def capability(self) -> Capability:
        """Say why, and which command can be bound to keys instead."""
        return Capability(KEY, False, self._why, ready_line())
