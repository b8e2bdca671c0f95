# ruff: noqa: PTH100, PTH111, PTH112, PTH116, PTH117, PTH118, PTH120, PTH123
# pathlib takes too long to import for an instant command.
"""The paths of SafePause's files, and where commands meet the running app.

One folder has the data and the log. Lock and socket are in the login session's runtime folder.

Every command imports this module, so it imports nothing that takes time.
"""

from __future__ import annotations

import os
import stat
import sys

from safepause import own_files

if sys.platform != "linux":
    from platformdirs import user_data_dir  # takes 10 ms, and Linux does not need it

TYPE_CHECKING = False  # the module typing takes too long to import
if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "safepause"
STOPPED, WAITS_FOR_DISK = "T", "D"
"""The states of a process that a signal has stopped, and of one that a disk keeps waiting."""
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


def meeting_place() -> str:
    """Return the folder in which commands meet the app. It need not exist.

    It is in the runtime folder of the login session, whatever folder a program has for its data. So
    a person has one app. `SAFEPAUSE_HOME` has everything in one folder, and an app of its own.
    """
    folder = home()
    if sys.platform == "linux" and not os.environ.get(VARIABLE):
        folder = _session_folder(folder)
    return folder


def lock_paths() -> list[str]:
    """Return the paths of the locks that the running app holds. The files are never deleted.

    One is in the meeting place. One is beside the data, as two apps must not share their data.
    """
    return [os.path.join(folder, "lock") for folder in dict.fromkeys((meeting_place(), home()))]


def socket_path() -> str:
    """Return the path at which the running app listens."""
    return os.path.join(meeting_place(), "socket")


def addresses() -> Iterator[str]:
    """Yield the addresses at which an app may listen, the usual one first.

    Until version 0.2 the socket was beside the data. An app with the same data may have another
    meeting place: another runtime folder was set, or only one of the two names the data's folder in
    `SAFEPAUSE_HOME`. Its lock beside the data tells where.
    """
    yield socket_path()
    name = abstract_name("socket")
    if name:
        yield name
    if meeting_place() != home():
        yield os.path.join(home(), "socket")
    place = holder_of(os.path.join(home(), "lock")).place
    if place not in {"", meeting_place()}:
        yield os.path.join(place, "socket")


def abstract_name(kind: str) -> str:
    """Return a name of Linux that needs no file, for the lock or the socket of the meeting place.

    Nobody can delete it, and it works where a folder can't hold sockets. It is made of the nearest
    folder above the meeting place. So it is the same if the meeting place is deleted and made
    again. It is empty if there can be no such name.
    """
    name = ""
    if sys.platform == "linux":
        name = _linux_name(kind)
    return name


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


def make_meeting_place() -> None:
    """Make the meeting place, for the person alone.

    Raises:
        OSError: it can't be made.

    """
    folder = meeting_place()
    if folder == home():
        make_private_home()
    else:
        own_files.make_private_folder(folder)


def home_of_app() -> str:
    """Return the folder with the data of the running app; without one, of this program."""
    return holder().folder or home()


def holder() -> Holder:
    """Return the process that holds a lock of the app now, as far as a lock file tells."""
    for path in lock_paths():
        found = holder_of(path)
        if found.state:
            return found
    return Holder()


class Holder:
    """What a lock file tells of the process that has taken it last."""

    def __init__(
        self, process: int = 0, folder: str = "", place: str = "", *, inode: int = 0
    ) -> None:
        """Take the number of the process, the folder of its data, and its meeting place.

        What the file does not say is 0 or empty. `inode` is the number of the file itself.
        """
        self.process = process
        self.folder = folder
        self.place = place
        self._inode = inode

    @property
    def state(self) -> str:
        """The state of the process, such as "S".

        It is empty if the process does not hold the lock now: it has ended, and another program may
        have its number. It is also empty where nobody can say.
        """
        return state_of(self.process) if _holds_lock(self.process, self._inode) else ""


def state_of(process: int) -> str:
    """Return the state of a process, such as "S"; empty if it has ended, or nobody can say."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(") ")[2][:1]
    except OSError:
        return ""


def holder_of(path: str) -> Holder:
    """Return what a lock file tells of its holder."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            process, *folders = file.read().split("\n")
            inode = os.fstat(file.fileno()).st_ino
    except OSError:
        return Holder()
    known = process.isascii() and process.isdecimal()
    return Holder(int(process), *folders[:2], inode=inode) if known else Holder()


def _holds_lock(process: int, inode: int) -> bool:
    """Tell whether Linux lists a lock of the process on the file with this number.

    The device is left out: some file systems show another one to programs.
    """
    try:
        with open("/proc/locks", encoding="ascii") as file:
            locks = [line.split() for line in file]
    except OSError:
        return False
    ours = ["FLOCK", str(process)]
    return any(
        lock[1:2] + lock[4:5] == ours and lock[5].rpartition(":")[2] == str(inode)
        for lock in locks
        if len(lock) > 5  # noqa: PLR2004  -- the columns of Linux
    )


def _user_folder() -> str:
    if sys.platform == "linux":
        data = os.environ.get("XDG_DATA_HOME", "")
        if not os.path.isabs(data):  # the specification says to ignore a relative path
            data = os.path.join(os.path.expanduser("~"), ".local", "share")
        folder = os.path.join(data, NAME)
    else:
        folder = user_data_dir(NAME, appauthor=False)
    return folder


if sys.platform == "linux":

    def _session_folder(data: str) -> str:
        """Return the meeting place of the login session. `data` is the last choice."""
        user = os.getuid()
        for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{user}"):
            if _is_private(folder):
                sandbox = os.environ.get("FLATPAK_ID", "")  # its programs share this folder alone
                return os.path.join(folder, *(("app", sandbox) if sandbox else ()), NAME)
        temporary = f"/tmp/{NAME}-{user}"  # noqa: S108  -- it is used only if it is private
        return temporary if not os.path.lexists(temporary) or _is_private(temporary) else data

    def _linux_name(kind: str) -> str:
        place = os.path.realpath(meeting_place())
        above = os.path.dirname(place)
        while not os.path.lexists(above):  # the place may be where nothing can be made
            above = os.path.dirname(above)
        try:
            found = os.stat(above)
        except OSError:
            return ""
        name = os.path.relpath(place, above)
        # The whole name has room for 107 bytes. Of a long name, the end is enough.
        end = os.fsencode(name)[-40:].hex()[-40:] if not name.isascii() else name[-40:]
        return f"\0{NAME}-{os.getuid()}-{found.st_dev:x}-{found.st_ino:x}-{end}-{kind}"

    def _is_private(folder: str) -> bool:
        """Tell whether a folder exists, and only this person can make files there."""
        if not os.path.isabs(folder):
            return False
        try:
            found = os.lstat(folder)
        except OSError:
            return False
        others = stat.S_IWGRP | stat.S_IWOTH
        return (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == os.getuid()
            and not found.st_mode & others
            and os.access(folder, os.W_OK)
        )
