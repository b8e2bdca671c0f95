"""Reads the write-ahead log that a killed program has left, as SQLite's file format describes it.

SQLite ignores a damaged frame and all that follow it. It says nothing, because a commit that was
being written may end so. But then no commit follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepause.store.files import PAGE_BYTES, side_file

if TYPE_CHECKING:
    from pathlib import Path

FILE_FORMATS, NO_LOG = slice(18, 20), b"\1\1"
"""Where a database says whether it has a log, and that it has none, as in memory."""

_HEADER, _FRAME_HEADER = 32, 24
_SALT = slice(16, 24)
_MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """One page in a log."""

    page: int
    at: int
    """Where the page's bytes begin in the log."""
    head: bytes

    @property
    def commits(self) -> bool:
        """Whether a commit ends with this frame."""
        return any(self.head[4:8])

    @property
    def salt(self) -> bytes:
        """What all frames of a log have in common with its header."""
        return self.head[8:16]


def frames(log: bytes) -> list[Frame]:
    """Return the frames of a log."""
    size = _FRAME_HEADER + PAGE_BYTES
    starts = range(_HEADER, len(log) - size + 1, size)
    found = (
        Frame(
            int.from_bytes(log[at : at + 4], "big"),
            at + _FRAME_HEADER,
            log[at : at + _FRAME_HEADER],
        )
        for at in starts
    )
    return [frame for frame in found if 0 < frame.page <= _MOST_PAGES]


def committed(log: bytes) -> list[Frame]:
    """Return the frames up to the last commit. Their bytes may be damaged."""
    found = [frame for frame in frames(log) if frame.salt == log[_SALT]]
    commits = [number for number, frame in enumerate(found) if frame.commits]
    return found[: commits[-1] + 1 if commits else 0]


def image_of(path: Path) -> bytes:
    """Return a database with the commits of its log, for a connection in memory.

    Raises:
        OSError: the file can't be read.

    """
    image = bytearray(path.read_bytes())
    log = side_file(path, "-wal")
    content = log.read_bytes() if log.exists() else b""
    for frame in committed(content):
        end = frame.page * PAGE_BYTES
        image.extend(bytes(max(0, end - len(image))))
        image[end - PAGE_BYTES : end] = content[frame.at : frame.at + PAGE_BYTES]
    image[FILE_FORMATS] = NO_LOG
    return bytes(image)


def has_lost_commits(log: bytes, read: int) -> bool:
    """Tell whether commits in a log are ignored by SQLite, which reads the first `read` frames.

    Frames from before the log was begun anew have another salt. Both of its halves are others.
    """
    own, other = log[16:20], log[20:24]
    return any(
        frame.commits and (read == 0 or frame.salt[:4] == own or frame.salt[4:] == other)
        for frame in frames(log)[read:]
    )
