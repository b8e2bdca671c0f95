"""What can be known and done without a running app: the files say it, and no Qt is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.commands import OfflineHost
from safepause.core.events import HOOKS
from safepause.system import paths
from safepause.system.autostart import autostart_of
from safepause.system.hooks import command_line
from safepause.system.log import handler

if TYPE_CHECKING:
    from safepause.core.ports import Autostart, StoreNotice
    from safepause.core.service import PauseService


def autostart_record() -> Autostart:
    """Return the computer's own record of whether it starts the program."""
    return autostart_of(None, _tell_nobody)


def stand_in(notice: StoreNotice | None, service: PauseService) -> OfflineHost:
    """Return what stands in for the app; from then on the log is forgotten with all else."""
    log = paths.log_path()
    service.on_forget(lambda: handler.clear(log))
    hooks = (service.settings.text(key) for key in HOOKS)
    return OfflineHost(
        notice,
        paths.home(),
        service.autostart,
        handler.tail(log),
        (handler.capability(log), command_line.capability(hooks)),
    )


def _tell_nobody(_sentence: str) -> None:
    """Pass over an answer that only a running app could wait for."""
