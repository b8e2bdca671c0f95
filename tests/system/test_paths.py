"""The paths of the files, and the mode of their folder."""

from __future__ import annotations

import stat
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from safepause.system import paths

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")


def mode(folder: Path) -> int:
    """Return a folder's permissions."""
    return stat.S_IMODE(folder.stat().st_mode)


def test_one_folder_holds_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """SAFEPAUSE_HOME is the folder of the log, the lock and the socket."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path))
    kept = {paths.log_path(), paths.lock_path(), paths.socket_path()}
    assert len(kept) == 3
    assert {Path(path).parent for path in kept} == {tmp_path}


def test_a_relative_home_becomes_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A relative SAFEPAUSE_HOME starts at the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFEPAUSE_HOME", "portable")
    assert paths.home() == str(tmp_path / "portable")


@LINUX
@pytest.mark.parametrize("data", ["", "relative/path"])
def test_the_default_folder_follows_the_specification(
    monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    """Without an absolute XDG_DATA_HOME the folder is in ~/.local/share."""
    monkeypatch.delenv("SAFEPAUSE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", data)
    monkeypatch.setenv("HOME", "/home/sam")
    assert paths.home() == "/home/sam/.local/share/safepause"


@LINUX
def test_a_data_home_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is in an absolute XDG_DATA_HOME. An empty SAFEPAUSE_HOME counts as none."""
    monkeypatch.setenv("SAFEPAUSE_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert paths.home() == "/data/safepause"


def test_other_systems_ask_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS and Windows the folder comes from platformdirs."""
    monkeypatch.delenv("SAFEPAUSE_HOME")
    asked: list[str] = []

    def user_data_dir(name: str, *, appauthor: bool) -> str:
        asked.append(name)
        return f"/Users/sam/{name}/{appauthor}"

    monkeypatch.setattr(paths, "user_data_dir", user_data_dir, raising=False)
    for platform in ("darwin", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        assert Path(paths.home()) == Path("/Users/sam/safepause/False")
    assert asked == ["safepause", "safepause"]


def test_a_new_folder_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A new folder has mode 0700."""
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "a" / "b"))
    assert paths.make_private_home() == str(tmp_path / "a" / "b")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_the_systems_own_folder_becomes_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder that the system has for SafePause gets mode 0700, and keeps it."""
    monkeypatch.delenv("SAFEPAUSE_HOME", raising=False)
    monkeypatch.setattr(paths, "_user_folder", lambda: str(tmp_path / "safepause"))
    (tmp_path / "safepause").mkdir()
    (tmp_path / "safepause").chmod(0o775)
    paths.make_private_home()
    paths.make_private_home()
    assert mode(tmp_path / "safepause") == 0o700


@pytest.mark.parametrize("kind", ["home", "sticky", "open", "closed"])
def test_a_folder_that_was_there_keeps_its_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    """A folder that `SAFEPAUSE_HOME` names keeps its mode. One that others use is refused."""
    before = {"home": 0o755, "sticky": 0o1777, "open": 0o777, "closed": 0o755}[kind]
    folder = tmp_path / kind
    folder.mkdir()
    folder.chmod(before)
    if kind == "home":
        monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("SAFEPAUSE_HOME", str(folder))
    with nullcontext() if kind == "closed" else pytest.raises(PermissionError):
        paths.make_private_home()
    assert mode(folder) == before
    assert list(folder.iterdir()) == []


@LINUX
def test_a_read_only_folder_has_its_lock_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Lock and socket of a read-only folder are in the runtime folder, one pair for each folder."""
    folders = [tmp_path / "one", tmp_path / "other"]
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    monkeypatch.setattr("os.access", lambda *_asked: False)
    sockets = set()
    for folder in folders:
        folder.mkdir()
        monkeypatch.setenv("SAFEPAUSE_HOME", str(folder))
        sockets |= {paths.socket_path(), paths.lock_path()}
        assert paths.log_path() == str(folder / "safepause.log")
    assert len(sockets) == 4
    assert {Path(path).parent for path in sockets} == {Path("/run/user/1000")}


def test_a_file_in_the_way_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If a file has the folder's name, the system's error is raised."""
    (tmp_path / "file").write_text("theirs")
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "file"))
    with pytest.raises(OSError, match="file"):
        paths.make_private_home()
