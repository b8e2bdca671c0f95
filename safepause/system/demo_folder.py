"""The temporary folder of a demo. It is deleted at the demo's end.

A demo that was killed leaves its folder. So each start of SafePause, and each deletion of all data,
deletes the folders of demos that have ended. A running demo holds the instance lock of its folder.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from safepause.core.ports import NotKept
from safepause.system.ipc.lock import Lock
from safepause.system.paths import holder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "safepause-demo-"
LOCK = "lock"


def make() -> str:
    """Make a folder that only this person can read, and return its path.

    It is in the login session's folder, which the system deletes at the logout, if there is one.
    """
    return tempfile.mkdtemp(prefix=PREFIX, dir=next(_places()))


def sweep() -> None:
    """Delete the folders of demos that have ended.

    Raises:
        NotKept: a folder can't be deleted.

    """
    left = ""
    for place in _places():
        for folder in Path(place).glob(f"{PREFIX}*"):
            try:
                _delete_if_ended(folder)
            except OSError as error:
                left = error.strerror or str(error)
    if left:
        raise NotKept(left)


def _places() -> Iterator[str]:
    """Yield the folders in which a demo's folder may be, the preferred one first."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK | os.X_OK):
        yield runtime
    yield tempfile.gettempdir()


def _delete_if_ended(folder: Path) -> None:
    """Delete a demo's folder if it is this person's, and no process holds its lock.

    A folder without the lock's file holds nothing yet: its demo is about to start. A folder whose
    lock names no folder of data is a person's own, by whatever name.
    """
    found = folder.lstat()
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    if not mine or not stat.S_ISDIR(found.st_mode) or not holder_of(str(folder / LOCK)).folder:
        return
    lock = Lock(str(folder / LOCK))
    if lock.acquire():
        try:
            shutil.rmtree(folder)
        finally:
            lock.release()
