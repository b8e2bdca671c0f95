"""The app holds several locks together. One of them can't be deleted."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.system import paths
from safepause.system.ipc.lock import Lock, Locks, LostLocks

if sys.platform == "linux":
    from safepause.client.launch import InstanceLock, holder
    from safepause.system.ipc.name_lock import NameLock

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has names without a file"
)
NAME = f"\0safepause-test-{os.getpid()}"


def test_a_name_is_held_by_one_process() -> None:
    """The next process gets it after a release."""
    first, second = NameLock(NAME), NameLock(NAME)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    second.release()


def test_a_name_that_another_person_has_taken_locks_nobody_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither does a name at which nobody listens, which can't be asked whose it is."""
    for listening in (True, False):
        with socket.socket(socket.AF_UNIX) as taken:
            taken.bind(NAME)
            lock = NameLock(NAME)
            if listening:
                taken.listen()
                assert not lock.acquire()
                monkeypatch.setattr("os.getuid", lambda: 54321)
            assert lock.acquire()
            lock.release()


def test_who_has_not_all_locks_has_none(tmp_path: Path) -> None:
    """A lock that was taken before the one that is held is free again."""
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    held = Lock(other)
    assert held.acquire()
    assert not Locks([Lock(one), Lock(other)]).acquire()
    assert Lock(one).acquire()
    held.release()


def test_a_lock_that_cannot_be_made_is_left_out(tmp_path: Path) -> None:
    """The others count. Without any lock, there is an error."""
    missing = str(tmp_path / "none" / "lock")
    locks = Locks([Lock(missing), Lock(str(tmp_path / "lock"))])
    assert locks.acquire()
    assert not Locks([Lock(missing), Lock(str(tmp_path / "lock"))]).acquire()
    locks.release()
    with pytest.raises(FileNotFoundError):
        Locks([Lock(missing)]).acquire()


def test_a_lock_file_tells_its_holder(tmp_path: Path) -> None:
    """The file has the process, its data and its meeting place. Otherwise nothing is known."""
    path = str(tmp_path / "lock")
    lock = Locks([Lock(path)])
    for known in (False, True):
        if known:
            lock.acquire()
        holder = paths.holder_of(path)
        assert holder.process == (os.getpid() if known else 0)
        assert holder.folder == (paths.home() if known else "")
        assert holder.place == (paths.meeting_place() if known else "")
        assert holder.state in ({"R", "S"} if known else {""})
    lock.release()
    Path(path).write_text("nonsense")
    assert paths.holder_of(path).process == 0


def test_a_name_tells_its_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system knows the process, without a file. Another person's process counts for nobody."""
    lock = NameLock(NAME)
    assert lock.holder() == 0
    assert lock.acquire()
    assert lock.holder() == os.getpid()
    monkeypatch.setattr("os.getuid", lambda: 54321)
    assert lock.holder() == 0
    lock.release()


def test_who_gets_no_other_lock_signs_none(tmp_path: Path) -> None:
    """The first lock file keeps what the last holder has written."""
    one, other = tmp_path / "one", str(tmp_path / "other")
    one.write_text("123\n/old")
    held = Lock(other)
    assert held.acquire()
    assert not Locks([Lock(str(one)), Lock(other)]).acquire()
    assert one.read_text() == "123\n/old"
    held.release()


def test_a_process_that_holds_no_lock_is_no_holder(tmp_path: Path) -> None:
    """A running program may have the number of an app that has ended, and other locks."""
    path, other = tmp_path / "lock", Lock(str(tmp_path / "other"))
    path.write_text(f"{os.getpid()}\n/old\n/place")
    assert other.acquire()
    assert paths.holder_of(str(path)).state == ""
    lock = Lock(str(path))
    assert lock.acquire()
    assert paths.holder_of(str(path)).state in {"R", "S"}
    lock.release()
    other.release()
    assert paths.holder_of(str(path)).state == ""


def test_the_holder_is_known_without_lock_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If they are deleted, the name tells the process."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "home"))
    assert holder() == (0, "")
    lock = InstanceLock()
    assert lock.acquire()
    for _time in range(2):
        process, state = holder()
        assert (process, bool(state)) == (os.getpid(), True)
        (tmp_path / "home" / "lock").unlink(missing_ok=True)
    lock.close()
    assert holder() == (0, "")


def test_a_deleted_lock_file_is_taken_again(tmp_path: Path) -> None:
    """The new file is held and signed. A lock that stands, or was never there, is left as it is."""
    path, never = tmp_path / "lock", tmp_path / "never"
    lock = Locks([Lock(str(path))])
    assert lock.acquire()
    lost = LostLocks([str(path), str(never)])
    lost.take()
    assert not lost.is_missing()
    path.unlink()
    assert lost.is_missing()
    lost.take()
    assert paths.holder_of(str(path)).process == os.getpid()
    assert not Lock(str(path)).acquire()
    lost.release()
    assert Lock(str(path)).acquire()
    assert not never.exists()
    lock.release()


def test_a_lock_in_a_shared_folder_is_refused(tmp_path: Path) -> None:
    """No file is made there."""
    tmp_path.chmod(0o1777)
    with pytest.raises(PermissionError):
        Lock(str(tmp_path / "lock")).acquire()
    assert list(tmp_path.iterdir()) == []


def shared(folder: Path) -> Path:
    """Return a folder such as /tmp."""
    folder.chmod(0o1777)
    return folder


def behind_a_file(folder: Path) -> Path:
    """Return a folder that can't be made."""
    (folder / "file").touch()
    return folder / "file" / "a" / "home"


@pytest.mark.parametrize("make", [shared, behind_a_file])
def test_without_a_folder_one_process_has_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path]
) -> None:
    """The name alone is the lock, and the system's message is kept."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(make(tmp_path)))
    first, second = InstanceLock(), InstanceLock()
    assert first.acquire()
    assert not second.acquire()
    assert first.detail in {"Permission denied", "Not a directory", "File exists"}
    first.close()
    assert second.acquire()
    second.close()


def nothing(_home: Path) -> None:
    """Delete nothing."""


def lock_file(home: Path) -> None:
    """Delete the lock file."""
    (home / "lock").unlink()


def folder(home: Path) -> None:
    """Delete the whole folder."""
    lock_file(home)
    home.rmdir()


@pytest.mark.parametrize("delete", [nothing, lock_file, folder])
def test_a_second_app_gets_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delete: Callable[[Path], None]
) -> None:
    """A deleted lock file, or a deleted folder, makes no difference."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "home"))
    first, second = InstanceLock(), InstanceLock()
    assert first.acquire()
    delete(tmp_path / "home")
    assert not second.acquire()
    first.close()
    assert second.acquire()
    second.close()


def test_programs_with_other_data_folders_share_one_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So do programs with one folder of data in two sessions. Two folders of everything do not."""
    monkeypatch.delenv("SAFEPAUSE_HOME", raising=False)
    first = _lock_of(monkeypatch, tmp_path / "run", tmp_path / "one")
    assert first.acquire()
    assert not _lock_of(monkeypatch, tmp_path / "run", tmp_path / "other").acquire()
    assert not _lock_of(monkeypatch, tmp_path / "run2", tmp_path / "one").acquire()
    apart = _lock_of(monkeypatch, tmp_path / "run2", tmp_path / "other")
    assert apart.acquire()
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "portable"))
    portable = InstanceLock()
    assert portable.acquire()
    assert {Path(path).parent for path in paths.lock_paths()} == {tmp_path / "portable"}
    for lock in (first, apart, portable):
        lock.close()


def _lock_of(monkeypatch: pytest.MonkeyPatch, runtime: Path, data: Path) -> InstanceLock:
    runtime.mkdir(mode=0o700, exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    return InstanceLock()
