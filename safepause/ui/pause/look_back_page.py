"""The page "Looking back", an hour after a talk: the argument, as a neutral friend would see it.

Seven minutes, as in Finkel 2013. The page keeps nothing that a person types.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from safepause.core.restart import LOOK_BACK
from safepause.i18n.language import _
from safepause.ui.pause.page import Page
from safepause.ui.pause.private_field import PrivateField
from safepause.ui.pause.turn_ring import TurnRing
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.selection import give_up_selection

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from safepause.core.clock import Clock

_TICK = 6.0
"""How often the ring is painted, in seconds."""


class LookBackPage(Page):
    """Asks three questions. One can answer them in mind, aloud or in writing."""

    def __init__(self, clock: Clock) -> None:
        """Build the page with empty fields."""
        super().__init__(clock)
        self._left, self._since, self._runs = LOOK_BACK, 0.0, False
        self.ring = TurnRing()
        self.time_left = label(role="label")
        self.add_heading(
            label(_("Looking back"), "title"),
            label(_("Think of a friend who wants the best for you both."), "sub"),
        )
        self.fields = [
            PrivateField(question, _("In mind, aloud or here"))
            for question in (
                _("How would this friend see what happened?"),
                _("What good could the friend find in it?"),
                _("What can make it hard to see it so? What helps?"),
            )
        ]
        side = QVBoxLayout()
        for field in self.fields:
            head = label(field.accessibleName())
            head.setBuddy(field)
            side.addWidget(head)
            side.addWidget(field)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.ring)
        row.addLayout(side, 1)
        self.add_row(row)
        self.column.addWidget(self.time_left)
        self.column.addStretch(1)
        buttons = self.add_flow()
        done = button(_("Done"), self.hide_requested.emit, ButtonStyle.PRIMARY)
        buttons.add(self.kept(done), at_end=True)
        buttons.add(self.quick_exit())

    def begin(self) -> None:
        """Start anew, with empty fields and all of the time."""
        self._left, self._since = LOOK_BACK, self.clock.monotonic()
        self.ring.show_words(_("7 minutes"), _("to look back"))
        self._forget_words()

    def refresh(self) -> float | None:
        """Show how much of the time is left. It may be passed over."""
        left = self._time_left()
        self.ring.show_share(left / LOOK_BACK)
        over = left <= timedelta(0)
        line = _("Seven minutes are over.") if over else _("Stop whenever you like.")
        say(self.time_left, line + "\n" + _("Nothing you type is kept."))
        return None if over else _TICK

    def forget(self) -> None:
        """Forget what was typed."""
        super().forget()
        self._forget_words()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the time."""
        super().showEvent(event)
        self._since, self._runs = self.clock.monotonic(), True

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the time, and forget what was typed, unless the window only comes to the front."""
        self._left, self._runs = self._time_left(), False
        super().hideEvent(event)
        QTimer.singleShot(0, self, self._forget_typed)

    def _forget_typed(self) -> None:
        if not self.isVisible():
            self._forget_words()

    def _forget_words(self) -> None:
        for field in self.fields:
            field.forget()
        give_up_selection()

    def _time_left(self) -> timedelta:
        if not self._runs:
            return self._left
        passed = timedelta(seconds=self.clock.monotonic() - self._since)
        return max(timedelta(0), self._left - passed)
