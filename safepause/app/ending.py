"""How the program ends: for good, or to start again at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from safepause.app.updates import Updates


class Ending:
    """Ends the program. A standing pause stays in the store."""

    def __init__(self, qt: QApplication, updates: Updates) -> None:
        """Take what knows whether the program's files can start."""
        self.again = False
        """Whether the program starts again after its end."""
        self.hidden = False
        """Whether it then shows no window."""
        self.for_bus = False
        """Whether it starts again because a lost bus is back."""
        self._qt = qt
        self._updates = updates

    def quit(self) -> None:
        """End the program, after the answer to this command is sent."""
        QTimer.singleShot(0, self._qt.quit)

    def restart(self) -> bool:
        """End the program, and start it again. Return False if files for that are missing.

        Then `update_notice` says so.
        """
        if not self._updates.can_start:
            return False
        self.again = True
        self.quit()
        return True

    def restart_unseen(self, *, for_bus: bool = False) -> bool:
        """Start again without a window. Return False if that can't work."""
        if not self.restart():
            return False
        self.hidden, self.for_bus = True, for_bus
        return True
