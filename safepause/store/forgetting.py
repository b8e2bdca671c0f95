"""Deletes the database and all its copies, so that no trace is left. This needs no free space.

The files are overwritten, emptied and deleted. So it works on a full disk, and while another
program reads the database. Only the keys of requests go on, in a new database.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from safepause import own_files
from safepause.core.ports import NotAllForgotten
from safepause.store import files
from safepause.store.request_table import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_FORGOTTEN = "safepause-forgotten"
_NUMBER, _SIDE_FILE = r"(-\d+)?", "(-wal|-shm|-journal)?"
_COPY = re.compile(
    rf"(({files.ASIDE}\d+-\d+-\d+|{files.BACKUP}version-\d+){_NUMBER}{re.escape(files.ENDING)}"
    rf"|{re.escape(files.NAME)}){_SIDE_FILE}({_NUMBER}{re.escape(files.PART)})?{_SIDE_FILE}"
)
_UNFINISHED = re.compile(rf"{_FORGOTTEN}{_NUMBER}{re.escape(files.ENDING)}{_SIDE_FILE}")


def copies(path: Path) -> list[Path]:
    """Return all files that may hold earlier data: backups, files that were set aside, parts.

    A person's own file may begin with the same words, and is none of them.
    """
    own = {path.name, *(file.name for file in files.possible_side_files(path))}
    return [file for file in _named(path, _COPY) if file.name not in own] + _unfinished(path)


def _unfinished(path: Path) -> list[Path]:
    """Return the files of databases whose deletion is not finished."""
    return _named(path, _UNFINISHED)


def _named(path: Path, name: re.Pattern[str]) -> list[Path]:
    return sorted(file for file in path.parent.glob("*") if name.fullmatch(file.name))


def forget(path: Path, renew: Callable[[], None]) -> None:
    """Delete the database, its side files and all copies. This needs no free space on the disk.

    The first step decides: once the database has another name, the next start finishes the rest.
    What is no file, and has the name of one, stays.
    `renew` then opens a new database, if that is possible.

    Raises:
        NotAllForgotten: the database is deleted, but a copy is not.
        OSError: nothing was deleted.

    """
    gone = files.cleared(path.with_name(f"{_FORGOTTEN}{files.ENDING}"))
    if files.is_file(path) or not os.path.lexists(path):
        with suppress(FileNotFoundError):
            path.rename(gone)
    left = _take_side_files(path, gone)
    renew()
    left |= _discard(copies(path))
    if left:
        raise NotAllForgotten(next(iter(left.values())), tuple(left))


def forgotten_keys(path: Path) -> list[bytes] | None:
    """Return the keys of requests in databases whose deletion is not finished; None without one."""
    found = [file for file in _unfinished(path) if file.suffix == files.ENDING]
    gone = [file for file in found if files.is_file(file)]
    return [key for file in gone for key in keys_of(file)] if gone else None


def finish_forgetting(path: Path) -> None:
    """Delete what a program that is forgetting, or was ended meanwhile, has left."""
    _discard(_unfinished(path))


def _take_side_files(path: Path, gone: Path) -> dict[str, str]:
    """Give the side files the database's new name. Return those that stay, and why."""
    left: dict[str, str] = {}
    for ending in files.SIDE_FILES:
        file = files.side_file(path, ending)
        if files.is_file(file):
            try:
                if ending == "-shm":  # it has no data, and another program may use it
                    file.unlink()
                else:
                    file.rename(files.side_file(gone, ending))
            except OSError as error:
                left[file.name] = error.strerror or str(error)
    return left


def _discard(found: Iterable[Path]) -> dict[str, str]:
    """Delete files. Return those that stay, and why."""
    left: dict[str, str] = {}
    for file in found:
        try:
            own_files.discard(str(file))
        except OSError as error:
            left[file.name] = error.strerror or str(error)
    return left
