"""Runs the person's own commands when a pause begins, is due or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.events import HOOKS, Event, environment, event_of
from safepause.core.pause import State
from safepause.core.reminders import Kind
from safepause.i18n.language import _
from safepause.system.hooks import command_line
from safepause.system.hooks.runner import Hook, HookRunner

if TYPE_CHECKING:
    from safepause.app.reminders import Reminders
    from safepause.app.updates import Updates
    from safepause.core.pause import Pause
    from safepause.core.reminder_engine import Announcement
    from safepause.core.service import Accepted, PauseService
    from safepause.core.settings.catalogue import Settings


class HooksController:
    """Follows the pause with the commands that the settings name."""

    def __init__(self, service: PauseService, reminders: Reminders, updates: Updates) -> None:
        """Follow the service and the reminders. `updates` knows whether code can be imported."""
        self._service = service
        self._updates = updates
        self._runner = HookRunner()
        self._given = _commands(service.settings)
        self._loaded = False
        """Whether the code that runs a command is in memory."""
        service.on_change(CapabilityKey.HOOKS, self._changed)
        reminders.on_announcement(CapabilityKey.HOOKS, self._announced)
        service.on_settings(CapabilityKey.HOOKS, self._prepare)

    def start(self) -> None:
        """Load what the commands need. They run when a pause begins, is due or ends."""
        self._prepare(self._service.settings)

    def stop(self) -> None:
        """Let running commands continue without the program."""
        self._runner.close()

    def capabilities(self) -> list[Capability]:
        """Say whether the person's own commands can be found."""
        if any(self._given) and not self._loaded:
            why = _("They need a new start of SafePause.")
            advice = _("Run safepause quit, then safepause.")
            return [Capability(CapabilityKey.HOOKS, available=False, why=why, advice=advice)]
        return [command_line.capability(self._given)]

    def _prepare(self, settings: Settings) -> None:
        """Have the code in memory, if there is a command: an update may take its file away.

        If that has happened, a person who sets a command is told.
        """
        before, self._given = self._given, _commands(settings)
        if any(self._given) and not self._loaded:
            code = self._updates.use(doors.hook_process, quiet=self._given == before)
            self._loaded = code is not None

    def _changed(self, accepted: Accepted) -> None:
        event = event_of(accepted.transition)
        if event is None:
            return
        if event is Event.RESUMED and self._service.state is State.DUE:
            return  # the reminders say that the return is due, which runs that command
        if event is Event.UNDONE:
            self._runner.hush()
        self._run(event, accepted.pause)

    def _announced(self, announcement: Announcement) -> None:
        if announcement.kind is Kind.DUE:
            self._run(Event.DUE, announcement.pause)

    def _run(self, event: Event, pause: Pause | None) -> None:
        command = self._service.settings.text(event.hook)
        if command and self._loaded:
            quiet = event is Event.UNDONE
            self._runner.run(Hook(event.hook, command, environment(event, pause), quiet))


def _commands(settings: Settings) -> list[str]:
    """Return the commands for all events. An empty text is none."""
    return [settings.text(key) for key in HOOKS]
