"""The first page of a pause: five still seconds, then the breathing, which starts by itself.

Before a technique with holds, a health note stands in the orb's place. Left alone, it gives way to
soft breathing. For ten seconds the page offers Undo. "Just breathe" uses the same page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from safepause.core.breathing import EASIER, SOFT, Session
from safepause.core.pause import UNDO_WINDOW, Pause
from safepause.i18n.heard_words import call_heard, sentences
from safepause.i18n.language import _
from safepause.i18n.say_words import back_caption, holds_note
from safepause.i18n.words import clock_time, come_back_line, who_asked
from safepause.ui.pause.breathing_parts import Part, hint_of
from safepause.ui.pause.choice_page import ChoicePage
from safepause.ui.pause.orb import Orb
from safepause.ui.pause.page_times import bold_time
from safepause.ui.pause.still_view import StillView
from safepause.ui.pause.undo_button import UndoRing
from safepause.ui.widgets import reader
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from safepause.core.clock import Clock
    from safepause.ui.theme.palette import Palette

STILL_SECONDS = 5.0
"""How long nothing moves. Even a stop of this length lowers aggression (McCurry 2024)."""
NOTE_SECONDS = 8.0
"""How long the health note waits for an answer. Then soft breathing begins."""
RING_SECONDS = 1.0
"""The seconds between two updates of the rings."""


class BreathingPage(ChoicePage):
    """Shows stillness, a health note or the breathing."""

    undo_requested = Signal()
    rest_requested = Signal()
    """The breathing is over, or the person doesn't want it."""
    say_requested = Signal(str)
    """A sentence shall fill the window, for the other person to read."""
    breathing_began = Signal(object, float)
    """Breathing is on the screen: its session, and when that began on the monotonic clock.

    It is emitted again for another rhythm, and when a hidden window is back.
    """
    breathing_ended = Signal()
    """The breathing that began has ended, or is not on the screen any more."""

    def __init__(self, clock: Clock, palette: Palette) -> None:
        """Build the page. `begin` fills it."""
        super().__init__(clock)
        self.session = Session()
        self.turn = 0
        """Counts the pauses, so that each one offers the next sentence."""
        self._sign = ""
        self._less_motion = self._fresh = self._told = False
        self._began = self._note_from = 0.0
        self._breathing_from: float | None = None
        self.part = Part.STILL
        self._add_head()
        self.still = StillView(clock)
        self.still.say_requested.connect(self.say_requested)
        self.column.addWidget(self.still, 1)
        self.note = label(role="say")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.note, 1)
        self.orb = Orb(clock, palette)
        self.orb.finished.connect(self._finish)
        self.area.verticalScrollBar().valueChanged.connect(self.orb.redraw)
        self.column.addWidget(self.orb, 1)
        self._add_acts(palette)
        self.fitting.give_way(self.still.how, self.hint, self.promise)

    def reserve(self, height: int) -> None:
        """Keep room for the orb."""
        self.orb.reserve(height)

    def _add_head(self) -> None:
        self.title = label(role="sub")
        self.promise = QLabel()
        self.promise.setProperty("role", "pill")
        self.promise.setTextFormat(Qt.TextFormat.RichText)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.promise)
        row.addStretch()
        row.addWidget(self.hide_button(), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def _add_acts(self, palette: Palette) -> None:
        self.go_on = button(_("Breathe with holds"), self._breathe)
        self.softly = button(_("Soft breathing"), self._soften)
        self.easier = button(_("Easier"), self._easier)
        self.without = button(_("Just rest"), self.rest_requested.emit)
        self._ring = UndoRing(palette, self.undo_requested.emit)
        self.undo = self._ring.button
        self.hint = label(role="label")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.hint.setWordWrap(False)
        for widget in (self.go_on, self.softly, self.easier, self.without, self.kept(self.undo)):
            self._row.add(widget)
        self.add_choices(self.hint)
        self.add_choice(self.quick_exit(), still=True)

    def use(self, palette: Palette, *, less_motion: bool) -> None:
        """Use a palette, and motion or less of it. A running session goes on."""
        self.orb.set_palette(palette)
        self._ring.show_share(self._undo_share(), palette)
        self._less_motion = less_motion
        if self.part is Part.BREATHING and self._breathing_from is not None:
            self.orb.follow(self.session, self._breathing_from, still=less_motion)

    def begin(self, pause: Pause | None, session: Session, *, fresh: bool, sign: str = "") -> None:
        """Start a session: with stillness and Undo if the pause is fresh, else with breathing.

        `sign` is what the two have agreed to say or show at a call.
        """
        self._end()
        self.session, self._fresh, self._sign = session, fresh, sign
        self._began = self.clock.monotonic()
        self._breathing_from = None
        self.part = Part.STILL
        self.orb.rest("")
        self.turn += fresh
        self.show_promise(pause)
        self._show_part()
        if not fresh:
            self._start()

    def forget(self) -> None:
        """Forget the pause that was shown, and the headline with the name of who called it."""
        super().forget()
        self.show_promise(None)
        self.still.forget()

    def heard(self) -> str:
        """Return who asked and when the two come back, or the health note."""
        if self.part is Part.NOTE:
            return sentences(self.note.accessibleName(), self.hint.accessibleName())
        return call_heard(self._pause, self.clock) if self._pause else _("Just breathe")

    def show_example(self, pause: Pause) -> None:
        """Show an example pause, to be painted while hidden."""
        self.begin(pause, Session(), fresh=True)
        self.turn = 0

    def show_promise(self, pause: Pause | None) -> None:
        """Show who asked and when the two come back. Without a pause, show "Just breathe"."""
        self._pause = pause
        say(self.title, who_asked(pause) if pause else _("Just breathe"))
        self._show_time()

    def refresh(self) -> float | None:
        """End the stillness, hide Undo, and update the rings, each when it is time."""
        since = self.clock.monotonic() - self._began
        if self.part is Part.STILL and since >= STILL_SECONDS:
            self._start()
        undo = self._can_undo(since)
        self.set_shown(self.undo, shown=undo)
        if self.part is Part.STILL:
            return max(0.0, STILL_SECONDS - since)
        if self.part is Part.NOTE and self._note_left() <= 0:
            self._soften()
        if not self.orb.running:
            self.orb.advance()
        self._show_time()
        self.show_choices()
        waits = [RING_SECONDS] if self._pause else []
        if undo:
            self._ring.show_share(self._undo_share())
            waits.append(max(0.0, UNDO_WINDOW.total_seconds() - since))
        if self.part is Part.NOTE:
            waits.append(self._note_left())
        return min(waits, default=None)

    def _can_undo(self, since: float) -> bool:
        """Tell whether Undo is offered. It is for ten real seconds, even in the fast demo."""
        fresh = self._fresh and since < UNDO_WINDOW.total_seconds()
        return fresh and self._pause is not None and self._pause.can_undo(self.clock.now())

    def _undo_share(self) -> float:
        """Return the share of Undo's ten seconds that is left. The ring stands still at first."""
        if self.part is Part.STILL:
            return 1.0
        since = self.clock.monotonic() - self._began
        return max(0.0, 1 - since / UNDO_WINDOW.total_seconds())

    def _note_left(self) -> float:
        return self._note_from + NOTE_SECONDS - self.clock.monotonic()

    def _show_time(self) -> None:
        if self._pause is None:
            self.orb.set_share(None)
            return
        whole = self._pause.return_at - self._pause.started_at
        share = (self._pause.return_at - self.clock.now()) / whole
        self.orb.set_share(min(1.0, max(0.0, share)))
        shown = clock_time(self._pause.return_at, self.clock)  # the zone may have changed
        caption = back_caption(self._pause, self.clock)
        self.promise.setText(bold_time(f"{caption} {shown}", shown))
        self.promise.setAccessibleName(come_back_line(self._pause, self.clock))
        self.still.show_pause(self._pause, self.turn - 1, self._sign)

    def _start(self) -> None:
        if self.session.technique.has_holds:
            self.part, self._note_from = Part.NOTE, self.clock.monotonic()
            self._show_part()
            reader.say_on(self, self.heard())
        else:
            self._breathe()

    def _breathe(self) -> None:
        self.part = Part.BREATHING
        self._breathing_from = self.clock.monotonic()
        self.orb.follow(self.session, self._breathing_from, still=self._less_motion)
        self._show_part()
        self._tell_began()

    def _soften(self) -> None:
        """Breathe softly instead of with holds."""
        self.session = Session(SOFT, self.session.minutes, self.session.gentle_start)
        self._breathe()

    def _easier(self) -> None:
        """Use the easier rhythm for the rest of the session, for one breath at least."""
        left = self.session.seconds
        if self._breathing_from is not None:
            left -= self.clock.monotonic() - self._breathing_from
        self.session = Session(EASIER, left / 60)
        self._breathe()

    def _finish(self) -> None:
        self._end()
        self.rest_requested.emit()

    def _tell_began(self) -> None:
        if self.isVisible() and self._breathing_from is not None:
            self._told = True
            self.breathing_began.emit(self.session, self._breathing_from)

    def _end(self) -> None:
        if self._told:
            self._told = False
            self.breathing_ended.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell of a breathing that goes on."""
        super().showEvent(event)
        if self.part is Part.BREATHING:
            self._tell_began()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the breathing is not on the screen any more."""
        super().hideEvent(event)
        self._end()

    def _show_part(self) -> None:
        part = self.part
        self.set_shown(self.undo, shown=self._can_undo(self.clock.monotonic() - self._began))
        self._ring.show_share(self._undo_share())
        self.still.setVisible(part is Part.STILL)
        self.note.setVisible(part is Part.NOTE)
        self.orb.setVisible(part is Part.BREATHING)
        self.title.setVisible(part is Part.STILL or self._pause is None)
        minutes = part is not Part.STILL and self._pause is not None
        self.fitting.show_words(self.promise, shown=minutes)
        self.set_shown(self.go_on, shown=part is Part.NOTE)
        self.set_shown(self.softly, shown=part is Part.NOTE)
        easier = part is Part.BREATHING and self.session.technique != EASIER
        self.set_shown(self.easier, shown=easier and bool(self.session.technique.phases))
        self.set_shown(self.without, shown=part is not Part.STILL)
        self.show_choices()
        say(self.note, holds_note())
        say(self.hint, hint_of(part))
        self.begin_fitting()

    def choices_for(self) -> tuple[bool, bool]:
        """Return whether the still seconds are shown, and whether the breathing is."""
        return self.part is Part.STILL, self.part is Part.BREATHING
