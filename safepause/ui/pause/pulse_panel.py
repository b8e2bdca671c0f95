"""The pulse of a person: counted for 30 seconds, or tapped along with. Nothing of it is kept."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.calm_check import (
    COUNT_SECONDS,
    MOST_BEATS,
    TAP_SECONDS,
    counted_pulse,
    tapped_pulse,
    tapped_seconds,
)
from safepause.i18n.language import _
from safepause.i18n.rest_words import beats, keep_counting, keep_tapping, pulse
from safepause.ui.theme.style_sheet import TARGET
from safepause.ui.widgets.buttons import ButtonStyle, RingButton, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from safepause.core.clock import Clock

USUAL_BEATS = 40
"""The number of beats that is shown first. The person corrects it."""
STEPS = (-5, -1, 1, 5)
"""How many beats one click adds."""
_LONGEST_TAPPING = 2 * TAP_SECONDS
"""Older taps than this no longer count."""


class PulsePanel(QObject):
    """Two buttons that begin, and a panel that is shown meanwhile and afterwards."""

    timed = Signal()
    """The panel changes with the time from now on."""

    def __init__(self, clock: Clock) -> None:
        """Build the parts. The page puts them where they belong."""
        super().__init__()
        self._clock = clock
        self.counts_until: float | None = None
        self._beats = USUAL_BEATS
        self.taps: list[float] = []
        self.count = button(_("Count my pulse, 30 seconds"), self._begin_count)
        self.tap_along = button(_("Tap along"), self._begin_taps, ButtonStyle.QUIET)
        self.words = label()
        self.tap = RingButton(_("Tap"))
        self.tap.setAccessibleName(_("Tap"))
        self.tap.pressed.connect(self._tapped)  # a beat is when the finger goes down
        self.beats = label(role="strong")
        self.beats.setWordWrap(False)
        self._steps = [self._step(step) for step in STEPS]
        self._row = Flow()
        self._row.setSpacing(8)
        for widget in (*self._steps[:2], self.beats, *self._steps[2:], self.tap):
            self._row.add(widget)
        self.panel = Card(self.words, self._row)
        self.clear()

    def clear(self) -> None:
        """Forget every beat, and hide the panel."""
        self.counts_until = None
        self._beats = USUAL_BEATS
        self.taps.clear()
        say(self.words, "")
        self.panel.hide()

    def refresh(self) -> float | None:
        """Show the seconds that are left. Return the seconds until the next change, or None."""
        if self.counts_until is None:
            return None
        left = self.counts_until - self._clock.monotonic()
        if left <= 0:
            self._ask_beats()
            return None
        say(self.words, keep_counting(ceil(left)))
        return left - (ceil(left) - 1) + 0.01

    def _begin_count(self) -> None:
        self.clear()
        self.counts_until = self._clock.monotonic() + COUNT_SECONDS
        self._show(counting=False, tapping=False)
        self.timed.emit()

    def _ask_beats(self) -> None:
        """Ask how many beats there were. The counting is over."""
        self.counts_until = None
        say(self.words, _("How many beats did you count?"))
        self._show(counting=True, tapping=False)
        say(self.beats, beats(self._beats))

    def _begin_taps(self) -> None:
        self.clear()
        say(self.words, keep_tapping(ceil(TAP_SECONDS)))
        self._show(counting=False, tapping=True)
        self.tap.setFocus()

    def _show(self, *, counting: bool, tapping: bool) -> None:
        for widget in (self.beats, *self._steps):
            widget.setVisible(counting)
        self.tap.setVisible(tapping)
        self.panel.show()
        bring_into_sight(self.panel)

    def add(self, step: int) -> None:
        """Correct the number of beats, and show the pulse."""
        self._beats = min(MOST_BEATS, max(1, self._beats + step))
        say(self.beats, beats(self._beats))
        say(self.words, pulse(counted_pulse(self._beats)))

    def _tapped(self) -> None:
        now = self._clock.monotonic()
        self.taps = [tap for tap in self.taps if now - tap <= _LONGEST_TAPPING]
        self.taps.append(now)
        rate = tapped_pulse(self.taps)
        if rate is None:
            left = max(1, ceil(TAP_SECONDS - tapped_seconds(self.taps)))
            say(self.words, keep_tapping(left))
        else:
            say(self.words, pulse(rate))

    def _step(self, step: int) -> QPushButton:
        made = button(f"{step:+d}".replace("-", "\u2212"), lambda: self.add(step))
        made.setProperty("look", "step")
        made.setAccessibleName(
            _("{count} more").format(count=step)
            if step > 0
            else _("{count} less").format(count=-step)
        )
        made.setFixedWidth(TARGET + 8)
        made.setAutoRepeat(True)
        return made
