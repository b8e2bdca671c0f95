"""The files for a Linux desktop: all are installed, and exactly these are removed."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path

import pytest

from safepause import APP_ID
from safepause.system.desktop import install as module
from safepause.system.desktop.install import RECORD, SIZES, data_folder, install, remove

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")

COMMAND = ["/opt/our programs/safepause"]
ENTRY = Path("applications", f"{APP_ID}.desktop")


def everything(folder: Path) -> set[Path]:
    """Return every file and folder below a folder."""
    return {path.relative_to(folder) for path in folder.rglob("*")}


def test_every_file_is_installed(tmp_path: Path) -> None:
    """There are the menu entry with the command, the AppStream data, and icons in each size."""
    changed = install(tmp_path, COMMAND)
    assert set(changed.put) <= everything(tmp_path)
    entry = (tmp_path / ENTRY).read_text()
    assert entry.count('Exec="/opt/our programs/safepause"') == 3
    assert "TryExec=/opt/our programs/safepause\n" in entry
    assert (tmp_path / "metainfo" / f"{APP_ID}.metainfo.xml").exists()
    icons = tmp_path / "icons" / "hicolor"
    assert (icons / "scalable" / "apps" / f"{APP_ID}.svg").exists()
    assert (icons / "symbolic" / "apps" / f"{APP_ID}-symbolic.svg").exists()
    for size in SIZES:
        picture = (icons / f"{size}x{size}" / "apps" / f"{APP_ID}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture[16:24]) == (size, size)
    modes = {stat.S_IMODE((tmp_path / path).stat().st_mode) for path in changed.put}
    assert modes == {0o644}


def test_nobody_else_can_write_what_is_installed(tmp_path: Path) -> None:
    """With a umask of 0, neither a new folder nor a file can be written by others."""
    before = os.umask(0)
    try:
        install(tmp_path / "share", COMMAND)
    finally:
        os.umask(before)
    assert not any(path.stat().st_mode & 0o022 for path in (tmp_path / "share").rglob("*"))


def test_a_linked_entry_stays_a_link(tmp_path: Path) -> None:
    """An entry that is linked from elsewhere is written there."""
    there, link = tmp_path / "there.desktop", tmp_path / "share" / ENTRY
    there.write_text("[Desktop Entry]\n")
    link.parent.mkdir(parents=True)
    link.symlink_to(there)
    install(tmp_path / "share", COMMAND)
    assert link.is_symlink()
    assert 'Exec="/opt/our programs/safepause"' in there.read_text()


def test_a_second_install_changes_nothing(tmp_path: Path) -> None:
    """After a second install every file has its time of change and the record its content."""
    install(tmp_path, COMMAND)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in everything(tmp_path)}
    record = (tmp_path / RECORD).read_bytes()
    install(tmp_path, COMMAND)
    after = {path: (tmp_path / path).stat().st_mtime_ns for path in everything(tmp_path)}
    files = [path for path in before if (tmp_path / path).is_file() and path != RECORD]
    assert [after[path] for path in files] == [before[path] for path in files]
    assert (tmp_path / RECORD).read_bytes() == record


def test_only_installed_files_are_removed(tmp_path: Path) -> None:
    """Files and folders of other programs stay, and none of ours is left."""
    others = tmp_path / "icons" / "hicolor" / "48x48" / "apps" / "other.png"
    others.parent.mkdir(parents=True)
    others.write_text("theirs")
    (tmp_path / "applications").mkdir()
    before = everything(tmp_path)
    install(tmp_path, COMMAND)
    changed = remove(tmp_path)
    assert len(changed.gone) == len(SIZES) + 4
    assert everything(tmp_path) == before
    assert remove(tmp_path).gone == []


def test_a_changed_file_stays(tmp_path: Path) -> None:
    """A menu entry that a person has edited is not removed."""
    install(tmp_path, COMMAND)
    (tmp_path / ENTRY).write_text("[Desktop Entry]\nName=Ours\n")
    changed = remove(tmp_path)
    assert changed.kept == [ENTRY]
    assert everything(tmp_path) == {ENTRY, ENTRY.parent}


def test_an_update_removes_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An install removes a file that only an older version had, and writes the new command."""
    old = {**module.contents(COMMAND), Path("old", "file"): b"old"}
    with monkeypatch.context() as patch:
        patch.setattr(module, "contents", lambda _command: old)
        install(tmp_path, COMMAND)
    changed = install(tmp_path, ["/new/safepause"])
    assert changed.gone == [Path("old", "file")]
    assert "Exec=/new/safepause\n" in (tmp_path / ENTRY).read_text()
    remove(tmp_path)
    assert not everything(tmp_path)


def test_a_record_with_paths_outside_is_not_followed(tmp_path: Path) -> None:
    """Whatever the record says, no file outside the data folder is removed."""
    folder, outside = tmp_path / "data", tmp_path / "outside"
    outside.write_text("mine")
    digest = module._digest(b"mine")  # noqa: SLF001  -- as a record has it
    (folder / RECORD).parent.mkdir(parents=True)
    (folder / RECORD).write_text(f"{digest} ../outside\n{digest} {outside}\n- ..\nnonsense\n")
    assert not remove(folder).gone
    assert outside.exists()


def test_the_data_folder_is_the_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is XDG_DATA_HOME if that is absolute, or ~/.local/share."""
    assert data_folder({"XDG_DATA_HOME": "/data"}) == Path("/data")
    monkeypatch.setenv("HOME", "/home/sam")
    for env in ({}, {"XDG_DATA_HOME": "here"}):
        assert data_folder(env) == Path("/home/sam/.local/share")
