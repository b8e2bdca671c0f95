"""Deletes the database and all its copies, so that no trace is left. This needs no free space.

The files are overwritten, emptied and deleted. So it works on a full disk, and while another
program reads the database.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause import own_files
from safepause.core.ports import NotAllForgotten
from safepause.store import files

if TYPE_CHECKING:
    from pathlib import Path

_FORGOTTEN = "safepause-forgotten"


def copies(path: Path) -> list[Path]:
    """Return all files that may hold earlier data: backups, files that were set aside, parts."""
    starts = (files.ASIDE, files.BACKUP, _FORGOTTEN, f"{path.name}*{files.PART}")
    return [file for start in starts for file in path.parent.glob(f"{start}*")]


def forget(path: Path) -> None:
    """Delete the database, its side files and all copies. This needs no free space on the disk.

    The first step decides: once the database has another name, the next start finishes the rest.

    Raises:
        NotAllForgotten: the database is deleted, but a copy is not.
        OSError: nothing was deleted.

    """
    gone = path.with_name(f"{_FORGOTTEN}{files.ENDING}")
    own_files.discard(str(gone))
    if path.exists():
        path.rename(gone)
    left: dict[str, str] = {}
    index = files.side_file(path, "-shm")
    for file in (gone, *files.possible_side_files(path), *copies(path)):
        try:
            if file == index and file.is_file():  # it has no data, and another program may use it
                file.unlink()
            else:
                own_files.discard(str(file))
        except OSError as error:
            left[file.name] = error.strerror or str(error)
    if left:
        raise NotAllForgotten(next(iter(left.values())), tuple(left))


def finish_forgetting(path: Path) -> None:
    """Delete what a program that ended while it was forgetting has left."""
    for file in path.parent.glob(f"{_FORGOTTEN}*"):
        with suppress(OSError):
            own_files.discard(str(file))
