"""The saved data: what a person is told about the store, and the closing of the store.

Another program that reads the file keeps what was deleted in it, and one that writes to it keeps a
command from being saved. So this feature tries again, until all is saved and no trace is left.
Another program that held the file at the start keeps a standing pause from being known. So the
program starts again once the file is free. Otherwise nothing wakes up.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.app import doors
from safepause.core.agenda import WakeUp
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept, Trouble
from safepause.i18n import data_words
from safepause.i18n.language import _
from safepause.store import can_be_read
from safepause.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.agenda import Agenda
    from safepause.core.service import PauseService
    from safepause.store import Opened

TRACES = "traces"
"""The name of the wake-up for the next try."""
IN_USE = "data in use"
"""The name of the wake-up that looks whether another program still holds the data."""
LONGEST_LOOK = timedelta(seconds=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(minutes=1)
"""How long the first try waits, and how long a try waits at most. Each wait is twice the last."""


class SavedData:
    """Knows whether data is kept, deletes traces, and closes the store."""

    def __init__(
        self,
        service: PauseService,
        opened: Opened,
        agenda: Agenda,
        restart: Callable[[], bool],
    ) -> None:
        """Delete the folders of killed demos together with all data.

        `restart` starts the program again. It returns False if it can't, or not now.
        """
        self._service = service
        self._opened = opened
        self._restart = restart
        self._agenda = agenda
        self._wait = FIRST_WAIT
        service.on_forget(CapabilityKey.DATA, doors.sweep_demo_folders)
        service.on_change(CapabilityKey.DATA, lambda _accepted: self._look_or_tidy_later())
        service.on_settings(CapabilityKey.DATA, lambda _settings: self._tidy_later())

    @property
    def notice(self) -> str:
        """What a person is told at the start; empty if the store is in order."""
        return "" if self._opened.notice is None else data_words.store_notice(self._opened.notice)

    @property
    def starts_anew(self) -> bool:
        """Whether data is kept again, though not all of the old data could be read."""
        notice = self._opened.notice
        return notice is not None and notice.trouble in data_words.ANEW

    @property
    def hidden(self) -> str:
        """Why saved data can't be read for now; empty if it can, or never can."""
        notice = self._opened.notice
        in_use = notice is not None and notice.trouble is Trouble.IN_USE
        return self.unread if in_use else ""

    @property
    def unread(self) -> str:
        """Why saved data can't be read, for now or ever; empty if it can, or there is none."""
        notice = self._opened.notice
        return data_words.hidden_data(notice) if notice and self._opened.hides else ""

    def prepare(self) -> None:
        """Delete the folders of killed demos. What can't be deleted is tried at the next start."""
        with suppress(NotKept):
            doors.sweep_demo_folders()

    def start(self) -> None:
        """Delete what an earlier run could not delete. Wait for data that is in use."""
        self._tidy_later()
        if self.hidden:
            self._look_later()

    def stop(self) -> None:
        """Close the store. A pause that stands is kept, even if its file was deleted meanwhile."""
        if self._may_save:
            self._service.save()
        if self._service.pause is not None:
            with suppress(NotKept):
                self._opened.store.keep()
        self._opened.store.close()

    def capabilities(self) -> list[Capability]:
        """Say whether data is kept, and where."""
        key = CapabilityKey.DATA
        if self.notice:
            return [Capability(key, available=False, why=self.notice)]
        if not self._service.kept:
            sentence = data_words.not_kept if self._service.pause else data_words.not_saved
            return [Capability(key, available=False, why=sentence(self._service.trouble))]
        try:
            self._opened.store.keep()
        except NotKept as error:
            return [Capability(key, available=False, why=data_words.not_saved(error.detail))]
        return [Capability(key, available=True, why=" ".join(self._sentences()))]

    def _sentences(self) -> list[str]:
        said = [_("Kept in {folder}.").format(folder=paths.home())]
        unreadable = self._service.unreadable_outcomes()
        if unreadable:
            said.append(data_words.unreadable(unreadable))
        if not (self._service.clean or self._service.tidy()):
            said.append(data_words.trace_left())
        return said

    def _look(self) -> None:
        """Start again once the data can be read. A pause that was called meanwhile goes on."""
        if not self.hidden or self._service.pause is not None:
            return
        if not (can_be_read(Path(paths.home()), self._service.clock) and self._restart()):
            self._wait = min(self._wait * 2, LONGEST_LOOK)
            self._look_later()

    def _look_or_tidy_later(self) -> None:
        if self.hidden and self._service.pause is None:
            self._wait = FIRST_WAIT
            self._look_later()
        self._tidy_later()

    def _look_later(self) -> None:
        when = self._service.clock.now() + self._wait
        self._agenda.set(WakeUp(IN_USE, when, self._look, CapabilityKey.DATA, while_locked=True))

    @property
    def _may_save(self) -> bool:
        """Whether the store could write at the start. Otherwise it does not in this run."""
        notice = self._opened.notice
        return notice is None or notice.trouble in {Trouble.DAMAGED, Trouble.UNREADABLE}

    @property
    def _settled(self) -> bool:
        return self._service.clean and (self._service.kept or not self._may_save)

    def _tidy_later(self) -> None:
        if not self._settled:
            self._wait = FIRST_WAIT
            self._set()

    def _tidy(self) -> None:
        """Try again to delete traces and to write. The first soon finds out who holds the file."""
        if self._service.tidy() and self._may_save:
            self._service.save()
        if not self._settled:
            self._wait = min(self._wait * 2, LONGEST_WAIT)
            self._set()

    def _set(self) -> None:
        when = self._service.clock.now() + self._wait
        self._agenda.set(WakeUp(TRACES, when, self._tidy, CapabilityKey.DATA, while_locked=True))
