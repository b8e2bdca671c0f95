"""Reads the end of the log file, deletes its content, and says whether a log can be written.

The command line uses this module while no app runs. It writes no line to the log.
"""

from __future__ import annotations

import contextlib
import errno
import os

from safepause.core.capability import Capability, CapabilityKey, LogTail
from safepause.core.ports import NotKept
from safepause.i18n.language import _

LINES = 20
"""The number of lines that `tail` returns."""
OLDER = ".1"
"""The ending of the older file's name."""
_TAIL_BYTES = 16 * 1024


def tail(path: str, count: int = LINES) -> LogTail:
    """Return the last lines of the log, or none if there is no log."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  -- as paths.py
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL_BYTES))
            end = file.read(_TAIL_BYTES)
    except OSError:
        return LogTail(path, ())
    return LogTail(path, tuple(end.decode("utf-8", "replace").splitlines()[-count:]))


def clear(path: str) -> None:
    """Empty the log, which a running app may have open, and delete the older file.

    Raises:
        NotKept: a file can't be emptied or deleted.

    """
    try:
        for name in (path + OLDER, path):
            with contextlib.suppress(FileNotFoundError):
                os.truncate(name, 0)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path + OLDER)  # noqa: PTH108  -- as paths.py
    except OSError as error:
        raise NotKept(error.strerror or str(error)) from error


def capability(path: str) -> Capability:
    """Return whether a log can be written at `path`, without writing one."""
    exists = os.path.exists(path)  # noqa: PTH110  -- as paths.py
    place = path if exists else os.path.dirname(path)  # noqa: PTH120  -- as paths.py
    writable = os.access(place, os.W_OK)
    return capability_of(path, "" if writable else os.strerror(errno.EACCES))


def capability_of(path: str, trouble: str) -> Capability:
    """Return the log's capability. `trouble` is why it can't be written, or an empty text."""
    if not trouble:
        return Capability(
            CapabilityKey.LOG, available=True, why=_("Written to {file}.").format(file=path)
        )
    why = _("The log can't be written. ({detail})").format(detail=trouble)
    advice = _("Start SafePause in a terminal to see its messages.")
    return Capability(CapabilityKey.LOG, available=False, why=why, advice=advice)
