"""Pauses what is playing when a pause begins, if the two want that. It is never played again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.service import Accepted, PauseService
    from safepause.system.dbus.lasting_bus import LastingBus


class MediaController:
    """Follows the pause with the players of this desktop."""

    def __init__(self, service: PauseService, bus: LastingBus) -> None:
        """Follow the service."""
        self._service = service
        self._bus = bus
        service.on_change(CapabilityKey.MEDIA, self._changed)

    def start(self) -> None:
        """Do nothing. Players are asked when a pause begins."""

    def stop(self) -> None:
        """Do nothing. What was paused stays paused."""

    def capabilities(self) -> list[Capability]:
        """Say whether players can be paused here."""
        if self._bus.is_open:
            why = _("Players can be paused when a pause begins, if you want that.")
            return [Capability(CapabilityKey.MEDIA, available=True, why=why)]
        why = _("There is no way to the players on this desktop.")
        return [Capability(CapabilityKey.MEDIA, available=False, why=why)]

    def _changed(self, accepted: Accepted) -> None:
        if accepted.transition.begins_pause and self._service.settings.flag("pause_media"):
            bus = self._bus()
            if bus is not None and bus.is_open:
                doors.media().pause_media(bus)
