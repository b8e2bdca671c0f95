"""SafePause without a folder of its own: it leaves no file with others, and is still one app."""

from __future__ import annotations

import signal
import stat
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare
from tests.end2end.program import Program
from tests.end2end.slow import SlowStart, Where
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.end2end.bare import Command

pytestmark = pytest.mark.end2end


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display."""
    with Bare() as session:
        yield session


def of_everybody(bare: Bare) -> Path:
    """Return a folder such as /tmp."""
    return _folder(bare, 0o1777)


def of_a_group(bare: Bare) -> Path:
    """Return a folder that others can write to."""
    return _folder(bare, 0o770)


def of_the_person(bare: Bare) -> Path:
    """Return the person's home."""
    folder = _folder(bare, 0o700)
    bare.env["HOME"] = str(folder)
    return folder


def _folder(bare: Bare, mode: int) -> Path:
    folder = bare.folder / "shared"
    folder.mkdir()
    folder.chmod(mode)
    return folder


def behind_a_file(bare: Bare) -> Path:
    """Return a folder that can't be made, as a file is in its way."""
    (bare.folder / "file").write_text("theirs")
    return bare.folder / "file" / "home"


def behind_a_missing_folder(bare: Bare) -> Path:
    """Return a folder whose parents can't be made either."""
    return behind_a_file(bare) / "deep" / "home"


def behind_a_loose_link(bare: Bare) -> Path:
    """Return a link to nowhere."""
    link = bare.folder / "link"
    link.symlink_to(bare.folder / "nowhere" / "home")
    return link


SHARED = (of_everybody, of_a_group, of_the_person)
NOWHERE = (behind_a_file, behind_a_missing_folder, behind_a_loose_link)
UNUSABLE = (*SHARED, *NOWHERE)


def started(bare: Bare) -> Command:
    """Start an app that may have no file at all, and wait until it answers."""
    app = bare.begin("--hidden")
    wait_for(lambda: bare.status()["running"], "SafePause answers", 20)
    return app


@pytest.mark.parametrize("make", SHARED)
def test_a_shared_folder_gets_no_file(bare: Bare, make: Callable[[Bare], Path]) -> None:
    """Neither lock nor socket, however the app is used and ends. The folder keeps its mode."""
    folder = make(bare)
    bare.env["SAFEPAUSE_HOME"] = str(folder)
    before = folder.stat()
    app = started(bare)
    for argv in (
        ["pause", "--by", "Alex"],
        ["doctor"],
        ["return"],
        ["settings", "set", "length", "40"],
    ):
        bare.run(*argv)
        assert ours(folder) == []
    assert bare.run("quit").returncode == 0
    app.result()
    assert ours(folder) == []
    after = folder.stat()
    assert stat.S_IMODE(after.st_mode) == stat.S_IMODE(before.st_mode)
    if make is of_everybody:
        assert after.st_mtime_ns == before.st_mtime_ns, "something was there for a moment"


def ours(folder: Path) -> list[str]:
    """Return the names in a folder, but for what Qt keeps in a person's home."""
    return [each.name for each in folder.iterdir() if each.name not in {".cache", ".config"}]


def test_an_open_meeting_place_gets_no_file(bare: Bare) -> None:
    """If others can write to the folder of the socket, the app is found by its name alone."""
    bare.place.mkdir()
    bare.place.chmod(0o777)
    app = started(bare)
    assert bare.run("pause").returncode == 0
    assert bare.run("--hidden").returncode == 0
    assert len(bare.apps()) == 1
    assert list(bare.place.iterdir()) == []
    assert bare.run("quit").returncode == 0
    app.result()


@pytest.mark.parametrize("make", UNUSABLE)
def test_there_is_one_app_without_a_folder(bare: Bare, make: Callable[[Bare], Path]) -> None:
    """A second start finds the first app, and a pause reaches that app."""
    bare.env["SAFEPAUSE_HOME"] = str(make(bare))
    starts = [bare.begin("--hidden") for _start in range(3)]
    wait_for(lambda: len(bare.apps()) == 1, "one app stays", 20)
    wait_for(lambda: bare.status()["running"], "SafePause answers", 20)
    assert bare.run("pause", "--minutes", "20").returncode == 0
    assert bare.run("--hidden").returncode == 0
    assert len(bare.apps()) == 1
    assert bare.status()["state"] == "paused"
    bare.kill_apps()
    assert sorted(start.result().returncode for start in starts) == [-signal.SIGKILL, 0, 0]


@pytest.mark.parametrize("make", NOWHERE)
def test_a_call_without_a_folder_starts_the_app(bare: Bare, make: Callable[[Bare], Path]) -> None:
    """The first call is kept in memory, and its answer is that of any call."""
    bare.env["SAFEPAUSE_HOME"] = str(make(bare))
    called = bare.run("pause")
    assert (called.returncode, called.stdout[:12]) == (0, "Pause until ")
    assert bare.status()["state"] == "paused"
    assert len(bare.apps()) == 1
    bare.kill_apps()


def test_there_is_one_app_without_a_folder_for_data(bare: Bare) -> None:
    """Where the person's folder for data can't be made, the runtime folder has lock and socket."""
    (bare.folder / ".local").write_text("theirs")
    starts = [bare.begin("--hidden") for _start in range(3)]
    wait_for(lambda: len(bare.apps()) == 1, "one app stays", 20)
    wait_for(lambda: bare.status()["running"], "SafePause answers", 20)
    assert bare.run("pause").returncode == 0
    assert bare.status()["state"] == "paused"
    bare.kill_apps()
    assert sorted(start.result().returncode for start in starts) == [-signal.SIGKILL, 0, 0]


def test_a_call_waits_for_an_app_that_starts_without_a_folder(bare: Bare) -> None:
    """The call is handed to the app that is starting. No word says that there is no folder."""
    program = Program(bare.env, behind_a_file(bare), bare.folder / "program.log")
    slow = SlowStart(program, bare.folder / "slow", Where.QT)
    try:
        app = program.start("--hidden")
        slow.wait()
        call = slow.command("pause")
        slow.handed(1)
        assert stays(lambda: call.poll() is None, 0.5)
        slow.go()
        code, out, err = slow.said(call)
        assert (code, out[:12]) == (0, "Pause until ")
        assert "folder" not in err
        assert program.state() == "paused"
        assert program.processes() == [app.pid]
    finally:
        slow.go()
        program.end()
