"""The instance lock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from safepause.system.ipc import lock
from safepause.system.ipc.lock import Lock

HOLDER = """
import sys
from safepause.system.ipc.lock import Lock
print(Lock(sys.argv[1]).acquire(), flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_by_one_process(tmp_path: Path) -> None:
    """Another process gets the lock only when its holder has ended, even by kill -9."""
    path = str(tmp_path / "lock")
    with subprocess.Popen(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", HOLDER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = Lock(path)
        assert not lock.acquire()
        holder.kill()
        holder.wait()
        assert lock.acquire()
        assert lock.acquire()
        lock.release()
    assert Path(path).exists()


def test_a_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    """A second release is harmless, the next process gets the lock, and the file has mode 0600."""
    first, second = Lock(str(tmp_path / "lock")), Lock(str(tmp_path / "lock"))
    assert first.acquire()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    second.release()
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A lock that can't be opened is an error, and not taken for a lock that is held."""
    with pytest.raises(FileNotFoundError):
        Lock(str(tmp_path / "none" / "lock")).acquire()


def test_a_file_system_without_locks_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's error is raised, and no file stays open."""

    def no_locks(_file: int) -> bool:
        raise OSError("no locks available")

    monkeypatch.setattr(lock, "_lock", no_locks)
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  -- names are enough
    with pytest.raises(OSError, match="no locks"):
        Lock(str(tmp_path / "lock")).acquire()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_another_file_of_the_name_is_left_whole(tmp_path: Path) -> None:
    """A person's file that is called "lock" keeps its words. A link is not followed."""
    file, link = tmp_path / "lock", tmp_path / "linked"
    file.write_text("My thesis.", encoding="utf-8")
    lock = Lock(str(file))
    assert lock.acquire()
    lock.release()
    assert file.read_text(encoding="utf-8") == "My thesis."
    link.symlink_to(file)
    with pytest.raises(OSError, match=r"\w"):
        Lock(str(link)).acquire()
    assert file.read_text(encoding="utf-8") == "My thesis."
