"""A demo's folder: private, and deleted once its demo has ended, however that happened."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from safepause.core.ports import NotKept
from safepause.system import demo_folder
from safepause.system.ipc.lock import Lock


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a login session's folder and a temporary folder of the test's own."""
    for name in ("session", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def demo() -> tuple[Path, Lock]:
    """Return the folder of a demo that runs, and its lock."""
    folder = Path(demo_folder.make())
    lock = Lock(str(folder / "lock"))
    assert lock.acquire()
    lock.sign()
    (folder / "safepause.sqlite3").write_text("Alex called")
    return folder, lock


def test_the_folder_is_private_and_goes_with_the_session(tmp_path: Path) -> None:
    """The folder has mode 0700. It is in the session's folder if there is one."""
    folder = Path(demo_folder.make())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.parent == tmp_path / "session"


@pytest.mark.parametrize("runtime", ["", "/no/such/folder"])
def test_without_a_session_it_is_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runtime: str
) -> None:
    """Without a folder of the login session, the system's temporary folder is used."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    assert Path(demo_folder.make()).parent == tmp_path / "temporary"


def test_only_folders_of_ended_demos_are_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demo that was killed has lost its lock. Running and starting demos keep their folders."""
    running, lock = demo()
    killed, its_lock = demo()
    its_lock.release()
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    older, its_lock = demo()
    its_lock.release()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    starting = Path(demo_folder.make())
    other = tmp_path / "session" / (demo_folder.PREFIX.removesuffix("-") + "nstration")
    other.mkdir()
    demo_folder.sweep()
    assert not killed.exists()
    assert not older.exists()
    assert running.exists()
    assert starting.exists()
    assert other.exists()
    lock.release()
    demo_folder.sweep()
    assert not running.exists()


@pytest.mark.parametrize("name", ["pictures-of-us", "pictures"])
def test_a_persons_folder_stays(tmp_path: Path, name: str) -> None:
    """A folder with such a name, and with a file "lock" of another program, is a person's own."""
    folder = tmp_path / "temporary" / f"{demo_folder.PREFIX}{name}"
    folder.mkdir()
    (folder / "lock").write_text("4711\n")
    (folder / "picture").write_text("us")
    demo_folder.sweep()
    assert (folder / "picture").read_text() == "us"


def test_what_is_not_a_demos_folder_stays(tmp_path: Path) -> None:
    """Nothing is deleted through a link, and no file."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "lock").write_text("")
    link = tmp_path / "temporary" / f"{demo_folder.PREFIX}link"
    link.symlink_to(elsewhere)
    file = tmp_path / "temporary" / f"{demo_folder.PREFIX}file"
    file.write_text("mine")
    demo_folder.sweep()
    assert (elsewhere / "lock").exists()
    assert link.is_symlink()
    assert file.exists()


def test_a_folder_that_cannot_be_deleted_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's message is told, and the other folders are deleted all the same."""
    folders = []
    for _each in range(2):
        folder, lock = demo()
        lock.release()
        folders.append(folder)

    def refuse(folder: Path) -> None:
        if folder == folders[0]:
            raise PermissionError(13, "Permission denied")
        delete(folder)

    delete = shutil.rmtree
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", refuse)
        with pytest.raises(NotKept, match="Permission denied"):
            demo_folder.sweep()
    assert [folder.exists() for folder in folders] == [True, False]
