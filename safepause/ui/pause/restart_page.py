"""The pages of the talk after "We're both here": four small steps, each of which can be skipped.

The page keeps nothing that a person types. A hidden page keeps its step, and stops its turn.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from safepause.core.restart import SMALL, TURN, Step
from safepause.i18n import words
from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.ui.pause.page import Page
from safepause.ui.pause.restart_steps import CloseStep, HelloStep, StepPart, WhoStep
from safepause.ui.pause.step_dashes import StepDashes
from safepause.ui.pause.turn_step import TurnStep
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.qt_translator import translate_qt
from safepause.ui.widgets.selection import give_up_selection
from safepause.ui.widgets.two_dots import TwoDots

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QPushButton

    from safepause.core.clock import Clock

_TICK = 2.0
"""How often the ring is painted, in seconds."""
_HEAD_GAP, _NARROW = 16, 8
"""Beside the dashes, in pixels; where less room is left, in heights of letters, words go below."""
_TOGETHER = {Step.HELLO: 0.35, Step.WHO: 0.6, Step.TURNS: 0.8, Step.CLOSE: 1.0}
"""How near the two dots are at each step."""


class RestartPage(Page):
    """Leads through the first talk after a pause. Can offer to start with the computer."""

    pause_again_requested = Signal()
    step_shown = Signal(int)
    """Another step, or another turn, is shown now."""
    talk_requested = Signal(object)
    """The instant at which the two talk again (a datetime), or None for no reminder."""
    look_back_wanted = Signal(bool)
    autostart_wanted = Signal()
    """The person wants SafePause to start with the computer."""

    def __init__(self, clock: Clock) -> None:
        """Build the page at its first step."""
        super().__init__(clock)
        translate_qt()
        self.step = Step.HELLO
        self._names: tuple[str, ...] = ()
        self._speaker, self._turns = 0, 0
        self._left, self._since = TURN, 0.0
        self._runs = False
        """Whether the turn goes on: the page is in sight."""
        self._small_until: datetime | None = None
        self.dashes, self._where = StepDashes(), label(role="label")
        self._ten_minutes = label(role="label")
        self._add_head()
        self.begun = False
        """Whether a talk has begun here that can be shown again."""
        self.who, self.turn, self.close_step = WhoStep(), TurnStep(), CloseStep(clock)
        self.fields = self.turn.fields
        self._rows += [self.turn.row, *self.turn.lines]
        self._parts: tuple[StepPart, ...] = (HelloStep(), self.who, self.turn, self.close_step)
        for part in self._parts:
            self.column.addWidget(part)
        self.dots = TwoDots(fills=True)
        self.column.addWidget(self.dots, 1)
        self._offer: Banner | None = None
        self._answers: list[QPushButton] = []
        self._add_buttons()
        self.who.chosen.connect(self._start_turns)
        self.close_step.talk_requested.connect(self.talk_requested)
        self.close_step.look_back_wanted.connect(self.look_back_wanted)
        hints = [part.line for part in self._parts]
        self.fitting.give_way(self.turn.ring, *hints, self._where, self.turn.time_left)
        self.forget()

    def begin(self, names: tuple[str, ...] = (), *, small: bool = False) -> None:
        """Start with the first step. `small` is the form of ten minutes."""
        self.begun = True
        self._names = names if len(names) > 1 else ()
        self._small_until = self.clock.now() + SMALL if small else None
        self.who.use(self._names)
        self.close_step.begin()
        self._speaker, self._turns = 0, 0
        self.show_step(Step.HELLO)

    def show_step(self, step: Step) -> None:
        """Show a step. What was typed before is forgotten."""
        self.step = step
        self._forget_words()
        for place, part in enumerate(self._parts):
            part.setVisible(place == step)
        self.dots.come(_TOGETHER[step])
        self._back.setVisible(step is not Step.HELLO)
        self._skip.setVisible(step in (Step.WHO, Step.TURNS))
        self._next.setVisible(step is not Step.WHO)
        if step is Step.TURNS:
            self._begin_turn()
        if self._offer is not None:
            self._offer.setVisible(step is Step.CLOSE and bool(self._offer.property("asked")))
        self._show_where()
        self._name_next()
        self.step_shown.emit(int(step))
        self.begin_fitting()
        self.outgrown.emit()

    def offer_autostart(self) -> None:
        """Ask at the last step whether SafePause may start with the computer."""
        self._offer = Banner()
        for answer in (
            button(_("Yes"), self.autostart_wanted.emit),
            button(_("Not now"), self._end_offer, ButtonStyle.QUIET),
        ):
            self._offer.add(answer)
            self._answers.append(answer)
        self.add_banner(self._offer)
        self._offer.tell(_("Start SafePause with your computer?"))
        self._offer.setProperty("asked", True)
        self._offer.setVisible(self.step is Step.CLOSE)
        self.outgrown.emit()

    def say_autostart(self, sentence: str) -> None:
        """Replace the question with its outcome, unless the question is hidden."""
        if self._offer is not None and not self._offer.isHidden():
            for answer in self._answers:
                answer.hide()
            self._offer.tell(sentence)

    def heard(self) -> str:
        """Return which step this is."""
        return sentences(self._where.accessibleName())

    def refresh(self) -> float | None:
        """Show how much of the turn is left. Only a turn changes by itself."""
        if self.step is not Step.TURNS:
            return None
        left = self._turn_left()
        self.turn.show_left(left)
        self._show_where()
        return _TICK if left > timedelta(0) else None

    def forget(self) -> None:
        """Forget what was typed, the names and the step: the next talk begins anew."""
        super().forget()
        self.begin()
        self.begun = False

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the turn."""
        super().showEvent(event)
        self._since, self._runs = self.clock.monotonic(), True

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the turn, and forget what was typed, unless the window only comes to the front."""
        self._left, self._runs = self._turn_left(), False
        super().hideEvent(event)
        QTimer.singleShot(0, self, self._forget_typed)

    def _forget_typed(self) -> None:
        if not self.isVisible():
            self._forget_words()
            self._end_offer()

    def _forget_words(self) -> None:
        """Empty the fields, and forget what a middle click would paste elsewhere."""
        self.turn.forget()
        give_up_selection()

    def _end_offer(self) -> None:
        if self._offer is not None:
            self._offer.setProperty("asked", False)
            self._offer.hide()

    def _add_head(self) -> None:
        """Add the dashes of the steps, with the name of this step beside them."""
        head = QHBoxLayout()
        head.setSpacing(_HEAD_GAP)
        self._rows.append(head)
        self._where.setMinimumWidth(font_size(_NARROW))
        head.addWidget(self.dashes, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._where, 1)
        self.column.addLayout(head)
        self.column.addWidget(self._ten_minutes)

    def _add_buttons(self) -> None:
        row = self.add_flow()
        row.add(self.kept(button(_("Pause again"), self.pause_again_requested.emit)))
        row.add(self.hide_button())
        row.add(self.quick_exit())
        self._back = button(_("Back"), self._go_back, ButtonStyle.QUIET)
        self._skip = button(_("Skip"), self._go_on, ButtonStyle.QUIET)
        self._next = button(_("Next"), self._answer, ButtonStyle.PRIMARY)
        row.add(self._back, at_end=True)
        row.add(self._skip)
        row.add(self.kept(self._next), at_end=True)

    def _show_where(self) -> None:
        names = {
            Step.HELLO: _("Hello"),
            Step.WHO: _("Who starts"),
            Step.TURNS: _("One speaks, one listens"),
            Step.CLOSE: _("Close"),
        }
        step = names[self.step]
        self._where.setText(step)
        self._where.setAccessibleName(
            _("Step {number} of 4: {step}").format(number=self.step + 1, step=step)
        )
        self.dashes.show_step(self.step)
        self._ten_minutes.setVisible(self._small_until is not None)
        if self._small_until is not None:
            until = words.clock_time(self._small_until, self.clock)
            over = self.clock.now() >= self._small_until
            ten = (
                _("Your ten minutes are over. You can close now.")
                if over
                else _("Ten small minutes, until {time}").format(time=until)
            )
            say(self._ten_minutes, ten)

    def _name_next(self) -> None:
        text = _("Next")
        if self.step is Step.CLOSE:
            text = _("Done")
        elif self.step is Step.TURNS and not self._turns:
            text = (
                _("Swap: {name} speaks").format(name=self._names[1 - self._speaker])
                if self._names
                else _("Swap")
            )
        self._next.setText(text.replace("&", "&&"))
        self._next.setAccessibleName(text)

    def _answer(self) -> None:
        """Go on: to the other's turn, to the next step, or to the end."""
        if self.step is Step.TURNS and not self._turns:
            self._speaker, self._turns = 1 - self._speaker, 1
            self.show_step(Step.TURNS)
        elif self.step is Step.CLOSE:
            self.begun = False  # the next talk begins with the first step
            self.hide_requested.emit()
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self.step is Step.WHO:
            self._start_turns(self._speaker)
        else:
            self.show_step(Step(min(Step.CLOSE, self.step + 1)))

    def _go_back(self) -> None:
        if self.step is Step.TURNS and self._turns:
            self._speaker, self._turns = 1 - self._speaker, 0
            self.show_step(Step.TURNS)
        else:
            self.show_step(Step(max(Step.HELLO, self.step - 1)))

    def _start_turns(self, speaker: int) -> None:
        self._speaker, self._turns = speaker, 0
        self.show_step(Step.TURNS)

    def _begin_turn(self) -> None:
        self._left, self._since = TURN, self.clock.monotonic()
        speaker, listener = (
            (self._names[self._speaker], self._names[1 - self._speaker])
            if self._names
            else ("", "")
        )
        self.turn.begin_turn(speaker, listener, self._speaker)

    def _turn_left(self) -> timedelta:
        """Return how much of the turn is left. A hidden page's turn stands still."""
        if not self._runs:
            return self._left
        passed = timedelta(seconds=self.clock.monotonic() - self._since)
        return max(timedelta(0), self._left - passed)
