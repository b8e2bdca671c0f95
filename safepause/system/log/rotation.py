"""The log file on disk: the standard library's rotating file, private, and silent about failures.

`logging.handlers` imports pickle, queue and socket. The tray icon must not wait for these, so
`handler.py` imports this module when it opens the file.
"""

from __future__ import annotations

import contextlib
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import own_files

if TYPE_CHECKING:
    import logging
    from io import TextIOWrapper

_OWNER_READS = 0o600


class PrivateFile(RotatingFileHandler):
    """A log file and one older file beside it. Both have mode 0600, whatever the umask."""

    def __init__(self, path: str, most_bytes: int) -> None:
        """Open the file at `path` for appending. It is rotated before it has `most_bytes`.

        Raises:
            OSError: the file can't be opened, or is not SafePause's own, as `open_own` says.

        """
        self.trouble = ""
        """The system's message for why the newest record is lost; empty if it is written."""
        super().__init__(path, maxBytes=most_bytes, backupCount=1, encoding="utf-8")

    def doRollover(self) -> None:
        """Start a new file. If the old one can't be renamed, it is continued."""
        with contextlib.suppress(OSError):
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002  -- the base class's
        """Lose the line, and remember why. Standard error is not told."""
        error = sys.exc_info()[1]
        self.trouble = getattr(error, "strerror", None) or str(error)

    def close(self) -> None:
        """Close the file. The last line is lost if the disk is full."""
        with contextlib.suppress(OSError):
            super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record. If the file was deleted or replaced meanwhile, begin a new one."""
        self.trouble = ""
        if self.stream is not None and not self._stands(self.stream):
            with contextlib.suppress(OSError):
                self.stream.close()
            self.stream = None  # the base class opens it again
        super().emit(record)

    def _stands(self, stream: TextIOWrapper) -> bool:
        """Tell whether the open file is still the one at the path."""
        try:
            return os.path.samestat(Path(self.baseFilename).stat(), os.fstat(stream.fileno()))
        except OSError:
            return False

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_private)


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner can read, and that is SafePause's own."""
    descriptor = own_files.open_own(path, flags)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, _OWNER_READS)
    return descriptor
