"""The saved data: what a person is told about the store, and the closing of the store."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.i18n import words
from safepause.i18n.language import _
from safepause.system import paths

if TYPE_CHECKING:
    from safepause.core.service import PauseService
    from safepause.store import Opened


class SavedData:
    """Knows whether data is kept, and closes the store."""

    def __init__(self, service: PauseService, opened: Opened) -> None:
        """Delete the folders of killed demos together with all data."""
        self._service = service
        self._opened = opened
        service.on_forget(CapabilityKey.DATA, doors.sweep_demo_folders)

    @property
    def notice(self) -> str:
        """What a person is told at the start; empty if the store is in order."""
        return "" if self._opened.notice is None else words.store_notice(self._opened.notice)

    def prepare(self) -> None:
        """Delete the folders of killed demos. What can't be deleted is tried at the next start."""
        with suppress(NotKept):
            doors.sweep_demo_folders()

    def start(self) -> None:
        """Do nothing. The store is open."""

    def stop(self) -> None:
        """Close the store."""
        self._opened.store.close()

    def capabilities(self) -> list[Capability]:
        """Say whether data is kept, and where."""
        key = CapabilityKey.DATA
        if self.notice:
            return [Capability(key, available=False, why=self.notice)]
        if not self._service.kept:
            return [Capability(key, available=False, why=words.not_kept(self._service.trouble))]
        kept = _("Kept in {folder}.").format(folder=paths.home())
        return [Capability(key, available=True, why=kept)]
