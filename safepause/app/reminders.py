"""The reminders of a pause: heads-up, return and repeats. The agenda carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.agenda import Agenda
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.listeners import Listeners, Order
from safepause.core.reminder_engine import Announcement, ReminderEngine
from safepause.core.reminders import Kind
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.faults import Faults
    from safepause.core.ports import Scheduler
    from safepause.core.service import PauseService


class Reminders:
    """Holds the agenda, and tells its listeners of each moment of the standing pause once."""

    def __init__(self, service: PauseService, scheduler: Scheduler, faults: Faults) -> None:
        """Follow the service."""
        self._service = service
        self._scheduler = scheduler
        self.agenda = Agenda(service.clock, scheduler, faults)
        """The program's wake-ups. Other features use the agenda, too."""
        self._announced: Listeners[Announcement] = Listeners(faults)
        self._faults = faults
        self._engine = ReminderEngine(service, service.clock, self.agenda, self._tell)

    def on_announcement(
        self,
        part: CapabilityKey,
        listener: Callable[[Announcement], object],
        order: Order = Order.AFTER,
    ) -> None:
        """Tell `listener`, which belongs to `part`, of every moment that has come."""
        self._announced.add(part, listener, order)

    def start(self) -> None:
        """Continue the standing pause. Tell of a moment that passed while the program was off."""
        if self._service.pause is not None:
            self._engine.check()

    def stop(self) -> None:
        """Tell of no more moments, and schedule nothing more."""
        self._engine.close()
        self.agenda.close()
        self._scheduler.close()

    def capabilities(self) -> list[Capability]:
        """Say that reminders come."""
        why = _("They come at the promised time.")
        return [Capability(CapabilityKey.REMINDERS, available=True, why=why)]

    def time_moved(self) -> None:
        """Check the time: the computer slept, or its clock or zone was changed."""
        self.agenda.time_moved()
        self._engine.check()

    def _tell(self, announcement: Announcement) -> None:
        """Tell the listeners of a moment. Nothing about a heads-up is logged.

        The time of the heads-up depends on who called the pause. So an entry would tell that.
        """
        if announcement.kind is Kind.HEADS_UP:
            with self._faults.unlogged():
                self._announced.tell(announcement)
        else:
            self._announced.tell(announcement)
