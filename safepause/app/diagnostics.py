"""Looks at everything that the program needs of this computer, for `doctor` and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from safepause.core.capability import Capability, in_order
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.system import paths
from safepause.ui.windows.raising import front_capability

if TYPE_CHECKING:
    from safepause.app.event_recorder import EventRecorder
    from safepause.app.reminder_delivery import ReminderDelivery
    from safepause.app.shortcut_controller import ShortcutController
    from safepause.core.ports import Autostart, StoreNotice
    from safepause.core.service import PauseService


class Parts(Protocol):
    """The parts of the program that know what this computer can do."""

    service: PauseService
    reaching: ReminderDelivery
    chronicle: EventRecorder

    @property
    def calling(self) -> ShortcutController:
        """The keys that call a pause."""
        ...

    @property
    def autostart(self) -> Autostart:
        """The computer's own record of whether it starts SafePause."""
        ...


def examine(parts: Parts, notice: StoreNotice | None) -> list[Capability]:
    """Return what works on this computer; `notice` is about the place where things are kept."""
    return in_order(
        (
            *parts.reaching.capabilities(),
            parts.calling.capability(),
            front_capability(),
            parts.autostart.capability(),
            _data(notice, parts.service),
            parts.chronicle.log_capability(),
            parts.chronicle.hooks_capability(),
        )
    )


def _data(notice: StoreNotice | None, service: PauseService) -> Capability:
    if notice is not None:
        return Capability("data", available=False, why=words.store_notice(notice))
    if not service.kept:
        return Capability("data", available=False, why=words.not_kept(service.trouble))
    kept = _("Kept in {folder}.").format(folder=paths.home())
    return Capability("data", available=True, why=kept)
