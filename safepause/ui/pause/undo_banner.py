"""The offer, below a page, to take back the end of a pause, with its ten seconds as a small ring.

Its timer runs only while the offer is in sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from safepause.core.pause import UNDO_WINDOW
from safepause.i18n.language import _
from safepause.ui.pause.undo_button import UndoRing
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMargins
    from PySide6.QtGui import QHideEvent, QShowEvent

    from safepause.core.clock import Clock
    from safepause.ui.theme.palette import Palette
    from safepause.ui.widgets.banner import Answer

STEP_MS = 100
"""How long one picture of the ring stands."""


class UndoBanner(Banner):
    """A sentence, and a button that is there for ten real seconds."""

    def __init__(
        self,
        clock: Clock,
        palette: Palette,
        clicked: Callable[[], object],
        *,
        around: QMargins,
        inside: QMargins,
    ) -> None:
        """Start hidden. `clicked` is called once for each offer, at a click in time."""
        super().__init__("sub", around=around, inside=inside)
        self._clock = clock
        self._clicked = clicked
        self._ring = UndoRing(palette, self._undo, _("Undo"), ButtonStyle.PLAIN)
        self.button = self._ring.button
        self.add(self.button)
        self._since = 0.0
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._show_share)

    def use(self, palette: Palette) -> None:
        """Use a palette."""
        self._ring.show_share(self._share(), palette)

    def tell(self, sentence: str, answer: Answer | None = None) -> None:
        """Begin an offer. An empty sentence ends it."""
        if sentence:
            self._since = self._clock.monotonic()
            self._ring.show_share(1.0)
        super().tell(sentence, answer)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the ten seconds. A minimised window tells of its show even after it was hidden."""
        super().showEvent(event)
        if self.isVisible():
            self._timer.start()
            self._show_share()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timer: nobody sees the ring."""
        super().hideEvent(event)
        self._timer.stop()

    def _share(self) -> float:
        passed = self._clock.monotonic() - self._since
        return max(0.0, 1 - passed / UNDO_WINDOW.total_seconds())

    def _show_share(self) -> None:
        share = self._share()
        if share > 0:
            self._ring.show_share(share)
        else:
            self.tell("")

    def _undo(self) -> None:
        if not self.isHidden():
            self.tell("")  # before a second click
            self._clicked()
