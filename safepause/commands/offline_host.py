"""The host of a command while no app runs: it says what takes an app to know, and fakes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from safepause import __version__
from safepause.core.capability import Capability, CapabilityKey, LogTail, in_order
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.ports import Autostart, StoreNotice


class OfflineHost:
    """Stands in for the app."""

    running = False
    version = __version__

    def __init__(
        self,
        notice: StoreNotice | None,
        folder: str,
        autostart: Autostart,
        log_tail: LogTail,
        found: Iterable[Capability] = (),
    ) -> None:
        """Know about the data, the computer's record, the log, and what else can be found out."""
        self.autostart = autostart
        self._log_tail = log_tail
        self._found = tuple(found)
        self._notice = notice
        self._folder = folder

    def show(self) -> NoReturn:
        """Refuse: there is no window. The client starts an app instead of asking this."""
        raise LookupError("show")

    def breathe(self) -> NoReturn:
        """Refuse: there is no window. The client starts an app instead of asking this."""
        raise LookupError("breathe")

    def quit(self) -> None:
        """Do nothing: it has ended."""

    def capabilities(self) -> list[Capability]:
        """Return what is known without an app, and that the rest takes one to find out."""
        why = _("SafePause isn't running. Start it to see.")
        known = [*self._found, self.autostart.capability(), self._data()]
        open_questions = set(CapabilityKey) - {capability.key for capability in known}
        asked = (Capability(key, available=False, why=why, known=False) for key in open_questions)
        return in_order((*known, *asked))

    def log_tail(self) -> LogTail:
        """Return where the log is, and its last lines."""
        return self._log_tail

    def _data(self) -> Capability:
        if self._notice is not None:
            return Capability(
                CapabilityKey.DATA, available=False, why=words.store_notice(self._notice)
            )
        kept = _("Kept in {folder}.").format(folder=self._folder)
        return Capability(CapabilityKey.DATA, available=True, why=kept)
