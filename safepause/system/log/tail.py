"""Reads the end of the log file, deletes its content, and says whether a log can be written.

The command line uses this module while no app runs. It writes no line to the log.
"""

from __future__ import annotations

import errno
import os

from safepause import own_files
from safepause.core.capability import Capability, CapabilityKey, LogTail
from safepause.core.ports import NotKept
from safepause.i18n.language import _

LINES = 20
"""The number of lines that `tail` returns."""
OLDER = ".1"
"""The ending of the older file's name."""
_TAIL_BYTES = 16 * 1024
_NO_LOG = {errno.ENOENT, errno.ELOOP, errno.ENXIO, errno.EINVAL, errno.EISDIR}
"""The system's errors for a path where nothing is, or a link, a pipe, a device, a folder."""


def tail(path: str, count: int = LINES) -> LogTail:
    """Return the last lines of the log, or none if there is no log."""
    try:
        with open(own_files.open_own(path, os.O_RDONLY), "rb") as file:  # noqa: PTH123
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL_BYTES))
            end = file.read(_TAIL_BYTES)
    except OSError:
        return LogTail(path, ())
    return LogTail(path, tuple(end.decode("utf-8", "replace").splitlines()[-count:]))


def clear(path: str) -> None:
    """Empty the log, which a running app may have open, and delete the older file.

    What is not SafePause's own stays: no log is written to a link. A file with a second name loses
    only the name of the log.

    Raises:
        NotKept: a file can't be emptied or deleted.

    """
    try:
        _empty(path)
        own_files.discard(path + OLDER)
    except OSError as error:
        raise NotKept(error.strerror or str(error)) from error


def _empty(path: str) -> None:
    try:
        descriptor = own_files.open_own(path, os.O_WRONLY)
    except OSError as error:
        if error.errno == errno.EMLINK:
            own_files.discard(path)
        elif error.errno not in _NO_LOG:
            raise
        return
    try:
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def capability(path: str) -> Capability:
    """Return whether a log can be written at `path`, without writing one."""
    return capability_of(path, _trouble(path))


def _trouble(path: str) -> str:
    folder = os.path.dirname(path)  # noqa: PTH120  -- as paths.py
    try:
        os.close(own_files.open_own(path, os.O_WRONLY))
    except FileNotFoundError:
        return "" if os.access(folder, os.W_OK) else os.strerror(errno.EACCES)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def capability_of(path: str, trouble: str) -> Capability:
    """Return the log's capability. `trouble` is why it can't be written, or an empty text."""
    if not trouble:
        return Capability(
            CapabilityKey.LOG, available=True, why=_("Written to {file}.").format(file=path)
        )
    why = _("The log can't be written. ({detail})").format(detail=trouble)
    advice = _("Start SafePause in a terminal to see its messages.")
    return Capability(CapabilityKey.LOG, available=False, why=why, advice=advice)
