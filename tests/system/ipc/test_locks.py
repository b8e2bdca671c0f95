"""The app holds several locks together. One of them can't be deleted."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.system import paths
from safepause.system.ipc.lock import Lock, Locks

if sys.platform == "linux":
    from safepause.client.launch import InstanceLock
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
