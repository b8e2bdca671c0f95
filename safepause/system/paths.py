# ruff: noqa: PTH100, PTH101, PTH103, PTH111, PTH112, PTH116, PTH117, PTH118
# pathlib takes too long to import for an instant command.
"""Where SafePause keeps its things: one folder for the data, the lock and the socket.

The instant command line imports this, so it takes nothing but `os` and `sys`; platformdirs is
imported only where its answer is needed. What is in the files is not known here.
"""

from __future__ import annotations

import os
import stat
import sys

NAME = "safepause"
VARIABLE = "SAFEPAUSE_HOME"
_PRIVATE = 0o700


def home() -> str:
    """Return the absolute path of the folder; it need not exist.

    `SAFEPAUSE_HOME` decides; else it is the user's data folder of this system.
    """
    given = os.environ.get(VARIABLE, "")
    return os.path.abspath(given) if given else _user_folder()


def database_path() -> str:
    """Return the path of the database."""
    return os.path.join(home(), "safepause.sqlite3")


def log_path() -> str:
    """Return the path of the log; an older one may stand beside it."""
    return os.path.join(home(), "safepause.log")


def lock_path() -> str:
    """Return the path of the lock that the running app holds; the file is never deleted."""
    return _meeting_place("lock")


def socket_path() -> str:
    """Return the path at which the running app listens."""
    return _meeting_place("socket")


def make_private_home() -> str:
    """Make the folder if need be, close it to other users, and return its path.

    A folder that serves other ends too keeps its mode: the person's own home, another user's,
    or one with the sticky bit, such as /tmp.

    Raises:
        OSError: the folder can't be made or closed.

    """
    folder = home()
    os.makedirs(folder, _PRIVATE, exist_ok=True)
    if sys.platform != "win32":
        found = os.stat(folder)
        ours = found.st_uid == os.getuid() and not found.st_mode & stat.S_ISVTX
        if ours and stat.S_IMODE(found.st_mode) != _PRIVATE and not _is_person_home(folder):
            os.chmod(folder, _PRIVATE)
    return folder


def _meeting_place(name: str) -> str:
    """Return where app and command line meet: the folder, or the session's if it is read-only."""
    folder = home()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.path.isdir(folder) and not os.access(folder, os.W_OK):
        return os.path.join(runtime, f"{NAME}-{os.stat(folder).st_ino}-{name}")
    return os.path.join(folder, name)


def _is_person_home(folder: str) -> bool:
    return os.path.realpath(folder) == os.path.realpath(os.path.expanduser("~"))


def _user_folder() -> str:
    if sys.platform != "linux":
        from platformdirs import user_data_dir  # some 10 ms that Linux need not spend

        return user_data_dir(NAME, appauthor=False)
    data = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):  # the specification: a relative one is to be ignored
        data = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(data, NAME)
