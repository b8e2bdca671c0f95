# ruff: noqa: PTH100, PTH111, PTH112, PTH116, PTH117, PTH118
# pathlib takes too long to import for an instant command.
"""The paths of SafePause's files: one folder for the data, the log, the lock and the socket.

Every command imports this module, so it imports nothing that takes time.
"""

from __future__ import annotations

import os
import sys

from safepause import own_files

if sys.platform != "linux":
    from platformdirs import user_data_dir  # takes 10 ms, and Linux does not need it

NAME = "safepause"
VARIABLE = "SAFEPAUSE_HOME"


def home() -> str:
    """Return the absolute path of the folder, which need not exist.

    `SAFEPAUSE_HOME` names it. The default is the system's folder for a person's data.
    """
    given = os.environ.get(VARIABLE, "")
    return os.path.abspath(given) if given else _user_folder()


def log_path() -> str:
    """Return the path of the log. An older log may be beside it."""
    return os.path.join(home(), "safepause.log")


def lock_path() -> str:
    """Return the path of the lock that the running app holds. The file is never deleted."""
    return _shared_path("lock")


def socket_path() -> str:
    """Return the path at which the running app listens."""
    return _shared_path("socket")


def make_private_home() -> str:
    """Make the folder if it is missing, for the person alone, and return its path.

    The system's own folder for SafePause gets mode 0700 again, if it has another one. A folder that
    `SAFEPAUSE_HOME` names keeps its mode.

    Raises:
        OSError: the folder can't be made, or others use it, too.

    """
    folder = home()
    if not os.environ.get(VARIABLE) and os.path.isdir(folder):
        own_files.make_private_again(folder)
    own_files.make_private_folder(folder)
    return folder


def _shared_path(name: str) -> str:
    """Return a path that app and command line share: in the folder, or in the runtime folder.

    The runtime folder of the login session is used if the folder itself is read-only.
    """
    folder = home()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.path.isdir(folder) and not os.access(folder, os.W_OK):
        return os.path.join(runtime, f"{NAME}-{os.stat(folder).st_ino}-{name}")
    return os.path.join(folder, name)


def _user_folder() -> str:
    if sys.platform == "linux":
        data = os.environ.get("XDG_DATA_HOME", "")
        if not os.path.isabs(data):  # the specification says to ignore a relative path
            data = os.path.join(os.path.expanduser("~"), ".local", "share")
        folder = os.path.join(data, NAME)
    else:
        folder = user_data_dir(NAME, appauthor=False)
    return folder
