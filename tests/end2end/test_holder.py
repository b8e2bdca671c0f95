"""Who holds the lock is asked of the system, and of no file that a dead app has left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare
from tests.end2end.program import START
from tests.end2end.waiting import Process, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.end2end
SLEEP = ("sleep", "600")
SILENT = """
import fcntl, socket, sys, time
lock = open(sys.argv[1], "r+")
fcntl.flock(lock, fcntl.LOCK_EX)
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[2])
listener.listen()
time.sleep(600)
"""
"""A program that holds our lock, listens at our socket, and never answers. It is not SafePause."""


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display."""
    with Bare() as session:
        yield session


def data_of(bare: Bare) -> Path:
    """Return the folder of the data."""
    return bare.folder / ".local/share/safepause"


def locks(bare: Bare) -> tuple[Path, Path]:
    """Return the two lock files: in the meeting place, and beside the data."""
    return bare.place / "lock", data_of(bare) / "lock"


def signer(lock: Path) -> str:
    """Return the number of the process that a lock file names."""
    return lock.read_text().partition("\n")[0] if lock.exists() else ""


@contextmanager
def program(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run another program."""
    running = subprocess.Popen(command)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


@pytest.mark.parametrize("which", [(0,), (0, 1)], ids=["meeting", "both"])
def test_a_stopped_app_is_named_though_its_lock_file_is_deleted(
    bare: Bare, which: tuple[int, ...]
) -> None:
    """Each command names the app's process, again and again, and never its own."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    for each in which:
        locks(bare)[each].unlink()
    for argv in (["forget", "--all", "--yes"], ["--hidden"]):
        done = bare.run(*argv)
        assert done.returncode == 3, done
        assert done.stderr.endswith(f"To let it go on: kill -CONT {app.pid}\n"), done.stderr
    os.kill(app.pid, signal.SIGCONT)


@pytest.mark.parametrize("which", [(0,), (1,), (0, 1)], ids=["meeting", "data", "both"])
def test_a_deleted_lock_file_comes_back(bare: Bare, which: tuple[int, ...]) -> None:
    """With the app's name in it, and held: a program of another session is no second app."""
    app = bare.start()
    for each in which:
        locks(bare)[each].unlink()
    own = [str(app.pid)] * 2
    wait_for(lambda: [signer(lock) for lock in locks(bare)] == own, "the locks are made again")
    other = bare.folder / "run2"
    other.mkdir(mode=0o700)
    assert bare.run("--hidden", env={"XDG_RUNTIME_DIR": str(other)}).returncode == 0
    assert bare.run("pause", env={"XDG_RUNTIME_DIR": str(other)}).returncode == 0
    assert bare.status()["state"] == "paused"
    assert app.runs


def test_a_lock_file_comes_back_with_a_deleted_folder_of_data(bare: Bare) -> None:
    """The next pause makes the folder again. Then a command brings the lock back."""
    app = bare.start()
    for file in data_of(bare).iterdir():
        file.unlink()
    data_of(bare).rmdir()
    assert bare.run("pause").returncode == 0
    assert bare.run("status").returncode == 0
    wait_for(lambda: signer(locks(bare)[1]) == str(app.pid), "the lock file is made again")


def test_a_stopped_app_of_another_session_is_named(bare: Bare) -> None:
    """Only the lock beside the data tells of it. A question is answered from its data."""
    other = bare.folder / "run2"
    other.mkdir(mode=0o700)
    env = {**bare.env, "XDG_RUNTIME_DIR": str(other)}
    app = Process([*START, "--hidden"], env, bare.folder / "other.log")
    try:
        wait_for(lambda: bare.status()["running"], "SafePause answers", 20)
        assert bare.run("pause").returncode == 0
        os.kill(app.pid, signal.SIGSTOP)
        assert bare.status()["state"] == "paused"
        assert f"kill -CONT {app.pid}\n" in bare.run("--hidden").stderr
    finally:
        app.kill()


def test_an_app_without_a_lock_file_is_named(bare: Bare) -> None:
    """In a folder that others use there is no lock file. The system knows the process."""
    folder = bare.folder / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    bare.env["SAFEPAUSE_HOME"] = str(folder)
    app = bare.begin("--hidden")
    wait_for(lambda: bare.status()["running"], "SafePause answers", 20)
    os.kill(app.process.pid, signal.SIGSTOP)
    assert f"kill -CONT {app.process.pid}\n" in bare.run("--hidden").stderr
    bare.kill_apps()
    app.result()


def leave(lock: Path, process: int, folder: Path) -> None:
    """Write a lock file as an app left it whose number another program has now."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock.write_text(f"{process}\n{folder}\n{lock.parent}")


def test_a_program_with_the_number_of_a_dead_app_is_not_the_app(bare: Bare) -> None:
    """It is not asked for its data, nobody waits for it, and an app starts beside it."""
    bare.run("settings", "set", "length", "45")
    elsewhere = bare.folder / "elsewhere"
    bare.run("settings", "set", "length", "50", env={"SAFEPAUSE_HOME": str(elsewhere)})
    with program(*SLEEP) as other:
        os.kill(other.pid, signal.SIGSTOP)
        for lock in locks(bare):
            leave(lock, other.pid, elsewhere)
        assert '"length": 45' in bare.run("export", "-").stdout
        assert bare.run("status").stderr == ""
        app = bare.start()
        assert [signer(lock) for lock in locks(bare)] == [str(app.pid)] * 2


@pytest.mark.parametrize("stop", [False, True])
def test_no_command_advises_to_end_another_program(bare: Bare, *, stop: bool) -> None:
    """A dead app's number belongs to another program, and a third one holds the lock."""
    bare.place.mkdir(mode=0o700)
    (bare.place / "lock").touch()
    with program(*SLEEP) as other:
        leave(bare.place / "lock", other.pid, data_of(bare))
        if stop:
            os.kill(other.pid, signal.SIGSTOP)
        silent = (
            sys.executable,
            "-c",
            SILENT,
            str(bare.place / "lock"),
            str(bare.place / "socket"),
        )
        with program(*silent):
            wait_for((bare.place / "socket").exists, "the other program listens")
            done = bare.run("return")
            assert done.returncode == 3
            assert "kill" not in done.stderr
            question = bare.run("status")
            assert "kill" not in question.stderr


def test_a_command_that_gets_no_lock_signs_none(bare: Bare) -> None:
    """A lock file that was deleted is not signed by a command that holds this lock alone."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    locks(bare)[0].unlink()
    asked = bare.begin("--json", "status")
    assert asked.result().returncode == 0
    assert signer(locks(bare)[0]) != str(asked.process.pid)
    os.kill(app.pid, signal.SIGCONT)
