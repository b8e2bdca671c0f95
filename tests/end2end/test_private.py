"""Privacy: only the owner can read the files, and there is no network connection."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause import APP_ID
from tests.end2end.program import START
from tests.end2end.waiting import Process, patience, repeat, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.reader import Thing
    from tests.end2end.rig import Rig

BACKGROUND = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
job = os.fork()
os.setpgid(job, job)
if not job:
    os.execv(sys.argv[1], [*sys.argv[1:], "pause", "--by", "-"])
os.waitpid(job, 0)
"""
"""What a shell does for a job in the background. The terminal stays with the shell."""
pytestmark = pytest.mark.end2end

DATABASE = "safepause.sqlite3"
OWNER = """
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication([])
QGuiApplication.clipboard().setText("another's", QClipboard.Mode.Selection)
app.exec()
"""
"""Another program, in which a text was marked."""


@pytest.fixture
def _lax() -> Iterator[None]:
    """Set an umask with which everybody can read and write new files."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_lax")
def test_all_files_are_the_owners_only(rig: Rig) -> None:
    """The folder has mode 0700, and all files and the socket have mode 0600, with any umask."""
    rig.start()
    rig.program.ask("pause", "--by", "Alex")
    modes = {path: path.lstat().st_mode for path in rig.program.home.rglob("*")}
    assert stat.S_IMODE(rig.program.home.stat().st_mode) == 0o700
    assert {path.name for path in modes} >= {DATABASE, "socket", "lock"}
    wide = {path.name for path, mode in modes.items() if mode & 0o077}
    assert not wide


def test_no_network_socket_is_ever_open(rig: Rig) -> None:
    """No socket of the program is in a table of network sockets."""
    running = rig.start()
    rig.program.ask("pause")
    rig.see("We come back")
    assert not _network_sockets(running.pid)


def test_words_of_the_restart_are_not_left_for_a_middle_click(rig: Rig) -> None:
    """A word that was marked in a field is gone from the selection once the page is left."""
    rig.start()
    rig.program.ask("pause")
    rig.program.ask("return")
    rig.press("Next")
    rig.press("We know who starts")
    field = rig.reader.wait("I feel", "safepause", kind="text")

    def write_and_mark() -> None:
        rig.screen.click_and_type(*field.middle, *"betrayed")
        rig.screen.mark(field.left + 30, field.middle[1])

    repeat(write_and_mark, lambda: "betrayed" in rig.screen.marked(), "the word is marked")
    rig.press("Hide")
    rig.wait_hidden()
    assert rig.screen.marked() == ""


def name_in_the_agreement(rig: Rig) -> Thing:
    """Open the agreement with a name, and return the field of the name."""
    rig.start()
    rig.program.ask("settings", "set", "name1", "Alexandra")
    rig.program.ask("show")
    rig.press("Settings")
    return rig.reader.wait("One of you", "safepause", kind="text")


@pytest.mark.parametrize("end", ["closed", "forgotten"])
def test_a_name_is_not_left_for_a_middle_click(rig: Rig, end: str) -> None:
    """A name that was marked in the agreement goes with the window, and with all data."""
    field = name_in_the_agreement(rig)

    def mark() -> None:
        rig.screen.mark(field.left + 30, field.middle[1])

    repeat(mark, lambda: "Alexandra" in rig.screen.marked(), "the name is marked")
    if end == "closed":
        rig.press("Close")
    else:
        rig.program.ask("forget", "--all", "--yes")
    wait_for(lambda: rig.screen.marked() == "", "the selection is given up")


def test_a_copied_name_is_forgotten(rig: Rig) -> None:
    """A copied name outlives its window, but not the deletion of all data."""
    field = name_in_the_agreement(rig)

    def copy() -> None:
        rig.screen.mark(field.left + 30, field.middle[1])
        rig.screen.key("ctrl+c")

    repeat(copy, lambda: rig.screen.copied() == "Alexandra", "the name is copied")
    rig.press("Close")
    wait_for(lambda: rig.screen.marked() == "", "the selection is given up")
    assert rig.screen.copied() == "Alexandra"
    rig.program.ask("forget", "--all", "--yes")
    assert rig.screen.copied() == ""


def test_the_selection_of_another_program_stays(rig: Rig) -> None:
    """Words that were marked in another program can still be pasted after the restart."""
    owner = Process(
        [sys.executable, "-c", OWNER], rig.program.env, rig.desktop.folder / "owner.log"
    )
    try:
        wait_for(lambda: rig.screen.marked() == "another's", "another program has the selection")
        rig.start()
        rig.program.ask("pause")
        rig.program.ask("return")
        rig.press("Hide")
        rig.wait_hidden()
        assert rig.screen.marked() == "another's"
    finally:
        owner.stop()


@pytest.mark.parametrize("sweep", [["forget", "--all", "--yes"], ["--demo", "--hidden"]])
def test_a_killed_demo_leaves_nothing(rig: Rig, tmp_path: Path, sweep: list[str]) -> None:
    """Deleting all data, and the next demo, delete the folder of a demo that was killed."""
    rig.program.env |= {"XDG_RUNTIME_DIR": str(tmp_path)}
    demos = Path(tmp_path).glob
    demo = rig.program.start("--demo", "--hidden")
    wait_for(lambda: any(demos("safepause-demo-*/socket")), "the demo listens")
    (killed,) = demos("safepause-demo-*")
    demo.kill()
    assert (killed / DATABASE).exists()
    rig.program.start(*sweep)
    wait_for(lambda: not killed.exists(), "its folder is gone")


def test_after_forgetting_the_desktop_starts_nothing(rig: Rig) -> None:
    """`forget --all` also deletes the autostart file, with the app running and without."""
    file = Path(rig.program.env["XDG_CONFIG_HOME"]) / "autostart" / f"{APP_ID}.desktop"
    for running in (False, True):
        if running:
            rig.start()
        rig.program.ask("settings", "set", "autostart", "yes")
        assert file.exists()
        rig.program.ask("forget", "--all", "--yes")
        assert not file.exists()


@pytest.mark.parametrize(
    "line",
    ["Exec=/moved/safepause --hidden", "OnlyShowIn=Elsewhere;", "X-GNOME-Autostart-enabled=false"],
)
def test_an_entry_that_starts_nothing_here_is_forgotten(rig: Rig, line: str) -> None:
    """The file goes, though it starts nothing now: its program is back some day, or a desktop."""
    file = Path(rig.program.env["XDG_CONFIG_HOME"]) / "autostart" / f"{APP_ID}.desktop"
    for running in (False, True):
        if running:
            rig.start()
        rig.program.ask("settings", "set", "autostart", "yes")
        file.write_text(f"{file.read_text()}{line}\n")
        assert rig.program.ask("settings", "get", "autostart") == "no\n"
        rig.program.ask("forget", "--all", "--yes")
        assert not file.exists()


def test_a_crash_leaves_no_name(rig: Rig, tmp_path: Path) -> None:
    """Where crashes are collected, the memory of an app that crashed is not kept."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="ascii").strip()
    shell = f'ulimit -c unlimited && cd "{tmp_path}" && exec "$@"'
    app = Process(
        ["bash", "-c", shell, "bash", *START, "--hidden"], rig.program.env, rig.program.log
    )
    try:
        wait_for(lambda: rig.program.status()["running"], "SafePause answers")
        rig.program.ask("pause", "--by", "Alexandra")
        limits = Path(f"/proc/{app.pid}/limits").read_text(encoding="ascii").splitlines()
        limit = next(line.split()[4] for line in limits if line.startswith("Max core file size"))
        assert limit == "0", f"crashes go to {pattern!r}"
        app.popen.send_signal(signal.SIGSEGV)
        assert app.wait() == -signal.SIGSEGV
        assert list(tmp_path.iterdir()) == []
    finally:
        app.stop()


def _network_sockets(pid: int) -> set[str]:
    """Return the numbers of a process's sockets that are in a table of network sockets."""
    own = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        target = str(link.readlink()) if link.is_symlink() else ""
        if target.startswith("socket:["):
            own.add(target[len("socket:[") : -1])
    listed = set()
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet"):
        path = Path(f"/proc/{pid}/net/{table}")
        if path.exists():
            rows = path.read_text(encoding="ascii").splitlines()[1:]
            listed |= {word for row in rows for word in row.split()}
    return own & listed


@pytest.mark.parametrize("running", [True, False])
def test_a_name_that_is_none_costs_no_call(rig: Rig, *, running: bool) -> None:
    """A name from a file of another encoding is left out. The call stands, and says so."""
    if running:
        rig.start()
    said = subprocess.run(
        [*START, "pause", "--by", "-"],
        env=rig.program.env,
        input="Zoë\n".encode("latin-1"),
        capture_output=True,
        check=True,
        timeout=patience(40),
    )
    assert said.stdout.startswith(b"Pause until")
    assert said.stderr == b"The name can't be read as text. The pause is called without a name.\n"
    rig.see("We come back")
    assert rig.program.status()["pause"]["called_by"] is None


def test_a_call_in_the_background_does_not_wait_for_its_terminal(rig: Rig) -> None:
    """A shell's job in the background would be stopped if it read from the terminal."""
    rig.start()
    person, terminal = os.openpty()
    os.write(person, b"ls\n")  # for the shell
    shell = subprocess.Popen(
        [sys.executable, "-c", BACKGROUND, *START],
        env=rig.program.env,
        stdin=terminal,
        start_new_session=True,
    )
    try:
        wait_for(lambda: rig.program.state() == "paused", "the pause is called")
        assert rig.program.status()["pause"]["called_by"] is None
    finally:
        shell.kill()
        shell.wait()
        os.close(person)
        os.close(terminal)
