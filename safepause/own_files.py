# ruff: noqa: PTH100, PTH101, PTH102, PTH108, PTH110, PTH111, PTH112, PTH114, PTH116, PTH118, PTH120
"""What is SafePause's own on the disk: folders and files that nobody else uses.

Store, log, autostart and menu entries use these rules. A link, and a file with a second name,
belong to somebody else. So does a folder that others can write to. Only a folder that SafePause
made gets its mode from SafePause. This module imports nothing that takes time.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_SAFE_OPENING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Follow no link, and do not wait for the other end of a pipe."""
_PRIVATE, _FILE = 0o700, 0o600
_CHUNK = bytes(64 * 1024)


def make_folder(folder: str, mode: int = 0o755) -> None:
    """Make a folder and its missing parents. The owner alone can write there, whatever the umask.

    Raises:
        PermissionError: root would make it in the folder of a person.
        OSError: the folder can't be made.

    """
    _refuse_to_root(os.path.abspath(folder))
    if os.path.isdir(folder):
        return
    make_folder(os.path.dirname(os.path.abspath(folder)))
    try:
        os.mkdir(folder, mode)
    except FileExistsError:  # another process has made it, or a file is in the way
        if not os.path.isdir(folder):
            raise
    else:
        _give_to_owner(folder)


def _refuse_to_root(folder: str) -> None:
    """Return, unless root would make something in another person's folder.

    With `sudo -E` a command has the person's home. What root makes there stays root's, and shuts
    the person's own programs out.
    """
    if sys.platform != "win32" and os.geteuid() == 0:
        while not os.path.exists(folder):
            folder = os.path.dirname(folder)
        if os.stat(folder).st_uid != 0:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)


def _give_to_owner(folder: str) -> None:
    """Let the owner use a new folder. The umask may have taken that away."""
    mode = stat.S_IMODE(os.stat(folder).st_mode)
    if mode & _PRIVATE != _PRIVATE:
        os.chmod(folder, mode | _PRIVATE)


def give_new_file_to_owner(descriptor: int) -> None:
    """Give a file without content mode 0600, if the umask has taken the owner's own rights away."""
    found = os.fstat(descriptor)
    if sys.platform != "win32" and not found.st_size and found.st_mode & _FILE != _FILE:
        with suppress(PermissionError):  # a file system without modes, as on a memory stick
            os.fchmod(descriptor, _FILE)


def make_private_folder(folder: str) -> None:
    """Make a folder with mode 0700. A folder that is there already keeps its mode.

    Raises:
        PermissionError: others use the folder, too.
        OSError: the folder can't be made.

    """
    if not os.path.isdir(folder):
        make_folder(folder, _PRIVATE)
    refuse_shared(folder)


def refuse_shared(folder: str) -> None:
    """Return if SafePause may make a file in a folder.

    Raises:
        PermissionError: others use the folder, too.

    """
    if is_shared(folder):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)


def make_private_again(folder: str) -> None:
    """Give a folder that has SafePause's own name mode 0700. A link, or a shared folder, stays.

    Raises:
        OSError: the mode can't be changed.

    """
    found = os.lstat(folder)
    open_folder = stat.S_ISDIR(found.st_mode) and found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ours = _is_mine(found) and not found.st_mode & stat.S_ISVTX
    if open_folder and ours and not _is_of_person(found):
        os.chmod(folder, _PRIVATE)


def is_shared(folder: str) -> bool:
    """Tell whether a folder is not for SafePause alone. A missing folder is not shared.

    Shared are: a folder that others can write to or that has the sticky bit, such as /tmp; a folder
    of another user, or behind a link of another user; the person's home; the root of the disk.

    Raises:
        OSError: the disk does not say whether others can write to the folder: it is full, or can
            only be read.

    """
    return sys.platform != "win32" and _is_for_others(folder)


def _is_for_others(folder: str) -> bool:
    try:
        found, entry = os.stat(folder), os.lstat(folder)
    except OSError:
        return False
    if not _is_mine(found) or not (_is_mine(entry) or entry.st_uid == 0):
        return True
    if found.st_mode & stat.S_ISVTX or _is_of_person(found):
        return True
    return bool(found.st_mode & _OTHERS_WRITE) and _keeps_modes(folder)


def open_own(path: str, flags: int) -> int:
    """Open a file of SafePause and return its descriptor. A new file has mode 0600.

    Raises:
        OSError: the file can't be opened, or is not SafePause's own: a link, a file with a second
            name, a file of another user, no file at all, or a file in a shared folder.

    """
    refuse_shared(os.path.dirname(os.path.abspath(path)))
    descriptor = os.open(path, flags | _SAFE_OPENING, _FILE)
    code = _why_not_own(os.fstat(descriptor))
    if code:
        os.close(descriptor)
        raise OSError(code, os.strerror(code), path)
    if flags & os.O_CREAT:
        give_new_file_to_owner(descriptor)
    return descriptor


def end_of_link(path: str) -> str:
    """Return where a person's own link leads to. A path that is none, or a circle, stays.

    In a folder such as /tmp another user could choose by a link which file is written.
    """
    try:
        mine = _is_mine(os.lstat(path))
    except OSError:
        return path
    end = os.path.realpath(path)
    return end if mine and not os.path.islink(end) else path


def discard(path: str) -> None:
    """Overwrite a file of SafePause and delete it. This needs no free space on the disk.

    What is not SafePause's own stays: a folder, a link. Of a file with a second name only this name
    is deleted.

    Raises:
        OSError: the content can't be deleted.

    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        return
    gone = found.st_nlink == 1 and _overwrite(path)
    try:
        os.unlink(path)
    except OSError:
        if not gone:
            raise


def _overwrite(path: str) -> bool:
    """Overwrite a file with zeros. Where that fails, cut it to no length. Return whether it worked.

    A program that has mapped the file into its memory would be killed if the file was cut.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | _SAFE_OPENING)
    except OSError:
        return False
    try:
        return _fill_with_zeros(descriptor) or _cut(descriptor)
    finally:
        os.close(descriptor)


def _fill_with_zeros(descriptor: int) -> bool:
    left = os.fstat(descriptor).st_size
    try:
        while left > 0:
            left -= os.write(descriptor, _CHUNK[:left])
        os.fsync(descriptor)
    except OSError:  # some file systems need space even to overwrite
        return False
    return True


def _cut(descriptor: int) -> bool:
    try:
        os.ftruncate(descriptor, 0)
        os.fsync(descriptor)
    except OSError:
        return False
    return True


def _why_not_own(found: os.stat_result) -> int:
    """Return the code of the system's error for a file that is not SafePause's own, or 0."""
    if not stat.S_ISREG(found.st_mode):
        return errno.EINVAL
    if found.st_nlink > 1:
        return errno.EMLINK
    return 0 if _is_mine(found) else errno.EPERM


def _is_mine(found: os.stat_result) -> bool:
    return sys.platform == "win32" or found.st_uid == os.geteuid()


def _is_of_person(found: os.stat_result) -> bool:
    """Tell whether a folder is the person's home, or the root of the disk."""
    for place in (os.path.expanduser("~"), os.sep):
        with suppress(OSError):
            if os.path.samestat(found, os.stat(place)):
                return True
    return False


_KEEPS_MODES: dict[tuple[int, int], bool] = {}
"""What was found out about a folder, by its device and number. Who asks again makes no file."""


def _keeps_modes(folder: str) -> bool:
    """Tell whether the folder's file system has modes. A memory stick often shows 0777 for all.

    A file without content is tried, because a disk that is almost full still has a place for it.

    Raises:
        OSError: nobody can make a file there, as on a full disk.

    """
    found = os.stat(folder)
    place = found.st_dev, found.st_ino
    if place not in _KEEPS_MODES:
        _KEEPS_MODES[place] = _probe(folder)
    return _KEEPS_MODES[place]


def _probe(folder: str) -> bool:
    probe = os.path.join(folder, f".safepause-{os.getpid()}")
    try:
        descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE_OPENING, 0o600)
    except (PermissionError, FileExistsError):
        return True
    try:
        return not os.fstat(descriptor).st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    finally:
        os.close(descriptor)
        os.unlink(probe)
