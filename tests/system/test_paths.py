"""Where things are kept, and who may look."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from safepause.system import paths

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")


def mode(folder: Path) -> int:
    """Return a folder's permissions."""
    return stat.S_IMODE(folder.stat().st_mode)


def test_one_folder_holds_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """SAFEPAUSE_HOME puts database, lock and socket in one folder."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    kept = {paths.database_path(), paths.lock_path(), paths.socket_path()}
    assert len(kept) == 3
    assert {Path(path).parent for path in kept} == {tmp_path}


def test_a_relative_home_starts_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A relative SAFEPAUSE_HOME is meant from the folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFEPAUSE_HOME", "portable")
    assert paths.home() == str(tmp_path / "portable")


@LINUX
@pytest.mark.parametrize("data", ["", "relative/path"])
def test_the_usual_folder_is_the_specifications(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    """Without an absolute XDG_DATA_HOME, data goes to ~/.local/share."""
    monkeypatch.delenv("SAFEPAUSE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", data)
    monkeypatch.setenv("HOME", "/home/sam")
    assert paths.home() == "/home/sam/.local/share/safepause"


@LINUX
def test_a_data_home_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An absolute XDG_DATA_HOME is where our folder stands; an empty SAFEPAUSE_HOME is none."""
    monkeypatch.setenv("SAFEPAUSE_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert paths.home() == "/data/safepause"


def test_other_systems_ask_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it isn't Linux, platformdirs knows the folder."""
    monkeypatch.delenv("SAFEPAUSE_HOME")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Path(paths.home()).name == "safepause"


def test_a_new_folder_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder is made with mode 0700, and so are those above it that were missing."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "a" / "b"))
    assert paths.make_private_home() == str(tmp_path / "a" / "b")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_an_open_folder_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of ours that others could read is closed to them, and stays so."""
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    monkeypatch.setenv("SAFEPAUSE_HOME", str(folder))
    paths.make_private_home()
    paths.make_private_home()
    assert mode(folder) == 0o700


@pytest.mark.parametrize("kind", ["home", "sticky"])
def test_a_shared_folder_keeps_its_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    """The person's home, and a folder such as /tmp, are left as they are."""
    folder = tmp_path / kind
    folder.mkdir()
    folder.chmod(0o1777 if kind == "sticky" else 0o755)
    before = mode(folder)
    if kind == "home":
        monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("SAFEPAUSE_HOME", str(folder))
    paths.make_private_home()
    assert mode(folder) == before


@LINUX
def test_a_read_only_folder_is_met_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the folder can't be written, app and client meet in the session's; each has its own."""
    folders = [tmp_path / "one", tmp_path / "other"]
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    monkeypatch.setattr("os.access", lambda *_asked: False)
    sockets = set()
    for folder in folders:
        folder.mkdir()
        monkeypatch.setenv("SAFEPAUSE_HOME", str(folder))
        sockets |= {paths.socket_path(), paths.lock_path()}
        assert paths.database_path() == str(folder / "safepause.sqlite3")
    assert len(sockets) == 4
    assert {Path(path).parent for path in sockets} == {Path("/run/user/1000")}


def test_a_file_in_the_way_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the folder can't be made, the system's error comes through."""
    (tmp_path / "file").write_text("theirs")
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "file"))
    with pytest.raises(OSError, match="file"):
        paths.make_private_home()
