"""A practice: one pause of the real chain on a fast clock, from the call to the talk.

It has its own service, reminders, window and notification. Its store keeps nothing, and neither the
log nor the person's own commands are told of it. Every screen says that it is a practice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from safepause.app.autostart_controller import ASKED, AutostartController
from safepause.app.delivery import notice_of
from safepause.app.pause_flow import PauseFlow
from safepause.app.reminder_texts import prompt_of
from safepause.app.reminders import Reminders
from safepause.app.undo_moment import UndoMoment
from safepause.core.capability import CapabilityKey
from safepause.core.clock import DemoClock
from safepause.core.listeners import Order
from safepause.core.origin import Origin
from safepause.core.pause import Extend
from safepause.core.prompt import Action
from safepause.core.reminders import Kind
from safepause.core.service import PauseService
from safepause.core.settings.catalogue import Settings
from safepause.i18n.language import _
from safepause.store.practice_store import PracticeStore
from safepause.system.time.scheduler import WallScheduler
from safepause.ui.widgets.buttons import ButtonStyle, button

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from safepause.app.windows import Windows
    from safepause.core.clock import Clock
    from safepause.core.faults import Faults
    from safepause.core.ports import Scheduler
    from safepause.core.reminder_engine import Announcement
    from safepause.core.service import Accepted
    from safepause.system.notifications import Notifications

LENGTH = timedelta(minutes=30)
"""How long the practised pause is by its own clock."""
SECONDS = 40
"""How long it is in real seconds. With the call and the return, a practice takes a minute."""
LEFT_ALONE_MS = 180_000
"""How long a practice waits for an answer, before it ends by itself."""


def fast_clock() -> Clock:
    """Return a clock on which the practised pause takes `SECONDS`."""
    return DemoClock(LENGTH.total_seconds() / SECONDS)


class Practice(QObject):
    """One practice. `start` begins it, `finish` ends it and removes all that it shows."""

    def __init__(  # noqa: PLR0913  -- built in one place, each part once
        self,
        settings: Settings,
        windows: Windows,
        notifications: Notifications,
        faults: Faults,
        *,
        ended: Callable[[], object],
        left: Callable[[], object],
        time: tuple[Clock, Scheduler] | None = None,
    ) -> None:
        """Build the chain. `ended` is called if the practice ends otherwise than by `finish`.

        After a quick exit, `left` is called instead: nothing may come up.
        """
        super().__init__()
        clock = fast_clock() if time is None else time[0]
        scheduler = WallScheduler(clock) if time is None else time[1]
        self.service = PauseService(clock, PracticeStore(_for_practice(settings)), faults)
        self._reminders = Reminders(self.service, scheduler, faults)
        self.flow = PauseFlow(self.service, AutostartController(self.service), windows)
        self.flow.requests.later = self
        self._notifications = notifications
        self._faults = faults
        self._ended, self._left = ended, left
        self._hid_at_once = False
        """Whether a quick exit has hidden the window."""
        self.over = False
        """Whether the practice has ended."""
        self._was_due = False
        self._alone = QTimer(self, singleShot=True, interval=LEFT_ALONE_MS)
        self._alone.timeout.connect(self._end)
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._end_if_done)
        self._undo = UndoMoment(self.service, self._undo_over)
        notifications.chosen.connect(self._chosen)
        self._reminders.on_announcement(CapabilityKey.REMINDERS, self._announce, Order.SHOW)
        self.service.on_change(CapabilityKey.CLOCK, self._hurry, Order.SHOW)
        self.service.on_change(CapabilityKey.WINDOW, self._changed)

    def start(self) -> None:
        """Call the practised pause.

        Raises:
            NoWindow: the code of the pause window is missing, and the person was told.

        """
        window = self.flow.open_window()
        window.mark(
            _("Practice: the clock runs fast. Nothing is kept."),
            button(_("Stop the practice"), self._end, ButtonStyle.QUIET),
        )
        window.setWindowTitle(_("SafePause - practice"))
        window.hidden_by_person.connect(self._hidden_by_person)
        window.installEventFilter(self)
        self.flow.requests.call(Origin.WINDOW, when=LENGTH)

    @property
    def whole(self) -> bool:
        """Whether the practised pause went on to its return, and has ended."""
        return self._was_due and self.service.pause is None

    def show(self) -> None:
        """Bring the practice to the front."""
        self.flow.show()

    def finish(self) -> None:
        """End the practice, and remove its window and its notification. A second call is fine."""
        if self.over:
            return
        self.over = True
        self._alone.stop()
        self._look.stop()
        guard = self._faults.guard
        guard(CapabilityKey.NOTIFICATIONS, self._notifications.withdraw)
        guard(CapabilityKey.REMINDERS, self._reminders.stop)
        guard(CapabilityKey.TRAY, self._undo.stop)
        guard(CapabilityKey.WINDOW, self.flow.stop)
        self._notifications.deleteLater()
        self.deleteLater()

    def _end(self) -> None:
        if not self.over:
            self.finish()
            self._ended()

    def talk_at(self, when: datetime | None) -> None:
        """Show the reminder that a real talk would have. Nothing is kept, and none comes."""
        if self.flow.window is not None:
            self.flow.window.say_talk(when)

    def look_back(self, *, wanted: bool) -> None:
        """Show what a real talk would show. Nothing is kept."""
        if self.flow.window is not None:
            self.flow.window.say_look_back(wanted=wanted)

    def show_kept(self) -> None:
        """Show nothing: nothing is kept."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  -- Qt's own
        """Notice that the window goes. Only a quick exit gives no reason for that afterwards."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and not self.over:
            self._hid_at_once = True
            self._look.start()
        return False

    def _hidden_by_person(self) -> None:
        self._hid_at_once = False
        self._look.start()

    def _end_if_done(self) -> None:
        """End the practice once its pause has ended and nothing of it is shown any more."""
        at_once, self._hid_at_once = self._hid_at_once, False
        if self.over or self.flow.visible:
            return
        if at_once:
            self.finish()
            self._left()
        elif self.service.pause is None:
            self._end()

    def _undo_over(self) -> None:
        """Offer Undo no longer."""
        if self.flow.window is not None:
            self.flow.window.offer_undo("")

    def _hurry(self, accepted: Accepted) -> None:
        """Let a new time come as soon as the first one, be it an hour or a night."""
        clock, pause = self.service.clock, accepted.pause
        extended = isinstance(accepted.transition.command, Extend)
        if extended and pause is not None and isinstance(clock, DemoClock):
            clock.hurry(pause.return_at, SECONDS)

    def _changed(self, accepted: Accepted) -> None:
        """Wait anew for an answer. Nobody is hurried in the talk after the return."""
        if accepted.pause is None:
            self._hid_at_once = False
            self._alone.stop()
            self._notifications.withdraw()
            self._look.start()
        else:
            self._alone.start()

    def _announce(self, announcement: Announcement) -> None:
        """Say the heads-up and the return, once each: a fast clock would repeat itself at once."""
        if self.over or announcement.kind in (Kind.REPEAT, Kind.LAST):
            return
        self._was_due = self._was_due or announcement.kind is Kind.DUE
        prompt = prompt_of(announcement, self.service.settings, self.service.clock)
        marked = replace(
            prompt, title=_("Practice: {title}").format(title=prompt.title), quiet=True
        )
        self._faults.guard(CapabilityKey.WINDOW, lambda: self.flow.show_prompt(marked))
        self._notifications.show(notice_of(marked))

    def _chosen(self, action: str) -> None:
        """Carry out the answer to the notification."""
        if action == Action.HERE.value:
            self.flow.requests.come_back(Origin.NOTIFICATION)
        elif action == Action.MORE_TIME.value:
            self.flow.show_more_time()
        elif action == Action.LET_REST.value:
            self.flow.requests.let_go(Origin.NOTIFICATION)
        else:
            self.flow.show()


def _for_practice(settings: Settings) -> Settings:
    """Return the settings of a practice: on one screen, and without an offer that would be kept."""
    return Settings({**settings.values, ASKED: True, "screens": "pointer"})
