"""The quick exit takes away what is no window: the notification, and a practice that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.ui.windows.leaving import Leaving

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QCoreApplication

    from safepause.core.capability import Capability
    from safepause.core.faults import Faults


class QuickExit:
    """Follows the quick exit of every window and of the tray's menu."""

    def __init__(self, qt: QCoreApplication, faults: Faults, *acts: Callable[[], object]) -> None:
        """Carry out every act at a quick exit. A fault of one keeps no other from it."""
        self._acts = acts
        self._faults = faults
        self.leaving = Leaving(qt)
        self.leaving.left.connect(self._leave)

    def start(self) -> None:
        """Do nothing. The person begins it."""

    def stop(self) -> None:
        """Follow no more."""
        self.leaving.setParent(None)
        self.leaving.deleteLater()

    def capabilities(self) -> list[Capability]:
        """Return nothing: this needs nothing of the desktop."""
        return []

    def _leave(self) -> None:
        for act in self._acts:
            self._faults.guard(CapabilityKey.WINDOWS, act)
