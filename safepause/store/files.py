"""The names, modes and owners of the database's files.

The first bytes of a file tell whether the file is ours. So SQLite never opens a file of another
program. This module knows nothing of the tables.
"""

from __future__ import annotations

import logging
import os
import stat
from typing import TYPE_CHECKING

from safepause.core.ports import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepause.core.clock import Clock

NAME = "safepause.sqlite3"
APPLICATION_ID = 0x53506175
""""SPau": this mark in a SQLite file makes the file ours."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""The endings of the files that SQLite creates beside a database, with the database's mode."""

_ENDING = ".sqlite3"
_ASIDE = "safepause-unreadable-"
_BACKUP = "safepause-backup-"
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_VERSION_AT = slice(60, 64)
_APPLICATION_ID_AT = slice(68, 72)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_log = logging.getLogger(__name__)


class Unopened(Exception):  # noqa: N818  -- the name says what happened
    """The file at our path can't be opened as our database. The file is unchanged."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(f"{trouble.value}: {detail}")
        self.trouble = trouble
        self.detail = detail


def make_private_folder(folder: Path) -> None:
    """Make the folder. Let only its owner in.

    Raises:
        OSError: the folder can't be made.

    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _restrict(folder, 0o700)


def make_private_file(path: Path) -> None:
    """Make an empty file if there is none. Let only its owner read it and SQLite's side files.

    Raises:
        OSError: the file can't be made.

    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for file in with_side_files(path):
        _restrict(file, 0o600)


def examine(path: Path, newest: int) -> None:
    """Check from the first bytes that a file can be our database. It may be missing or empty.

    Raises:
        Unopened: the file is not ours, has a version above `newest`, or is no database or no file.
        OSError: the file can't be read.

    """
    if not path.exists():
        return
    if not path.is_file():
        raise Unopened(Trouble.IN_THE_WAY, "not a file")
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        return
    if _is_text(header):
        raise Unopened(Trouble.FOREIGN, "a text file")
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise Unopened(Trouble.UNREADABLE, "file is not a database")
    if int.from_bytes(header[_APPLICATION_ID_AT], "big") != APPLICATION_ID:
        raise Unopened(Trouble.FOREIGN, "database of another program")
    version = int.from_bytes(header[_VERSION_AT], "big")
    if version > newest:
        raise Unopened(Trouble.NEWER, f"version {version}, not {newest}")


def _is_text(start: bytes) -> bool:
    """Tell whether a file holds text. A damaged database of ours doesn't."""
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError as error:
        text = start[: error.start].decode("utf-8")
        if len(start) - error.start > 3:  # not just a last character cut short  # noqa: PLR2004
            return False
    return all(char.isprintable() or char.isspace() for char in text)


def has_log(path: Path) -> bool:
    """Tell whether the log beside the database holds commits, as after a crash."""
    log = side_file(path, "-wal")
    return log.exists() and log.stat().st_size > 0


def set_aside(path: Path, clock: Clock) -> Path:
    """Rename a file and its side files to a free name with today's date. Return the new path.

    Raises:
        OSError: the file can't be renamed.

    """
    day = clock.local(clock.now()).strftime("%Y-%m-%d")
    target = path.with_name(f"{_ASIDE}{day}{_ENDING}")
    number = 1
    while any(file.exists() for file in (target, *_possible_side_files(target))):
        number += 1
        target = path.with_name(f"{_ASIDE}{day}-{number}{_ENDING}")
    # The database is renamed first. If its log can't be renamed, SQLite deletes the log when a new
    # database is made. In the other order, the database would stay without its last commits.
    for ending in ("", *SIDE_FILES):
        file = side_file(path, ending)
        if file.exists():
            file.rename(side_file(target, ending))
    return target


def backup_of(path: Path, version: int) -> Path:
    """Return the path of the copy that is made before a version is migrated."""
    return path.with_name(f"{_BACKUP}version-{version}{_ENDING}")


def copies(path: Path) -> list[Path]:
    """Return all files that may hold earlier data: backups and files that were set aside."""
    return [file for start in (_ASIDE, _BACKUP) for file in path.parent.glob(f"{start}*")]


def side_file(path: Path, ending: str) -> Path:
    """Return the path of SQLite's file with this ending beside the database."""
    return path.with_name(path.name + ending)


def with_side_files(path: Path) -> Iterator[Path]:
    """Yield the database, then each side file that exists."""
    yield path
    yield from (file for file in _possible_side_files(path) if file.exists())


def _possible_side_files(path: Path) -> list[Path]:
    return [side_file(path, ending) for ending in SIDE_FILES]


def _restrict(path: Path, mode: int) -> None:
    if not path.stat().st_mode & _OTHERS:
        return
    try:
        path.chmod(mode)
    except OSError as error:  # a file system without owners, as on a memory stick
        _log.info("%s can't be made private: %s", path.name, error.strerror)
