"""Files are written whole, with their mode, and over nothing that must stay."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from safepause.system.atomic_file import (
    EVERYBODY_READS,
    OWNER_READS,
    write_through_link,
    write_whole,
)


def mode(path: Path) -> int:
    """Return a file's permissions."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a file is to be written."""
    return tmp_path / "file"


@pytest.fixture
def no_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every rename fail, in a folder without hard links."""

    def fail(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    def link(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setattr(Path, "hardlink_to", link)


@pytest.mark.parametrize("wanted", [EVERYBODY_READS, OWNER_READS])
@pytest.mark.parametrize("umask", [0, 0o077])
def test_the_file_has_the_content_and_the_mode(path: Path, wanted: int, umask: int) -> None:
    """The file has the requested mode, whatever the umask. No other file is left."""
    before = os.umask(umask)
    try:
        write_whole(path, b"content", wanted)
    finally:
        os.umask(before)
    assert path.read_bytes() == b"content"
    assert mode(path) == wanted
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_replaced(path: Path) -> None:
    """Content and mode of an older file are gone."""
    path.write_bytes(b"a longer content than the new one")
    path.chmod(OWNER_READS)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert mode(path) == EVERYBODY_READS


def test_a_file_that_must_stay_stays(path: Path) -> None:
    """With `replace=False` an existing file is refused, and only then."""
    write_whole(path, b"first", OWNER_READS, replace=False)
    assert mode(path) == OWNER_READS
    with pytest.raises(FileExistsError):
        write_whole(path, b"second", replace=False)
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_is_not_followed_to_a_new_file(tmp_path: Path, path: Path) -> None:
    """With `replace=False` a dangling link is refused: its target is not made."""
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_whole(path, b"content", replace=False)
    assert not (tmp_path / "elsewhere").exists()


def test_the_content_is_on_the_disk_before_the_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is synchronized while its name still has the old content, or none."""
    names: list[bool] = []
    sync = os.fsync

    def noting(descriptor: int) -> None:
        names.append(path.exists())
        sync(descriptor)

    monkeypatch.setattr("os.fsync", noting)
    write_whole(path, b"content", replace=False)
    assert names == [False]


@pytest.mark.usefixtures("no_rename")
@pytest.mark.parametrize("replace", [True, False])
def test_a_failure_leaves_nothing_behind(path: Path, *, replace: bool) -> None:
    """If the rename fails, neither the new file nor a reserved name is left."""
    with pytest.raises(PermissionError):
        write_whole(path, b"content", replace=replace)
    assert list(path.parent.iterdir()) == []


@pytest.mark.usefixtures("no_rename")
def test_a_failure_keeps_the_older_file(path: Path) -> None:
    """If the rename fails, the older file still has its content."""
    path.write_bytes(b"old")
    with pytest.raises(PermissionError):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_folder_without_hard_links_is_no_obstacle(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are no hard links, a free name is taken, and a file that must stay stays."""

    def link(_self: Path, _target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", link)
    write_whole(path, b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"second", replace=False)
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_a_rename_that_the_folder_refuses_leaves_no_empty_file(path: Path) -> None:
    """In a folder that only lets files be added, the file is whole. It is never an empty one."""
    folder, chattr = str(path.parent), shutil.which("chattr")
    if chattr is None:
        pytest.skip("there is no chattr here, to make a folder that only lets files be added")
    tried = subprocess.run(  # noqa: S603  -- the system's own program
        [chattr, "+a", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip(f"no folder can be made that only lets files be added: {tried.stderr}")
    try:
        write_whole(path, b"content", replace=False)
        with pytest.raises(FileExistsError):
            write_whole(path, b"other", replace=False)
        assert path.read_bytes() == b"content"
    finally:
        subprocess.run([chattr, "-a", folder], check=True)  # noqa: S603  -- as above


def test_a_link_that_fails_leaves_nothing_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the name can't be given for another reason, the system's error is raised."""

    def link(_self: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "hardlink_to", link)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"content", replace=False)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("replace", [True, False])
def test_a_folder_in_its_place_is_refused(path: Path, *, replace: bool) -> None:
    """A folder is named in the error, not the temporary file, and is not said to be a file."""
    path.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        write_whole(path, b"content", replace=replace)
    assert caught.value.filename == str(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_device_in_its_place_is_refused(path: Path) -> None:
    """A pipe, which stands here for any device, is not replaced by a file."""
    os.mkfifo(path)
    with pytest.raises(OSError, match="Invalid argument"):
        write_whole(path, b"content")
    assert path.is_fifo()


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    """A folder that somebody has mistyped is an error."""
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "file", b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_link_of_another_user_is_not_followed(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who puts a link into /tmp does not choose the file that is written."""
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    path.symlink_to(theirs)
    mine = os.lstat(path).st_uid
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    write_through_link(path, b"content", OWNER_READS, replace=True)
    assert theirs.read_bytes() == b"theirs"
    assert not path.is_symlink()
    assert path.read_bytes() == b"content"


def test_links_in_a_circle_are_replaced(tmp_path: Path, path: Path) -> None:
    """Links that lead nowhere are no obstacle."""
    other = tmp_path / "other"
    path.symlink_to(other)
    other.symlink_to(path)
    write_through_link(path, b"content", OWNER_READS, replace=True)
    assert path.read_bytes() == b"content"
