"""Sets a database of ours aside, and deletes the caller's name from it.

What can be known as an outcome or a setting stays in the file, for a person who wants to read it.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from safepause import own_files
from safepause.store import files, log_frames
from safepause.store.files import PAGE_BYTES
from safepause.store.salvage import PAUSE_PAGE, TABLE_LEAF

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from safepause.core.clock import Clock

_log = logging.getLogger(__name__)


def set_aside(path: Path, clock: Clock, *, known: bool) -> tuple[Path, bool]:
    """Rename our database. Return its new path, and whether no caller's name is left in it.

    `known` says that the file is our database, though its first page does not.

    Raises:
        OSError: the file can't be renamed.

    """
    aside = files.set_aside(path, clock)
    try:
        return aside, _strip(aside, known=known)
    except OSError as error:
        _log.warning("The caller can't be deleted from %s: %s", aside.name, error.strerror)
        return aside, False


def _strip(path: Path, *, known: bool) -> bool:
    """Overwrite the pause. Return whether its name is gone.

    What can't be known as our database stays as it is.

    Raises:
        OSError: the file can't be written.

    """
    with _opened(path) as file:
        content = file.read()
        begins = files.is_ours(content[:PAGE_BYTES])
        if not (begins or known) or files.has_other_pages(content):
            return False
        starts = range(PAGE_BYTES if begins else 0, len(content), PAGE_BYTES)
        _blank(file, [at for at in starts if _may_have_pause(at // PAGE_BYTES + 1, content[at])])
    log = files.side_file(path, "-wal")
    if log.exists():
        with _opened(log) as file:
            content = file.read()
            pages = [frame for frame in log_frames.frames(content) if frame.page > 1]
            found = [each.at for each in pages if _may_have_pause(each.page, content[each.at])]
            _blank(file, found)
    return True


def _may_have_pause(page: int, kind: int) -> bool:
    """Tell whether a page may have the pause: its own page, or one that pages were mixed up with.

    Outcomes and settings are in pages of another kind.
    """
    return page == PAUSE_PAGE or kind == TABLE_LEAF


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(own_files.open_own(str(path), os.O_RDWR), "r+b")


def _blank(file: BinaryIO, offsets: Iterable[int]) -> None:
    """Overwrite pages. The last page may be cut short."""
    end = file.seek(0, os.SEEK_END)
    for offset in offsets:
        file.seek(offset)
        file.write(bytes(min(PAGE_BYTES, end - offset)))
    file.flush()
    os.fsync(file.fileno())
