"""Writes files whole or not at all. A reader sees the old content or the new, never a part."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from safepause import own_files

EVERYBODY_READS, OWNER_READS = 0o644, 0o600
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""The system's errors where a file system has no hard links."""


def write_whole(
    path: Path, content: bytes, mode: int = EVERYBODY_READS, *, replace: bool = True
) -> None:
    """Write `content` to the file at `path`, which gets `mode`. Its folder must exist.

    The content is on the disk before the file gets its name. With `replace=False` a file that
    exists already stays as it is, even if another program makes it at the same moment.

    Raises:
        FileExistsError: there is a file already, and `replace` is false.
        OSError: the file can't be written, or `path` is a folder or a device. What was at `path`
            is unchanged.

    """
    _refuse_other_kinds(path)
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        if replace:
            new.replace(path)
        else:
            _take_free_name(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def write_through_link(
    path: Path, content: bytes, mode: int = EVERYBODY_READS, *, replace: bool = True
) -> None:
    """Write a file that a person has chosen, as `write_whole` does. The person's own link stays.

    Raises:
        FileExistsError, OSError: as `write_whole`.

    """
    end = Path(own_files.end_of_link(str(path))) if replace else path
    write_whole(end, content, mode, replace=replace)


def _refuse_other_kinds(path: Path) -> None:
    """Refuse a folder or a device, which a rename would fail on or destroy, by its own error."""
    if path.exists() and not path.is_file():
        code = errno.EISDIR if path.is_dir() else errno.EINVAL
        raise OSError(code, os.strerror(code), str(path))


def _take_free_name(new: Path, path: Path) -> None:
    """Give `new` the name `path`, unless there is such a file. Either all is done or nothing.

    A hard link takes a free name in one step. Not every file system has hard links. There, an empty
    file reserves the name first.
    """
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
    else:
        with suppress(OSError):  # the file has its name: a second name does not undo that
            new.unlink()
        return
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_READS))
    try:
        new.replace(path)
    except BaseException:
        with suppress(OSError):  # the error that came first says why
            path.unlink()
        raise
