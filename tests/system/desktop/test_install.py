"""Files that make SafePause at home on a Linux desktop: all put, exactly those taken away."""

from __future__ import annotations

import json
import os
import stat
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause.client.remote_command import Client
from safepause.commands import Exit
from safepause.system.desktop import install as module
from safepause.system.desktop.install import APP_ID, RECORD, SIZES, data_folder, install, remove

if TYPE_CHECKING:
    from safepause.commands import Reply

pytestmark = pytest.mark.skipif(os.name != "posix", reason="for Linux desktops")

COMMAND = ["/opt/our programs/safepause"]
ENTRY = Path("applications", f"{APP_ID}.desktop")


def everything(folder: Path) -> set[Path]:
    """Return all files and folders below a folder."""
    return {path.relative_to(folder) for path in folder.rglob("*")}


def test_every_file_is_put_in_place(tmp_path: Path) -> None:
    """Menu entry with the absolute command, AppStream data, icons of each size, one symbolic."""
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


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    """Put again, every file is as it was, to the byte and the second."""
    install(tmp_path, COMMAND)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in everything(tmp_path)}
    record = (tmp_path / RECORD).read_bytes()
    install(tmp_path, COMMAND)
    after = {path: (tmp_path / path).stat().st_mtime_ns for path in everything(tmp_path)}
    files = [path for path in before if (tmp_path / path).is_file() and path != RECORD]
    assert [after[path] for path in files] == [before[path] for path in files]
    assert (tmp_path / RECORD).read_bytes() == record


def test_exactly_what_was_put_is_taken_away(tmp_path: Path) -> None:
    """Other programs' files and folders stay; of ours nothing is left."""
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


def test_what_somebody_has_changed_stays(tmp_path: Path) -> None:
    """A menu entry that a person has edited is theirs now."""
    install(tmp_path, COMMAND)
    (tmp_path / ENTRY).write_text("[Desktop Entry]\nName=Ours\n")
    changed = remove(tmp_path)
    assert changed.kept == [ENTRY]
    assert everything(tmp_path) == {ENTRY, ENTRY.parent}


def test_what_is_not_needed_any_more_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of an older version, and a command that has moved, are put right."""
    old = {**module.contents(COMMAND), Path("old", "file"): b"old"}
    with monkeypatch.context() as patch:
        patch.setattr(module, "contents", lambda _command: old)
        install(tmp_path, COMMAND)
    changed = install(tmp_path, ["/new/safepause"])
    assert changed.gone == [Path("old", "file")]
    assert "Exec=/new/safepause\n" in (tmp_path / ENTRY).read_text()
    remove(tmp_path)
    assert not everything(tmp_path)


def test_a_record_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    """Only what lies below the data folder can be taken away, whatever the record says."""
    folder, outside = tmp_path / "data", tmp_path / "outside"
    outside.write_text("mine")
    digest = module._digest(b"mine")  # noqa: SLF001  -- as a record has it
    (folder / RECORD).parent.mkdir(parents=True)
    (folder / RECORD).write_text(f"{digest} ../outside\n{digest} {outside}\n- ..\nnonsense\n")
    assert not remove(folder).gone
    assert outside.exists()


def test_the_data_folder_is_the_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG_DATA_HOME counts where it is absolute; else it is ~/.local/share."""
    assert data_folder({"XDG_DATA_HOME": "/data"}) == Path("/data")
    monkeypatch.setenv("HOME", "/home/sam")
    for env in ({}, {"XDG_DATA_HOME": "here"}):
        assert data_folder(env) == Path("/home/sam/.local/share")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a data folder the person's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "data"


def run(*argv: str) -> Reply:
    """Run a command line that neither asks nor starts an app."""

    def never(*_arguments: object, **_more: object) -> int:
        raise AssertionError

    return Client(never, ask=never, start=never, wait=never).run(list(argv))  # type: ignore[arg-type]


def test_the_command_says_what_it_did(folder: Path) -> None:
    """Put, put again, changed, removed, nothing to remove: each in a sentence, without the app."""
    for _time in range(2):
        said = run("install-desktop")
        assert said.out == f"SafePause is in your menu now. Its files are in {folder}.\n"
    (folder / ENTRY).write_text("edited")
    removed = run("install-desktop", "--remove")
    assert removed.out.startswith(f"{len(SIZES) + 3} files removed.\n")
    assert f"Changed since, so it stays: {folder / ENTRY}" in removed.out
    assert run("install-desktop", "--remove").out == "There was nothing to remove.\n"
    put = json.loads(run("install-desktop", "--json").out)
    assert put["folder"] == str(folder)
    assert ENTRY.as_posix() in put["put"]
    assert put["removed"] == put["kept"] == []


def test_where_it_cannot_be_done_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the folder's place, another system: refused with the reason."""
    folder.write_text("in the way")
    for argv in (["install-desktop"], ["install-desktop", "--remove"]):
        refused = run(*argv)
        assert refused.code == Exit.REFUSED
        assert str(folder) in refused.err
    monkeypatch.setattr("sys.platform", "win32")
    assert "Linux" in run("install-desktop").err
