"""The rules of tests/core, with a store in a file. Each restart reads the file again."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis.stateful import rule

from safepause.store import open_store
from safepause.store.sqlite_store import SqliteStore
from tests.core.machine import CALLERS, PauseMachine
from tests.store.samples import files_with

if TYPE_CHECKING:
    from safepause.core.ports import Store


class FileMachine(PauseMachine):
    """A computer with a database. No file may contain a caller's name after the pause has ended."""

    def __init__(self) -> None:
        """Make a folder for the data."""
        self.folder = Path(tempfile.mkdtemp(prefix="safepause-test-"))
        super().__init__()

    def open_store(self) -> Store:
        """Return the store in the folder."""
        opened = open_store(self.folder, self.clock)
        assert opened.notice is None
        return opened.store

    def kept(self) -> str:
        """Return what is kept. While no pause stands, add the names that the files contain."""
        if self.expected is not None:
            return super().kept()
        return super().kept() + repr([one for one in CALLERS if files_with(self.folder, one)])

    @rule()
    def restart(self) -> None:
        """Close the store and open it again."""
        self._close()
        self.store = self.open_store()
        super().restart()

    def teardown(self) -> None:
        """Delete the folder."""
        self._close()
        shutil.rmtree(self.folder)

    def _close(self) -> None:
        assert isinstance(self.store, SqliteStore)
        self.store.close()


TestFileMachine = FileMachine.TestCase
TestFileMachine.settings = settings(max_examples=20, stateful_step_count=30)
