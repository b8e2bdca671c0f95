"""The file of the log itself: rotated, readable by its owner alone, and never worth a complaint."""

from __future__ import annotations

import contextlib
import os
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging
    from io import TextIOWrapper

PRIVATE = 0o600


class PrivateFile(RotatingFileHandler):
    """A log file and one older one, with mode 0600 whatever the umask."""

    def __init__(self, path: str, most_bytes: int) -> None:
        """Open `path` to append to it.

        Raises:
            OSError: it can't be written.

        """
        super().__init__(path, maxBytes=most_bytes, backupCount=1, encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """Go without the line: the disk is full, and that is said where it matters."""

    def close(self) -> None:
        """Close the file; a last line that the disk has no room for is lost."""
        with contextlib.suppress(OSError):
            super().close()

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_private)


def _private(path: str, flags: int) -> int:
    """Open without following a link that somebody may have put there, and close it to others."""
    descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), PRIVATE)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, PRIVATE)
    return descriptor
