"""The file of the log itself: rotated, readable by its owner alone, and never worth a complaint.

Not logging.handlers: with pickle, queue and socket it takes 0.8 MB of a program that mostly rests.
"""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import TextIOWrapper

OLDER = ".1"
PRIVATE = 0o600


class PrivateFile(logging.FileHandler):
    """A log file and one older one, with mode 0600 whatever the umask."""

    def __init__(self, path: str, most_bytes: int) -> None:
        """Open `path` to append to it, up to `most_bytes`.

        Raises:
            OSError: it can't be written.

        """
        self._most_bytes = most_bytes
        super().__init__(path, encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, to a new file where it doesn't fit into this one."""
        length = len(self.format(record).encode("utf-8", "replace")) + 1
        stream = self.stream
        with contextlib.suppress(OSError):
            if stream and os.fstat(stream.fileno()).st_size + length > self._most_bytes:
                self._begin_anew(stream)
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Go without the line: the disk is full, and that is said where it matters."""

    def close(self) -> None:
        """Close the file; a last line that the disk has no room for is lost."""
        with contextlib.suppress(OSError):
            super().close()

    def _begin_anew(self, stream: TextIOWrapper) -> None:
        stream.close()
        try:
            os.replace(self.baseFilename, self.baseFilename + OLDER)  # noqa: PTH105  -- a str here
        finally:
            self.stream = self._open()

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_private)


def _private(path: str, flags: int) -> int:
    """Open without following a link that somebody may have put there, and close it to others."""
    descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), PRIVATE)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, PRIVATE)
    return descriptor
