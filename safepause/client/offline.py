"""The host of a command that is carried out without the app. It reads files, and has no Qt."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NoReturn

from safepause import __version__
from safepause.core.capability import Capability, CapabilityKey, LogTail, in_order
from safepause.core.events import HOOKS
from safepause.i18n import data_words
from safepause.i18n.language import _
from safepause.system import demo_folder, paths
from safepause.system.autostart import autostart_of
from safepause.system.hooks import command_line
from safepause.system.log import tail

if TYPE_CHECKING:
    from safepause.commands import Reply
    from safepause.core.ports import Autostart, StoreNotice
    from safepause.core.service import PauseService


_NOWHERE = logging.NullHandler()


def log_nowhere() -> None:
    """Write no record of the log, which is the app's, and not to the terminal in its place.

    The answer of a command says what a person should know.
    """
    logging.getLogger("safepause").addHandler(_NOWHERE)


def autostart_record() -> Autostart:
    """Return the desktop's record of whether it starts the program."""
    return autostart_of(None, _ignore)


class OfflineHost:
    """Reads the files of the app. What only a running app can find out is reported as not known."""

    running = False
    version = __version__

    hidden_data = ""

    def __init__(self, notice: StoreNotice | None, service: PauseService) -> None:
        """Take the notice of the store. When the service deletes all data, delete the log, too."""
        self._notice = notice
        self._service = service
        self._log = paths.log_path()
        service.on_forget(CapabilityKey.LOG, lambda: tail.clear(self._log))
        service.on_forget(CapabilityKey.DATA, demo_folder.sweep)

    @property
    def unread_data(self) -> str:
        """Why past pauses can't be read. Without the app, it is the same for all saved data."""
        return self.hidden_data

    def show(self) -> NoReturn:
        """Refuse: there is no window. The client starts the app for this command."""
        raise LookupError("show")

    def breathe(self) -> NoReturn:
        """Refuse: there is no window. The client starts the app for this command."""
        raise LookupError("breathe")

    def elsewhere(self, _display: str) -> str:
        """Return nothing: there is no window."""
        return ""

    def quit(self) -> None:
        """Do nothing: no app runs."""

    def capabilities(self) -> list[Capability]:
        """Return what is known without the app. The rest is reported as not known."""
        log = tail.capability(self._log)
        known = (self._service.autostart.capability(), self._data(), log, self._hooks())
        why = self._unknown()
        unknown = set(CapabilityKey) - {capability.key for capability in known}
        asked = (Capability(key, available=False, why=why, known=False) for key in unknown)
        return in_order((*known, *asked))

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        return tail.tail(self._log)

    def _unknown(self) -> str:
        """Say why a capability is not known."""
        return _("SafePause isn't running. Start it to see.")

    def _hooks(self) -> Capability:
        return command_line.capability(self._service.settings.text(key) for key in HOOKS)

    def _data(self) -> Capability:
        if self._notice is not None:
            why = data_words.store_notice(self._notice)
            return Capability(CapabilityKey.DATA, available=False, why=why)
        kept = _("Kept in {folder}.").format(folder=paths.home())
        return Capability(CapabilityKey.DATA, available=True, why=kept)


def with_notice(reply: Reply, notice: StoreNotice | None) -> Reply:
    """Return an answer that also says what is wrong with the saved data."""
    if notice is None:
        return reply
    return reply._replace(err=f"{reply.err}{data_words.store_notice(notice)}\n")


def _ignore(_sentence: str) -> None:
    """Ignore a later answer of the desktop. This process has ended by then."""
