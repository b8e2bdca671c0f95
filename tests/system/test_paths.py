"""The paths of the files, and the mode of their folder."""

from __future__ import annotations

import os
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
    kept = {paths.log_path(), *paths.lock_paths(), paths.socket_path()}
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


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the runtime folder of a login session in which nothing is set for SafePause."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.delenv("SAFEPAUSE_HOME", raising=False)
    monkeypatch.delenv("FLATPAK_ID", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


@LINUX
def test_a_session_has_one_meeting_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, runtime: Path
) -> None:
    """Programs with other folders for their data have one socket. Each data has a lock as well."""
    places = set()
    for data in ("one", "other"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / data))
        places.add((paths.meeting_place(), paths.socket_path(), paths.abstract_name("lock")))
        beside_data = str(tmp_path / data / "safepause" / "lock")
        assert paths.lock_paths() == [str(runtime / "safepause" / "lock"), beside_data]
        assert list(paths.addresses())[-1] == str(tmp_path / data / "safepause" / "socket")
    ((place, socket, name),) = places
    assert (place, socket) == (str(runtime / "safepause"), str(runtime / "safepause" / "socket"))
    assert name.startswith("\0")
    paths.make_meeting_place()
    assert mode(runtime / "safepause") == 0o700
    assert paths.abstract_name("lock") == name


@LINUX
def test_a_sandbox_has_its_meeting_place_where_its_programs_meet(
    monkeypatch: pytest.MonkeyPatch, runtime: Path
) -> None:
    """Programs of one Flatpak share the folder of their app alone."""
    monkeypatch.setenv("FLATPAK_ID", "org.example.App")
    assert paths.meeting_place() == str(runtime / "app" / "org.example.App" / "safepause")


@LINUX
@pytest.mark.parametrize("kind", ["missing", "relative", "of others", "open", "a link"])
def test_a_runtime_folder_that_is_not_private_is_not_used(
    monkeypatch: pytest.MonkeyPatch, runtime: Path, kind: str
) -> None:
    """The meeting place is then in a private folder of the system, which is the same every time."""
    if kind == "missing":
        monkeypatch.delenv("XDG_RUNTIME_DIR")
    elif kind == "relative":
        monkeypatch.setenv("XDG_RUNTIME_DIR", "run")
    elif kind == "open":
        runtime.chmod(0o777)
    elif kind == "a link":
        link = runtime.with_name("link")
        link.symlink_to(runtime)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(link))
    if kind == "of others":
        monkeypatch.setattr("os.getuid", lambda: 54321)
    user = os.getuid()
    assert paths.meeting_place() in {f"/run/user/{user}/safepause", f"/tmp/safepause-{user}"}  # noqa: S108


@LINUX
def test_a_name_belongs_to_one_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each folder has names of its own, however long, and keeps them when it is made again."""
    names = set()
    for folder in ("one", "two", "x" * 200 + "1", "x" * 200 + "2", "é" * 60):
        monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / folder))
        name = paths.abstract_name("socket")
        assert len(os.fsencode(name)) <= 107
        paths.make_private_home()
        assert paths.abstract_name("socket") == name
        names |= {name, paths.abstract_name("lock")}
    assert len(names) == 10
    for folder in ("none/home", "none/other/home"):  # where perhaps nothing can be made
        monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / folder))
        names.add(paths.abstract_name("socket"))
    assert len(names) == 12


def test_a_file_in_the_way_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If a file has the folder's name, the system's error is raised."""
    (tmp_path / "file").write_text("theirs")
    monkeypatch.setenv("SAFEPAUSE_HOME", str(tmp_path / "file"))
    with pytest.raises(OSError, match="file"):
        paths.make_private_home()
