"""The cards on the other screens, as the settings and the pause want them.

A fault of the cards takes nothing from the pause window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import CapabilityKey

if TYPE_CHECKING:
    from safepause.app.updates import Updates
    from safepause.core.service import PauseService
    from safepause.ui.pause.other_screens import OtherScreens
    from safepause.ui.pause.window import PauseWindow


class Cards:
    """Shows the cards while the pause window is open, if the settings say so."""

    def __init__(self, service: PauseService, updates: Updates) -> None:
        """Build nothing yet. `updates` loads code that may be missing."""
        self._service = service
        self._updates = updates
        self._screens: OtherScreens | None = None

    def follow(self, window: PauseWindow | None) -> None:
        """Show on the other screens what is true now. `window` is the pause window."""
        if window is not None:
            self._service.faults.guard(CapabilityKey.WINDOW, lambda: self._place(window))

    def refresh(self) -> None:
        """Show what is true now: the clock or its zone was changed, or the computer slept."""
        if self._screens is not None:
            self._screens.refresh()

    def drop(self) -> None:
        """Let the cards go with their window."""
        self._screens = None

    def _place(self, window: PauseWindow) -> None:
        settings = self._service.settings
        if self._screens is None and settings.text("screens") == "all":
            made = self._updates.use(doors.other_screens, quiet=True)
            if made is not None:
                self._screens = made(window, self._service.clock, settings)
        if self._screens is not None:
            self._screens.follow(self._service.pause, settings)
