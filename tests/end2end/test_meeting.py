"""Commands and apps of one person meet, wherever their data is and whatever is deleted."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.bare import Bare
from tests.end2end.waiting import patience, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.end2end
LONGEST = 0.5
"""Seconds that a status may take on an idle machine, whatever is broken."""
CROWD = 64


@pytest.fixture
def bare() -> Iterator[Bare]:
    """Return a session without a display."""
    with Bare() as session:
        yield session


def status_in_time(bare: Bare) -> tuple[dict[str, object], str]:
    """Return the status, and what was said beside it. Check how long it took."""
    asked = bare.begin("status", "--json")
    done = asked.result()
    assert done.returncode == 0, done
    assert asked.took < patience(LONGEST), asked.took
    return json.loads(done.stdout), done.stderr


def test_programs_with_other_data_folders_find_one_app(bare: Bare) -> None:
    """There is one app and one pause, and doctor says where its data is."""
    bare.start()
    other = {"XDG_DATA_HOME": str(bare.folder / "other")}
    assert bare.run("pause", env=other).returncode == 0
    assert bare.status()["state"] == "paused"
    assert bare.run("--hidden", env=other).returncode == 0
    assert bare.run(env=other).returncode == 0
    assert len(bare.apps()) == 1
    assert str(bare.folder / ".local/share/safepause") in bare.run("doctor", env=other).stdout
    assert not (bare.folder / "other").exists()


def test_a_program_without_the_runtime_folder_finds_the_app(bare: Bare) -> None:
    """As in a job of cron: the lock beside the data tells where the app is."""
    bare.start()
    without = {"XDG_RUNTIME_DIR": ""}
    assert bare.run("pause", env=without).returncode == 0
    assert bare.status()["state"] == "paused"
    assert bare.run("--hidden", env=without).returncode == 0
    assert len(bare.apps()) == 1


def test_a_program_that_names_the_usual_folder_finds_the_app(bare: Bare) -> None:
    """With `SAFEPAUSE_HOME` naming the folder that the app uses without it, there is one app."""
    bare.start()
    named = {"SAFEPAUSE_HOME": str(bare.folder / ".local/share/safepause")}
    assert bare.run("pause", env=named).returncode == 0
    assert bare.status()["state"] == "paused"
    assert bare.run("--hidden", env=named).returncode == 0
    assert len(bare.apps()) == 1
    assert bare.run("quit", env=named).returncode == 0


def socket_alone(bare: Bare) -> None:
    """Delete the socket."""
    (bare.place / "socket").unlink()


def place(bare: Bare) -> None:
    """Delete the meeting place."""
    shutil.rmtree(bare.place)


def runtime(bare: Bare) -> None:
    """Delete what is in the runtime folder."""
    for each in bare.runtime.iterdir():
        shutil.rmtree(each)


@pytest.mark.parametrize("delete", [socket_alone, place, runtime])
def test_what_is_deleted_comes_back(bare: Bare, delete: Callable[[Bare], None]) -> None:
    """At once a pause reaches the app. A second start finds the app. The socket is made again."""
    bare.start()
    delete(bare)
    assert bare.run("pause").returncode == 0
    assert bare.run("--hidden").returncode == 0
    wait_for((bare.place / "socket").exists, "the socket is made again")
    status, err = status_in_time(bare)
    assert (status["running"], status["state"], err) == (True, "paused", "")
    assert len(bare.apps()) == 1


def test_a_portable_folder_may_be_deleted_as_a_whole(bare: Bare) -> None:
    """Commands find the app of a SAFEPAUSE_HOME that was deleted."""
    bare.env["SAFEPAUSE_HOME"] = str(bare.folder / "portable")
    bare.place = bare.folder / "portable"
    bare.start()
    shutil.rmtree(bare.place)
    assert bare.run("status").stderr == ""
    wait_for((bare.place / "socket").exists, "the socket is made again")
    assert bare.run("--hidden").returncode == 0
    assert len(bare.apps()) == 1


def test_a_folder_that_can_hold_no_socket_has_an_app(bare: Bare) -> None:
    """On a disk that can only be read there is one app, and doctor says why it has no socket."""
    bare.place = bare.folder / "disk"
    bare.place.mkdir()
    bare.env["SAFEPAUSE_HOME"] = str(bare.place)
    if _mount("-t", "tmpfs", "-o", "mode=0700", "tmpfs", str(bare.place)):
        pytest.skip("only root may mount a disk here")
    try:
        assert bare.run("settings", "set", "length", "40").returncode == 0
        assert _mount("-o", "remount,ro", str(bare.place)) == 0
        app = bare.begin("--hidden")
        wait_for(lambda: bare.status()["running"], "SafePause runs", 20)
        assert bare.run("pause").returncode == 0
        assert bare.run("--hidden").returncode == 0
        assert len(bare.apps()) == 1
        said = "can't hold its socket. (Read-only file system)"
        wait_for(lambda: said in bare.run("doctor").stdout, "doctor says it")
        bare.kill_apps()
        app.result()
    finally:
        subprocess.run(["umount", "-l", str(bare.place)], check=True)


@pytest.mark.parametrize(
    ("options", "reason"),
    [("ro", "Read-only file system"), ("nr_inodes=3", "No space left on device")],
)
def test_a_disk_that_takes_no_file_is_told_as_it_is(bare: Bare, options: str, reason: str) -> None:
    """Everybody may write to the folder, as on a memory stick. Nobody is said to use it, too."""
    disk = bare.folder / "disk"
    disk.mkdir()
    bare.env["SAFEPAUSE_HOME"] = str(disk)
    if _mount("-t", "tmpfs", "-o", "mode=0777,nr_inodes=3", "tmpfs", str(disk)):
        pytest.skip("only root may mount a disk here")
    try:
        (disk / "mine").touch()
        (disk / "more").touch()
        assert _mount("-o", f"remount,{options}", str(disk)) == 0
        refused = bare.run("settings", "set", "length", "40")
        assert (refused.returncode, reason in refused.stderr) == (1, True), refused
        app = bare.begin("--hidden")
        wait_for(lambda: bare.status()["running"], "SafePause runs", 20)
        wait_for(lambda: _all_known(bare), "the app itself answers doctor")
        data = next(
            line for line in bare.run("doctor").stdout.splitlines() if line.startswith("Saved data")
        )
        assert "can't be saved" in data
        assert reason in data
        assert "Others use" not in bare.run("doctor").stdout + refused.stderr
        bare.kill_apps()
        app.result()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _all_known(bare: Bare) -> bool:
    """Tell whether doctor knows everything, as it does once the app itself answers."""
    told = json.loads(bare.run("doctor", "--json").stdout)
    return all(each["known"] for each in told["capabilities"])


def _mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode


def test_a_stopped_app_is_answered_for_soon(bare: Bare) -> None:
    """The status comes from the data, in time, and says that the app runs."""
    app = bare.start()
    bare.run("pause")
    os.kill(app.pid, signal.SIGSTOP)
    status, err = status_in_time(bare)
    assert (status["running"], status["state"]) == (True, "paused")
    assert err == "SafePause runs, but it doesn't answer. This is what it saved last.\n"
    place(bare)
    assert status_in_time(bare)[0]["state"] == "paused"
    os.kill(app.pid, signal.SIGCONT)


def test_a_name_is_not_listed_while_a_command_waits(bare: Bare) -> None:
    """Once a call waits for a stopped app, the list of processes no longer shows the name."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    call = bare.begin("pause", "--by", "Alexandra")
    line = Path(f"/proc/{call.process.pid}/cmdline")
    wait_for(lambda: b"--by" in line.read_bytes(), "the call has begun")
    wait_for(lambda: b"Alexandra" not in line.read_bytes(), "its name is crossed out")
    os.kill(app.pid, signal.SIGCONT)
    assert call.result().returncode == 0
    assert bare.status()["pause"]["called_by"] == "Alexandra"


def test_a_setting_is_not_listed_while_a_command_waits(bare: Bare) -> None:
    """Nor does the list show what a setting gets: a name, or a command with a password."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    command = bare.begin("settings", "set", "hook_paused", "notify --password Alexandra")
    line = Path(f"/proc/{command.process.pid}/cmdline")
    wait_for(lambda: b"hook_paused" in line.read_bytes(), "the command has begun")
    wait_for(lambda: b"Alexandra" not in line.read_bytes(), "the value is crossed out")
    os.kill(app.pid, signal.SIGCONT)
    assert command.result().returncode == 0
    said = bare.run("settings", "get", "hook_paused").stdout
    assert said == "notify --password Alexandra\n"


def test_a_stopped_app_stays_the_only_one(bare: Bare) -> None:
    """Neither a start nor a pause makes a second app, though every lock file is deleted."""
    app = bare.start()
    os.kill(app.pid, signal.SIGSTOP)
    shutil.rmtree(bare.place)
    shutil.rmtree(bare.folder / ".local/share/safepause")
    assert bare.run("--hidden").returncode == 3
    assert len(bare.apps()) == 1
    os.kill(app.pid, signal.SIGCONT)


def test_a_crowd_of_idle_clients_holds_nobody_up(bare: Bare) -> None:
    """Clients that send nothing, or half of a request, make room for a command at once."""
    bare.start()
    crowd = []
    for number in range(2 * CROWD):
        idle = socket.socket(socket.AF_UNIX)
        idle.connect(str(bare.place / "socket"))
        if number % 2:
            idle.sendall(b"safepause1 ")
        crowd.append(idle)
    assert status_in_time(bare)[1] == ""
    for idle in crowd:
        idle.close()


def test_a_socket_of_the_version_before_is_found(bare: Bare) -> None:
    """An app of version 0.2 listens beside its data, and knows neither ids nor displays."""
    data = bare.folder / ".local/share/safepause"
    data.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as old:
        old.bind(str(data / "socket"))
        old.listen()
        old.settimeout(patience(10))
        asked = bare.begin("pause")
        for answer in (
            *([b"2\0\0SafePause did not understand that.\n\0"] * 3),
            b"0\0Pause until 20:40.\n\0\0",
        ):
            wire, _address = old.accept()
            with wire:
                request = wire.recv(1000)
                wire.sendall(answer)
        done = asked.result()
    assert request == b"safepause1 1\0pause\0"
    assert (done.returncode, done.stdout) == (0, "Pause until 20:40.\n")
