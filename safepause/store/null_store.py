"""The store where nothing can be kept. It says why, and never fakes success."""

# ruff: noqa: ARG002  -- the port asks for arguments that a refusal ignores
from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings
from safepause.store.database import open_for_writing
from safepause.store.files import Unopened, examine_file, is_file
from safepause.store.forgetting import forget
from safepause.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.ports import Part, Remembered
    from safepause.core.reference import Reference
    from safepause.core.settings.declaration import Value


class UnopenedStore:
    """Holds nothing and refuses every write. `reason` is the system's message."""

    damaged: tuple[Part, ...] = ()
    clean = True

    def __init__(self, reason: str, own: Path | None = None) -> None:
        """Take the path of the database, if it is ours and may be deleted."""
        self.reason = reason
        self._own = own

    def standing(self) -> Pause | None:
        """Return None."""
        return None

    def reference(self) -> None:
        """Return None."""

    def commit(
        self,
        step: Transition,
        request: Remembered | None = None,
        reference: Reference | None = None,
    ) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def outcomes(self) -> Iterable[Outcome]:
        """Return no outcomes."""
        return ()

    def unreadable_outcomes(self) -> int:
        """Return 0."""
        return 0

    def settings(self) -> Settings:
        """Return the defaults."""
        return DEFAULTS

    def set(self, key: str, value: Value, request: Remembered | None = None) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def remember(self, request: Remembered) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def remembered(self, key: bytes) -> None:
        """Return None."""

    def forget_all(self) -> None:
        """Delete the database, if it is ours, and all copies. This works on a full disk, too.

        What is in the way, and no file, stays.

        Raises:
            NotAllForgotten: the database is deleted, but a copy is not.
            NotKept: nothing was deleted.

        """
        if self._own is None:
            raise NotKept(self.reason)
        try:
            if not os.path.lexists(self._own) or is_file(self._own):
                examine_file(self._own, len(MIGRATIONS))
            forget(self._own, partial(_renew, self._own))
        except (Unopened, OSError) as error:
            raise NotKept(getattr(error, "strerror", None) or str(error)) from error

    def tidy(self) -> bool:
        """Return True: nothing was deleted."""
        return True

    def keep(self) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def close(self) -> None:
        """Do nothing."""


def _renew(path: Path) -> None:
    """Have the next program find a new database, if one can be made now."""
    with suppress(Unopened, sqlite3.Error, OSError):
        open_for_writing(path, patience=0).close()
