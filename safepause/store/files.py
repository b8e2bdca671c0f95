"""The names, modes and owners of the database's files.

The first bytes of a file tell whether the file is ours. So SQLite never opens a file of another
program. This module knows nothing of the tables.
"""

from __future__ import annotations

import logging
import os
import stat
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from safepause import own_files
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

PART = ".part"
"""The ending of a file that is not written to its end yet."""
PAGE_BYTES = 4096
"""The size of a page of our database. A bigger page was never used."""

ENDING = ".sqlite3"
ASIDE = "safepause-unreadable-"
BACKUP = "safepause-backup-"
FOREIGN = "not-of-safepause-"
_MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100
_PAGE_SIZE_AT = slice(16, 18)
_PAGE_SIZES = (1, *(2**power for power in range(9, 16)))
"""The page sizes that SQLite allows; 1 means 65,536. Damage seldom leads from one to another."""
_VERSION_AT = slice(60, 64)
_APPLICATION_ID_AT = slice(68, 72)
_TABLES = (b"CREATE TABLE pause", b"CREATE TABLE outcome", b"CREATE TABLE setting")
_MOST_VERSIONS_AHEAD = 99
"""A file whose version is further ahead than this is no newer file, but a damaged one."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_log = logging.getLogger(__name__)


class Unopened(Exception):  # noqa: N818  -- the name says what happened
    """The file at our path can't be opened as our database. The file is unchanged."""

    def __init__(self, trouble: Trouble, detail: str, path: Path | None = None) -> None:
        """Take the system's message, and the path if it is not the database's."""
        super().__init__(f"{trouble.value}: {detail}")
        self.trouble = trouble
        self.detail = detail
        self.path = path


def make_private_folder(folder: Path) -> None:
    """Make the folder. Let only its owner in. A folder that is there already keeps its mode.

    Raises:
        Unopened: others use the folder, too.
        OSError: the folder can't be made.

    """
    try:
        own_files.make_private_folder(str(folder))
    except PermissionError as error:
        if own_files.is_shared(str(folder)):
            raise Unopened(Trouble.SHARED, "others use the folder", folder) from error
        raise


def make_private_file(path: Path) -> None:
    """Make an empty file if there is none. Let only its owner read it and SQLite's side files.

    A file that has a second name, as some backup programs give it, is replaced by a copy.

    Raises:
        OSError: the file can't be made.

    """
    for file in with_side_files(path):
        if file.exists() and file.stat().st_nlink > 1:
            _take_own_copy(file)
    os.close(own_files.open_own(str(path), os.O_RDWR | os.O_CREAT))
    for file in with_side_files(path):
        _restrict(file, 0o600)


def _take_own_copy(file: Path) -> None:
    part = new_part(file)
    with os.fdopen(own_files.open_own(str(part), os.O_WRONLY | os.O_CREAT), "wb") as copy:
        copy.write(file.read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
    part.replace(file)


def examine(path: Path, newest: int) -> None:
    """Check from the first bytes that a file can be our database. It may be missing or empty.

    Raises:
        Unopened: the file is not ours, has a version above `newest`, is no database or no file, or
            there is no file at the path of a side file.
        OSError: the file can't be read.

    """
    for file in possible_side_files(path):
        _examine_kind(file)
    examine_file(path, newest)


def examine_file(path: Path, newest: int) -> None:
    """Check a file as `examine` does, without its side files."""
    _examine_kind(path)
    if path.exists():
        with path.open("rb") as opened:
            start = opened.read(PAGE_BYTES)
        if start:
            _examine_start(start, newest)


def _examine_kind(file: Path) -> None:
    if os.path.lexists(file) and not stat.S_ISREG(file.lstat().st_mode):
        raise Unopened(Trouble.IN_THE_WAY, "not a file", file)


def _examine_start(start: bytes, newest: int) -> None:
    if _is_text(start[:HEADER_BYTES]):
        raise Unopened(Trouble.FOREIGN, "a text file")
    if not is_ours(start):
        if len(start) >= HEADER_BYTES and start.startswith(_MAGIC):
            raise Unopened(Trouble.FOREIGN, "database of another program")
        raise Unopened(Trouble.UNREADABLE, "file is not a database")
    if not has_our_header(start):
        raise Unopened(Trouble.UNREADABLE, "the first bytes are damaged")
    ahead = int.from_bytes(start[_VERSION_AT], "big") - newest
    if ahead > 0:
        trouble = Trouble.NEWER if ahead <= _MOST_VERSIONS_AHEAD else Trouble.UNREADABLE
        raise Unopened(trouble, f"version {newest + ahead}, not {newest}")


def is_ours(start: bytes) -> bool:
    """Tell from its first page whether a file is our database, even if it is damaged."""
    mark = APPLICATION_ID.to_bytes(4, "big")
    return start[_APPLICATION_ID_AT] == mark or sum(table in start for table in _TABLES) > 1


def has_our_header(start: bytes) -> bool:
    """Tell whether the first bytes have SQLite's mark and ours."""
    mark = APPLICATION_ID.to_bytes(4, "big")
    return start.startswith(_MAGIC) and start[_APPLICATION_ID_AT] == mark


def has_other_pages(start: bytes) -> bool:
    """Tell whether a database has pages of another size, as another program can make them."""
    size = int.from_bytes(start[_PAGE_SIZE_AT], "big")
    return start.startswith(_MAGIC) and size in _PAGE_SIZES and size != PAGE_BYTES


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


def set_aside(path: Path, clock: Clock, prefix: str = ASIDE) -> Path:
    """Rename a file and its side files to a free name with today's date. Return the new path.

    Raises:
        OSError: the file can't be renamed.

    """
    day = clock.local(clock.now()).strftime("%Y-%m-%d")
    target = next(filter(_is_free, _numbered(path.with_name(f"{prefix}{day}{ENDING}"))))
    # The database is renamed first. If its log can't be renamed, SQLite deletes the log when a new
    # database is made. In the other order, the database would stay without its last commits.
    for ending in ("", *SIDE_FILES):
        file = side_file(path, ending)
        if os.path.lexists(file):
            file.rename(side_file(target, ending))
    return target


def backup_of(path: Path, version: int) -> Path:
    """Return the path of the copy that is made before a version is migrated."""
    target = path.with_name(f"{BACKUP}version-{version}{ENDING}")
    return next(name for name in _numbered(target) if is_file(name) or not os.path.lexists(name))


def new_part(path: Path) -> Path:
    """Return a free path for a file that gets the name `path` once it is written to its end."""
    return cleared(side_file(path, PART))


def cleared(path: Path) -> Path:
    """Return this path, or one with a number. Nothing is there: what was left there is deleted.

    A folder, a link and the like stay, and so does what can't be deleted.
    """
    return next(filter(_is_cleared, _numbered(path)))


def _is_cleared(path: Path) -> bool:
    """Delete what is ours at a path. Return whether nothing is left there."""
    with suppress(OSError):
        if all(is_file(file) or not os.path.lexists(file) for file in _with_all(path)):
            for file in _with_all(path):
                own_files.discard(str(file))
    return _is_free(path)


def _numbered(path: Path) -> Iterator[Path]:
    """Yield a path, and then the same path with the numbers from 2 on."""
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))


def _is_free(path: Path) -> bool:
    return not any(map(os.path.lexists, _with_all(path)))


def is_file(path: Path) -> bool:
    """Tell whether there is a file, and no link to one."""
    return path.is_file() and not path.is_symlink()


def _with_all(path: Path) -> list[Path]:
    return [path, *possible_side_files(path)]


def side_file(path: Path, ending: str) -> Path:
    """Return the path of SQLite's file with this ending beside the database."""
    return path.with_name(path.name + ending)


def with_side_files(path: Path) -> Iterator[Path]:
    """Yield the database, then each side file that exists."""
    yield path
    yield from (file for file in possible_side_files(path) if file.exists())


def possible_side_files(path: Path) -> list[Path]:
    """Return the paths that SQLite may use beside the database."""
    return [side_file(path, ending) for ending in SIDE_FILES]


def _restrict(path: Path, mode: int) -> None:
    if not path.stat().st_mode & _OTHERS:
        return
    try:
        path.chmod(mode)
    except OSError as error:  # a file system without owners, as on a memory stick
        _log.info("%s can't be made private: %s", path.name, error.strerror)
