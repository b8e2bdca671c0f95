"""The host of a command that is carried out without the app: it reads files, and has no Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from safepause import __version__
from safepause.core.capability import LABELS, Capability, LogTail, in_order
from safepause.core.events import HOOKS
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.system import paths
from safepause.system.atomic_file import OWNER_READS, write_whole
from safepause.system.autostart import autostart_of
from safepause.system.hooks import command_line
from safepause.system.log import handler

if TYPE_CHECKING:
    from safepause.core.ports import StoreNotice
    from safepause.core.service import PauseService


class OfflineHost:
    """Knows what the files say. What only a running app can find out, it reports as not known."""

    running = False
    version = __version__

    def __init__(self, notice: StoreNotice | None, service: PauseService) -> None:
        """Have the service empty the log, too, when it forgets everything."""
        self.autostart = autostart_of(None, _ignore)
        self._notice = notice
        self._service = service
        self._log = paths.log_path()
        service.on_forget(lambda: handler.clear(self._log))

    def show(self) -> NoReturn:
        """Refuse: there is no window. The client starts the app for this command."""
        raise LookupError("show")

    def breathe(self) -> NoReturn:
        """Refuse: there is no window. The client starts the app for this command."""
        raise LookupError("breathe")

    def quit(self) -> None:
        """Do nothing: no app runs."""

    def capabilities(self) -> list[Capability]:
        """Return what is known without the app; all else is reported as not known."""
        log = handler.capability(self._log)
        known = (self.autostart.capability(), self._data(), log, self._hooks())
        why = _("SafePause isn't running. Start it to see.")
        unknown = LABELS.keys() - {capability.key for capability in known}
        asked = (Capability(key, available=False, why=why, known=False) for key in unknown)
        return in_order((*known, *asked))

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        return handler.tail(self._log)

    def write_file(self, path: str, content: str, *, replace: bool) -> None:
        """Write a file that only the person can read, whole or not at all.

        Raises:
            FileExistsError: the file exists, and `replace` is false.
            OSError: the file can't be written.

        """
        write_whole(Path(path), content.encode(), OWNER_READS, replace=replace)

    def _hooks(self) -> Capability:
        return command_line.capability(self._service.settings.text(key) for key in HOOKS)

    def _data(self) -> Capability:
        if self._notice is not None:
            return Capability("data", available=False, why=words.store_notice(self._notice))
        kept = _("Kept in {folder}.").format(folder=paths.home())
        return Capability("data", available=True, why=kept)


def _ignore(_sentence: str) -> None:
    """Ignore what the desktop answers later: this process has ended by then."""
