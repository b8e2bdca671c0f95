"""Notices that the program's files were changed while it runs: by an update, or a removal.

One process must not mix two versions. So after such a change no further code of the program is
imported. What a pause needs is in memory before (see `warm_up`). The rest waits for a new start.
Nothing watches the files: they are looked at when a person opens a window or gives a command.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import safepause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

T = TypeVar("T")
_PACKAGE = "safepause"

log = logging.getLogger(__name__)


class Change(Enum):
    """What has happened to the program's files."""

    REPLACED = "replaced"
    GONE = "gone"


class Updates:
    """Compares the file of the version with what it was at the start."""

    def __init__(self, file: str = safepause.__file__) -> None:
        """Look at the file now."""
        self._file = Path(file)
        self._before = self._stamp()
        self.missing: Callable[[], object] = _nothing
        """Called when a person wants something whose code is not in memory."""

    def change(self) -> Change | None:
        """Return what has happened to the files since the start."""
        now = self._stamp()
        if now == self._before:
            return None
        return Change.REPLACED if now else Change.GONE

    def use(self, door: Callable[[], T], *, quiet: bool = False) -> T | None:
        """Return what `door` imports. Return None, and tell the person, if its code is missing.

        `quiet` tells nobody: the person has not asked for this.
        """
        try:
            with _memory_only() if self.change() else contextlib.nullcontext():
                return door()
        except (ImportError, OSError, SyntaxError) as error:
            # Not which code: nobody may read in the log that support was opened.
            log.info("code is missing, as after an update: %s", type(error).__name__)
            if not quiet:
                self.missing()
            return None

    def _stamp(self) -> tuple[int, bytes] | None:
        """Return the file's time and content: each is the same in some updates."""
        try:
            return self._file.stat().st_mtime_ns, self._file.read_bytes()
        except OSError:
            return None


@contextlib.contextmanager
def _memory_only() -> Iterator[None]:
    """Refuse to import a module of the program that is not in memory."""
    finder = _Refusing()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Refusing:
    """A finder of modules, asked before all others."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> None:
        """Refuse the program's own modules, and leave others to the next finder.

        Raises:
            ImportError: the module is the program's.

        """
        if name.partition(".")[0] == _PACKAGE:
            raise ImportError(f"the files were changed: {name}", name=name)


def _nothing() -> None:
    """Do nothing: the part that tells the person is not built yet."""
