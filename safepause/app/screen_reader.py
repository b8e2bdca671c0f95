"""A screen reader says that it is time, though the window does not take the keyboard then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.i18n.heard_words import time_heard
from safepause.ui.widgets import reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.app.pause_flow import PauseFlow
    from safepause.core.capability import Capability
    from safepause.core.listeners import Listeners
    from safepause.core.prompt import Prompt
    from safepause.core.service import PauseService


class ScreenReader:
    """Follows the prompts. The pages of the window say the rest by their names."""

    def __init__(
        self,
        service: PauseService,
        prompts: Listeners[Prompt],
        flow: PauseFlow,
        keys: Callable[[], str],
    ) -> None:
        """Say `keys`, which bring the window; an empty text if none do."""
        self._service = service
        self._flow = flow
        self._keys = keys
        prompts.add(CapabilityKey.WINDOW, self._say)

    def start(self) -> None:
        """Do nothing. A prompt is said when it comes."""

    def stop(self) -> None:
        """Do nothing. The window takes with it what was said."""

    def capabilities(self) -> list[Capability]:
        """Return nothing: a screen reader may begin at any moment."""
        return []

    def _say(self, prompt: Prompt) -> None:
        """Say that it is time, after the window has come."""
        pause, window = self._service.pause, self._flow.window
        if prompt.is_return and pause is not None and window is not None and reader.listens():
            reader.announce(window, time_heard(pause, self._service.clock, self._keys()))
