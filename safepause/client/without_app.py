"""What can be known and done without a running app: the files say it, and no Qt is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.commands import NoApp
from safepause.core.events import HOOKS
from safepause.system import hook_words, logfile, paths
from safepause.system.autostart import autostart_of

if TYPE_CHECKING:
    from safepause.core.ports import StoreNotice
    from safepause.core.service import PauseService


def stand_in(notice: StoreNotice | None, service: PauseService) -> NoApp:
    """Return what stands in for the app; from then on the log is forgotten with all else."""
    log = paths.log_path()
    service.on_forget(lambda: logfile.clear(log))
    hooks = (service.settings.text(key) for key in HOOKS)
    return NoApp(
        notice,
        paths.home(),
        autostart_of(None, _tell_nobody),
        logfile.tail(log),
        (logfile.capability(log), hook_words.capability(hooks)),
    )


def _tell_nobody(_sentence: str) -> None:
    """Pass over an answer that only a running app could wait for."""
