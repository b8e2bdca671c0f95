"""The saved data: what a person is told about the database, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.system import paths

if TYPE_CHECKING:
    from safepause.core.service import PauseService
    from safepause.store import Opened


class SavedData:
    """Knows whether things are kept."""

    def __init__(self, service: PauseService, opened: Opened) -> None:
        """Know the store as it was opened."""
        self._service = service
        self._opened = opened

    @property
    def notice(self) -> str:
        """What a person is to be told at the start, or nothing."""
        return "" if self._opened.notice is None else words.store_notice(self._opened.notice)

    def start(self) -> None:
        """Do nothing: the store is open."""

    def stop(self) -> None:
        """Close the store."""
        self._opened.store.close()

    def capabilities(self) -> list[Capability]:
        """Say whether things are kept, and where."""
        key = CapabilityKey.DATA
        if self.notice:
            return [Capability(key, available=False, why=self.notice)]
        if not self._service.kept:
            return [Capability(key, available=False, why=words.not_kept(self._service.trouble))]
        kept = _("Kept in {folder}.").format(folder=paths.home())
        return [Capability(key, available=True, why=kept)]
