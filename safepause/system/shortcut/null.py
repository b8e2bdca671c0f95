"""The null object of global shortcuts: it binds nothing and gives the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import Capability
from safepause.system.shortcut.base import ASK, KEY, Consent, Shortcuts, ready_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject


class NoShortcuts(Shortcuts):
    """Shortcuts where none are possible."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        """Take the reason, a sentence."""
        super().__init__(parent)
        self._why = why

    @property
    def possible(self) -> bool:
        """Whether shortcuts are possible: no."""
        return False

    def bind(self, wanted: Mapping[str, str], _consent: Consent = ASK) -> None:
        """Bind nothing."""

    def close(self) -> None:
        """End nothing."""

    def capability(self) -> Capability:
        """Return the reason, and the command that the person can bind to keys."""
        return Capability(KEY, False, self._why, ready_line())
