"""Only what is SafePause's own is changed: no link, no second name, no shared folder."""

from __future__ import annotations

import errno
import mmap
import os
import stat
from typing import TYPE_CHECKING

import pytest

from safepause import own_files
from safepause.system.ipc.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and owners are those of Unix")
NOBODY = 65534


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0, 0o002, 0o077, 0o177, 0o277, 0o777])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Use a umask: one that lets everybody write, two usual ones, and three against the owner."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files for others")
def test_root_makes_nothing_in_a_persons_folder(tmp_path: Path) -> None:
    """As with `sudo -E`: neither a folder below the person's, nor one in it."""
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    for make in (own_files.make_folder, own_files.make_private_folder):
        with pytest.raises(PermissionError):
            make(str(home / ".local" / "share" / "safepause"))
    assert list(home.iterdir()) == []
    with pytest.raises(PermissionError):
        own_files.make_folder(str(home))
    own_files.make_folder(str(tmp_path / "own" / "folder"))


@pytest.mark.usefixtures("_umask")
def test_a_new_folder_is_the_owners_alone(tmp_path: Path) -> None:
    """A private folder has mode 0700, and only its owner can write to its new parents."""
    folder = tmp_path / "a" / "b" / "c"
    own_files.make_private_folder(str(folder))
    assert _mode(folder) == 0o700
    parents = [each for each in folder.parents if tmp_path in each.parents]
    assert [_mode(each) & 0o722 for each in parents] == [0o700, 0o700]


@pytest.mark.usefixtures("_umask")
def test_a_new_file_is_the_owners_alone(tmp_path: Path) -> None:
    """A new file, and a new lock file, have mode 0600. A file with content keeps its mode."""
    os.close(own_files.open_own(str(tmp_path / "file"), os.O_RDWR | os.O_CREAT))
    lock = Lock(str(tmp_path / "lock"))
    lock.acquire()
    lock.release()
    assert [_mode(tmp_path / name) for name in ("file", "lock")] == [0o600, 0o600]
    (tmp_path / "file").write_text("not new")
    (tmp_path / "file").chmod(0o200)
    os.close(own_files.open_own(str(tmp_path / "file"), os.O_WRONLY | os.O_CREAT))
    assert _mode(tmp_path / "file") == 0o200


def test_a_folder_that_stands_keeps_its_mode(tmp_path: Path) -> None:
    """A folder that SafePause did not make keeps its mode."""
    tmp_path.chmod(0o755)
    own_files.make_private_folder(str(tmp_path))
    own_files.make_folder(str(tmp_path))
    assert _mode(tmp_path) == 0o755


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777, 0o1777, 0o1700])
def test_a_folder_that_others_use_is_refused(tmp_path: Path, mode: int) -> None:
    """A folder that others can write to, or with the sticky bit, is refused and keeps its mode."""
    tmp_path.chmod(mode)
    with pytest.raises(PermissionError):
        own_files.make_private_folder(str(tmp_path))
    assert _mode(tmp_path) == mode
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/", "/tmp", "~"])  # noqa: S108  -- only looked at
def test_known_shared_places_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The root of the disk, /tmp, and the person's home are refused, through a link too."""
    tmp_path.chmod(0o700)
    monkeypatch.setenv("HOME", str(tmp_path))
    link = tmp_path / "link"
    link.symlink_to(os.path.expanduser(place))  # noqa: PTH111
    assert own_files.is_shared(str(link))
    assert own_files.is_shared(os.path.expanduser(place))  # noqa: PTH111


def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    """A folder of another user, and a link of another user to an own folder, are refused."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to another user")
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    link = tmp_path / "link"
    link.symlink_to(own)
    assert not own_files.is_shared(str(link))
    os.chown(link, NOBODY, NOBODY, follow_symlinks=False)
    assert own_files.is_shared(str(link))
    os.chown(own, NOBODY, NOBODY)
    assert own_files.is_shared(str(own))


@pytest.mark.parametrize("shown", [0o777, 0o755, 0o644])
def test_a_file_system_without_modes_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: int
) -> None:
    """Where everything shows 0777 or 0755, as on a memory stick, a folder is not shared."""
    tmp_path.chmod(0o777)
    make = os.open

    def without_modes(path: str, flags: int, _mode: int) -> int:
        descriptor = make(path, flags)
        os.fchmod(descriptor, shown)  # as such a file system shows it
        return descriptor

    monkeypatch.setattr(os, "open", without_modes)
    assert not own_files.is_shared(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_tried_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that others can write to, and this process can't, is shared."""
    tmp_path.chmod(0o777)

    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert own_files.is_shared(str(tmp_path))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_no_file_has_its_own_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """A folder is not used while it can't be found out whether others use it, too."""
    tmp_path.chmod(0o777)

    def refuse(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError, match=os.strerror(code)):
        own_files.make_private_folder(str(tmp_path))


def test_a_file_in_the_way_of_a_folder_is_an_error(tmp_path: Path) -> None:
    """A file, and a link to nowhere, are left alone, and the system's error is raised."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(FileExistsError):
            own_files.make_private_folder(str(tmp_path / name))
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_another_process_makes_meanwhile_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs may make the same folder at the same moment."""
    make = os.mkdir

    def late(path: str, mode: int) -> None:
        make(path, mode)
        raise FileExistsError(17, "File exists", path)

    monkeypatch.setattr(os, "mkdir", late)
    own_files.make_private_folder(str(tmp_path / "data"))
    assert _mode(tmp_path / "data") == 0o700


def test_a_folder_that_is_not_there_is_not_shared(tmp_path: Path) -> None:
    """A missing folder is not shared, so it can be made."""
    assert not own_files.is_shared(str(tmp_path / "data"))


def test_an_own_name_is_made_private_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the own name gets mode 0700. A link to a folder, and the home, keep theirs."""
    tmp_path.chmod(0o755)
    folder, link, sticky = tmp_path / "folder", tmp_path / "link", tmp_path / "sticky"
    folder.mkdir()
    folder.chmod(0o775)
    sticky.mkdir()
    sticky.chmod(0o1777)
    link.symlink_to(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for each in (folder, link, sticky, tmp_path):
        own_files.make_private_again(str(each))
    assert (_mode(folder), _mode(sticky), _mode(tmp_path)) == (0o700, 0o1777, 0o755)


def _make(path: Path, kind: str) -> Path:
    """Put something that is not SafePause's own at a path. Return the file that must stay."""
    other = path.with_name("other")
    other.write_text("not ours")
    if kind == "link":
        path.symlink_to(other)
    elif kind == "second name":
        os.link(other, path)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    return other


@pytest.mark.parametrize("kind", ["link", "second name", "pipe", "folder"])
@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_RDWR | os.O_APPEND])
def test_what_is_not_ours_is_not_opened(tmp_path: Path, kind: str, flags: int) -> None:
    """A link, a second name, a pipe and a folder are refused at once."""
    other = _make(tmp_path / "safepause.log", kind)
    with pytest.raises(OSError, match=r"safepause\.log"):
        own_files.open_own(str(tmp_path / "safepause.log"), flags)
    assert other.read_text() == "not ours"


def test_nothing_is_opened_in_a_shared_folder(tmp_path: Path) -> None:
    """In a shared folder no file is made."""
    tmp_path.chmod(0o1777)
    with pytest.raises(PermissionError):
        own_files.open_own(str(tmp_path / "safepause.log"), os.O_WRONLY | os.O_CREAT)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_user_is_not_opened(tmp_path: Path) -> None:
    """Even root opens no file of another user."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to another user")
    (tmp_path / "safepause.log").touch()
    os.chown(tmp_path / "safepause.log", NOBODY, NOBODY)
    with pytest.raises(PermissionError):
        own_files.open_own(str(tmp_path / "safepause.log"), os.O_RDONLY)


@pytest.mark.parametrize("kind", ["link", "second name", "pipe", "folder"])
def test_discarding_leaves_what_is_not_ours(tmp_path: Path, kind: str) -> None:
    """A link, a pipe and a folder stay. A second name goes, and the file's first name stays."""
    path = tmp_path / "safepause-backup"
    other = _make(path, kind)
    own_files.discard(str(path))
    assert other.read_text() == "not ours"
    assert os.path.lexists(path) is (kind != "second name")


def test_discarded_data_is_overwritten(tmp_path: Path) -> None:
    """Another program that has the file open or mapped finds zeros. The name is gone."""
    path = tmp_path / "copy"
    path.write_bytes(b"Alex" * 50_000)
    with path.open("rb") as reader, mmap.mmap(reader.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        own_files.discard(str(path))
        assert reader.read() == mapped[:] == bytes(200_000)
    assert not path.exists()
    own_files.discard(str(path))


def _refuse(*_arguments: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("full", [True, False])
def test_a_file_that_cannot_be_deleted_has_no_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, full: bool
) -> None:
    """A file whose folder can't be written is overwritten, or cut on a full disk without space."""
    path = tmp_path / "copy"
    path.write_text("Alex")
    monkeypatch.setattr(os, "unlink", _refuse)
    if full:
        monkeypatch.setattr(os, "write", _refuse)
    own_files.discard(str(path))
    assert path.read_bytes() == (b"" if full else bytes(4))


@pytest.mark.parametrize("how", [["open"], ["write", "ftruncate"]])
def test_a_content_that_cannot_be_deleted_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: list[str]
) -> None:
    """If neither the content nor the name can be deleted, the system's error is raised."""
    path = tmp_path / "copy"
    path.write_text("Alex")
    for name in ("unlink", *how):
        monkeypatch.setattr(os, name, _refuse)
    with pytest.raises(PermissionError):
        own_files.discard(str(path))
    assert path.exists()


def test_a_folder_is_tried_once(tmp_path: Path) -> None:
    """Who asks again about a folder that all can write to changes nothing there."""
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert own_files.is_shared(str(folder))
    os.utime(folder, (1, 1))
    assert own_files.is_shared(str(folder))
    assert folder.stat().st_mtime == 1
