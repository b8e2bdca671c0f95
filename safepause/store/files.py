"""The files around the database: their names, who may read them, and whose they are.

Whose a file is, is read from its first bytes, so that another program's file is never even opened
as a database. What is in the tables is none of this module's business.
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
""""SPau": marks a SQLite file as ours."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite may put beside a database, in the database's own file mode."""

_ENDING = ".sqlite3"
_ASIDE = "safepause-unreadable-"
_BACKUP = "safepause-backup-"
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_VERSION_AT = slice(60, 64)
_APPLICATION_ID_AT = slice(68, 72)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_log = logging.getLogger(__name__)


class Unopened(Exception):  # noqa: N818  -- says what happened, as a sentence would
    """The file at our path can't be our database; nothing was changed."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        """Tell which trouble it is, with the system's own word for it."""
        super().__init__(f"{trouble.value}: {detail}")
        self.trouble = trouble
        self.detail = detail


def make_private_folder(folder: Path) -> None:
    """Make the folder, and let only its owner in.

    Raises:
        OSError: it can't be made.

    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _restrict(folder, 0o700)


def make_private_file(path: Path) -> None:
    """Make the file, empty if it is new, readable by its owner alone, SQLite's side files too.

    Raises:
        OSError: it can't be made.

    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for file in with_side_files(path):
        _restrict(file, 0o600)


def examine(path: Path, newest: int) -> None:
    """Tell from a file's first bytes whether it can be our database. Nothing or empty is fine.

    Raises:
        Unopened: it is not ours, of a version above `newest`, no database, or no file.
        OSError: it can't be looked at.

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
    """Tell a text, which somebody wrote, from a database of ours that was damaged."""
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError as error:
        text = start[: error.start].decode("utf-8")
        if len(start) - error.start > 3:  # more than a character that was cut off  # noqa: PLR2004
            return False
    return all(char.isprintable() or char.isspace() for char in text)


def has_log(path: Path) -> bool:
    """Tell whether commits lie beside the database, as after a crash."""
    log = side_file(path, "-wal")
    return log.exists() and log.stat().st_size > 0


def set_aside(path: Path, clock: Clock) -> Path:
    """Rename a file, with SQLite's side files, to a free name with today's date; return the name.

    Raises:
        OSError: it can't be renamed.

    """
    day = clock.local(clock.now()).strftime("%Y-%m-%d")
    target = path.with_name(f"{_ASIDE}{day}{_ENDING}")
    number = 1
    while any(file.exists() for file in (target, *_possible_side_files(target))):
        number += 1
        target = path.with_name(f"{_ASIDE}{day}-{number}{_ENDING}")
    # The database first: if the rest can't follow, the new one must not meet an old log.
    for ending in ("", *SIDE_FILES):
        file = side_file(path, ending)
        if file.exists():
            file.rename(side_file(target, ending))
    return target


def backup_of(path: Path, version: int) -> Path:
    """Return where the copy of a version goes that is made before it is migrated."""
    return path.with_name(f"{_BACKUP}version-{version}{_ENDING}")


def copies(path: Path) -> list[Path]:
    """Return every file that may hold what the database once held: backups, files set aside."""
    return [file for start in (_ASIDE, _BACKUP) for file in path.parent.glob(f"{start}*")]


def side_file(path: Path, ending: str) -> Path:
    """Return the path of one of SQLite's files beside the database."""
    return path.with_name(path.name + ending)


def with_side_files(path: Path) -> Iterator[Path]:
    """Yield the database and those of its side files that exist."""
    yield path
    yield from (file for file in _possible_side_files(path) if file.exists())


def _possible_side_files(path: Path) -> list[Path]:
    return [side_file(path, ending) for ending in SIDE_FILES]


def _restrict(path: Path, mode: int) -> None:
    if not path.stat().st_mode & _OTHERS:
        return
    try:
        path.chmod(mode)
    except OSError as error:  # a file system without owners, such as a memory stick's
        _log.info("%s can't be made private: %s", path.name, error.strerror)
