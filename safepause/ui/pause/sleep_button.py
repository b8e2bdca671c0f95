"""The button "Sleep on it: 09:00", for each page of a pause.

It is there late in the evening only, and makes the morning the new return in one click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from safepause.core.agreement import overnight_until
from safepause.i18n.rest_words import sleep_on_it
from safepause.ui.widgets.buttons import ButtonStyle, RingButton

if TYPE_CHECKING:
    from datetime import datetime

    from safepause.core.clock import Clock
    from safepause.core.pause import Pause


class SleepButton(RingButton):
    """Offers the morning that `overnight_until` allows. Otherwise it is hidden."""

    chosen = Signal(object)
    """The morning that the button has shown, a datetime."""

    def __init__(self, clock: Clock) -> None:
        """Start hidden. `show_pause` decides."""
        super().__init__()
        self._clock = clock
        self._until: datetime | None = None
        self.setProperty("look", ButtonStyle.QUIET.value)
        self.clicked.connect(lambda _checked: self._choose())
        self.hide()

    def show_pause(self, pause: Pause | None) -> None:
        """Offer the morning for a pause, if that is possible now."""
        self._until = None if pause is None else overnight_until(pause, self._clock)
        if self._until is not None:
            words = sleep_on_it(self._until, self._clock)
            if words != self.text():
                self.setText(words)
                self.setAccessibleName(words)
        self.setVisible(self._until is not None)

    @property
    def offered(self) -> bool:
        """Whether the morning is offered for the pause that was shown."""
        return self._until is not None

    def _choose(self) -> None:
        if self._until is not None:
            self.chosen.emit(self._until)
