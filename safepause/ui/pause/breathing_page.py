"""The first page of a pause: who asked for it, when the two come back, and the breathing.

For five seconds nothing moves. Then the breathing starts by itself. Before a technique with holds,
the page shows a health note. For ten seconds the page offers Undo. "Just breathe" uses the same
page.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from safepause.core.breathing import EASIER, Session
from safepause.core.pause import UNDO_WINDOW, Pause
from safepause.i18n.language import _
from safepause.i18n.words import time_left, who_asked
from safepause.ui.pause.orb import Orb
from safepause.ui.pause.page import Page, promise
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from safepause.core.clock import Clock
    from safepause.ui.theme.palette import Palette

STILL_SECONDS = 5.0
"""How long nothing moves. Even a stop of this length lowers aggression (McCurry 2024)."""
RING_SECONDS = 1.0
"""The seconds between two updates of the ring and the minutes."""
LONG_TITLE = 48
"""A headline with more characters than this has smaller letters."""


class Part(Enum):
    """The part of the page that is shown."""

    STILL = "still"
    NOTE = "note"
    BREATHING = "breathing"


class BreathingPage(Page):
    """Shows stillness, a health note or the breathing."""

    undo_requested = Signal()
    rest_requested = Signal()
    """The breathing is over, or the person doesn't want it."""

    def __init__(self, clock: Clock, palette: Palette) -> None:
        """Build the page. `begin` fills it."""
        super().__init__(clock)
        self.session = Session()
        self._less_motion = False
        self._began = 0.0
        self._fresh = False
        self._breathing_from: float | None = None
        self.part = Part.STILL
        self.title = label(role="title")
        self.promise = label(role="sub")
        self.promise.setTextFormat(Qt.TextFormat.RichText)
        self.parting = label(role="sub")
        self.add_heading(self.title, self.promise, self.parting)
        self.orb = Orb(clock, palette)
        self.orb.finished.connect(self.rest_requested)
        self.area.verticalScrollBar().valueChanged.connect(self.orb.redraw)
        self.column.addWidget(self.orb, 1)
        self.note = label(role="sub")
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self.note)
        self._add_foot()

    def _add_foot(self) -> None:
        self.go_on = button(_("Breathe with holds"), self._breathe)
        self.easier = button(_("Easier"), self._easier)
        without = button(_("No breathing"), self.rest_requested.emit)
        self.undo = button(_("Undo"), self.undo_requested.emit)
        self.left = label(role="sub")
        self.left.setWordWrap(False)
        self._choices = row = self.add_flow()
        for widget in (self.go_on, self.easier, without):
            row.add(widget)
        row.add(self.kept(self.hide_button()))
        row.add(self.kept(self.undo), at_end=True)
        row.add(self.left, at_end=True)

    def add_choice(self, choice: QPushButton) -> None:
        """Add a button to the row at the lower edge."""
        self._choices.add(choice)

    def use(self, palette: Palette, *, less_motion: bool) -> None:
        """Use a palette, and motion or less of it. A running session goes on."""
        self.orb.set_palette(palette)
        self._less_motion = less_motion
        if self.part is Part.BREATHING and self._breathing_from is not None:
            self.orb.follow(self.session, self._breathing_from, still=less_motion)

    def begin(self, pause: Pause | None, session: Session, *, fresh: bool) -> None:
        """Start a session: with stillness and Undo if the pause is fresh, else with breathing."""
        self.session, self._fresh = session, fresh
        self._began = self.clock.monotonic()
        self._breathing_from = None
        self.part = Part.STILL
        self.orb.rest(_("A quiet moment"))
        self.show_promise(pause)
        self._show_part()
        if not fresh:
            self._start()

    def forget(self) -> None:
        """Forget the pause that was shown, and the headline with the name of who called it."""
        self.show_promise(None)

    def show_example(self, pause: Pause) -> None:
        """Show an example pause, to be painted while hidden."""
        self.begin(pause, Session(), fresh=True)

    def show_promise(self, pause: Pause | None) -> None:
        """Show who asked and when the two come back. Without a pause, show "Just breathe"."""
        self._pause = pause
        self._show_title(who_asked(pause) if pause else _("Just breathe"))
        self.promise.setText(_("Small, soft breaths."))
        self.parting.setVisible(pause is not None)
        say(self.parting, _("We're not done, and we're OK."))
        self.left.setVisible(pause is not None and self.part is not Part.NOTE)
        self._show_time()

    def _show_title(self, text: str) -> None:
        """Show the headline. A long name gets smaller letters, to leave room for the rest."""
        role = "title" if len(text) <= LONG_TITLE else "say"
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            self.title.style().unpolish(self.title)
            self.title.style().polish(self.title)
        say(self.title, text)

    def refresh(self) -> float | None:
        """End the stillness, hide Undo, and update ring and minutes, each when it is time."""
        since = self.clock.monotonic() - self._began
        if self.part is Part.STILL and since >= STILL_SECONDS:
            self._start()
        undo = self._can_undo(since)
        self.undo.setVisible(undo)
        if self.part is Part.STILL:
            return max(0.0, STILL_SECONDS - since)
        if not self.orb.running:
            self.orb.advance()
        self._show_time()
        if undo:
            return min(RING_SECONDS, max(0.0, UNDO_WINDOW.total_seconds() - since))
        return RING_SECONDS if self._pause else None

    def _can_undo(self, since: float) -> bool:
        """Tell whether Undo is offered. It is for ten real seconds, even in the fast demo."""
        fresh = self._fresh and since < UNDO_WINDOW.total_seconds()
        return fresh and self._pause is not None and self._pause.can_undo(self.clock.now())

    def _show_time(self) -> None:
        if self._pause is None:
            self.orb.set_share(None)
            return
        whole = self._pause.return_at - self._pause.started_at
        share = (self._pause.return_at - self.clock.now()) / whole
        self.orb.set_share(min(1.0, max(0.0, share)))
        self.promise.setText(promise(self._pause, self.clock))  # the zone may have changed
        say(self.left, time_left(self._pause, self.clock))

    def _start(self) -> None:
        if self.session.technique.has_holds:
            self.part = Part.NOTE
            self._show_part()
        else:
            self._breathe()

    def _breathe(self) -> None:
        self.part = Part.BREATHING
        self._breathing_from = self.clock.monotonic()
        self.orb.follow(self.session, self._breathing_from, still=self._less_motion)
        self._show_part()

    def _easier(self) -> None:
        """Use the easier rhythm for the rest of the session, for one breath at least."""
        left = self.session.seconds
        if self._breathing_from is not None:
            left -= self.clock.monotonic() - self._breathing_from
        self.session = Session(EASIER, left / 60)
        if self.part is Part.STILL:
            self._show_part()
        else:
            self._breathe()

    def _show_part(self) -> None:
        self.undo.setVisible(self._can_undo(self.clock.monotonic() - self._began))
        self.go_on.setVisible(self.part is Part.NOTE)
        # Beside three buttons there may be no room for the minutes.
        self.left.setVisible(self._pause is not None and self.part is not Part.NOTE)
        self.easier.setVisible(self.session.technique != EASIER)
        if self.part is Part.NOTE:
            note = _(
                "This breathing has holds.\n"
                "Leave them out in pregnancy, heart or lung illness, or panic."
            )
        else:
            note = _("Stop if you feel dizzy or uncomfortable; breathe normally.")
        say(self.note, note)
