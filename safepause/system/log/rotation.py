"""The log file on disk: the standard library's rotating file, private, and silent about failures.

`logging.handlers` imports pickle, queue and socket. The tray icon must not wait for these, so
`handler.py` imports this module when it opens the file.
"""

from __future__ import annotations

import contextlib
import os
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging
    from io import TextIOWrapper

_OWNER_READS = 0o600


class PrivateFile(RotatingFileHandler):
    """A log file and one older file beside it. Both have mode 0600, whatever the umask."""

    def __init__(self, path: str, most_bytes: int) -> None:
        """Open the file at `path` for appending. It is rotated before it has `most_bytes`.

        Raises:
            OSError: the file can't be opened, or `path` is a link.

        """
        super().__init__(path, maxBytes=most_bytes, backupCount=1, encoding="utf-8")

    def doRollover(self) -> None:
        """Start a new file. If the old one can't be renamed, it is continued."""
        with contextlib.suppress(OSError):
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:
        """Lose the line. A full disk is reported where it matters, not on standard error."""

    def close(self) -> None:
        """Close the file. The last line is lost if the disk is full."""
        with contextlib.suppress(OSError):
            super().close()

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_private)


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner can read. A link is refused where the system can do that."""
    descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), _OWNER_READS)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, _OWNER_READS)
    return descriptor
