"""A pause works even if something is missing, broken or in the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import clockwork
from tests.end2end.desktop import Parts
from tests.end2end.waiting import stays, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end2end.conftest import Rigs
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

DATABASE = "safepause.sqlite3"
HEADLINE = "We come back"


def test_without_a_tray_the_window_is_the_home(rigs: Rigs) -> None:
    """Without a tray a window comes by itself, says why, and calls a pause."""
    rig = rigs(Parts(panel=False))
    rig.start(hidden=False)
    rig.see("no tray")
    rig.press("Pause now")
    rig.see(HEADLINE)
    assert rig.program.state() == "paused"
    assert not rig.program.capabilities()["tray"]["available"]


def test_tray_that_comes_late_gets_the_icon(rigs: Rigs) -> None:
    """A panel that starts after SafePause shows its icon, which calls a pause."""
    rig = rigs(Parts(panel=False))
    rig.start()
    rig.desktop.start_panel()
    rig.wait_for_icon()
    rig.click_icon()
    rig.see(HEADLINE)


def test_without_a_font_doctor_says_what_is_missing(rig: Rig, tmp_path: Path) -> None:
    """Without fonts the window shows boxes. `doctor` says so, and what helps."""
    nothing = tmp_path / "fonts.conf"
    nothing.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    rig.start()
    assert rig.program.capabilities()["fonts"]["available"]
    rig.program.env |= {"FONTCONFIG_FILE": str(nothing)}
    rig.program.anew()
    told = rig.program.capabilities()["fonts"]
    assert not told["available"]
    assert "fonts-noto" in told["advice"]
    rig.program.ask("pause")
    rig.window()
    assert rig.program.state() == "paused"


def test_without_a_notification_daemon_the_window_still_comes(rigs: Rigs) -> None:
    """Without a notification daemon, the window comes at the return, and nothing fails."""
    rig = rigs(Parts(notifications=False))
    with clockwork(rig) as clock:
        running = rig.start()
        rig.program.ask("pause")
        rig.press("Hide")
        rig.wait_hidden()
        clock.sleep(timedelta(minutes=31, seconds=30))
        rig.see("We're both here")
        assert running.runs
        assert not rig.program.capabilities()["notifications"]["available"]


def test_notification_daemon_that_dies_is_no_trouble(rigs: Rigs) -> None:
    """A notification daemon that was killed and restarted shows the return."""
    rig = rigs(Parts())
    with clockwork(rig) as clock:
        rig.start()
        rig.program.ask("pause")
        clock.sleep(timedelta(minutes=29))
        rig.notification()
        rig.desktop.processes["notifyd"].kill()
        rig.desktop.start_notifications()
        clock.sleep(timedelta(minutes=2, seconds=30))
        wait_for(lambda: len(rig.notifications()) > 1, "the return is announced")
        rig.press_notification("We're both here")
        wait_for(lambda: rig.program.state() == "idle", "they are back")


def test_notification_daemon_that_hangs_keeps_nobody_waiting(rigs: Rigs) -> None:
    """If the daemon is stopped, the window comes in time, and commands are answered at once."""
    rig = rigs(Parts())
    with clockwork(rig) as clock:
        rig.start()
        rig.program.ask("pause")
        rig.press("Hide")
        rig.wait_hidden()
        daemon = rig.desktop.processes["notifyd"].pid
        os.kill(daemon, signal.SIGSTOP)
        clock.sleep(timedelta(minutes=31, seconds=30))
        rig.window(limit=2.0)  # not by its words: who reads the screen asks the daemon, too
        assert rig.program.state() == "due"
        os.kill(daemon, signal.SIGCONT)
        rig.press_notification("We're both here")
        wait_for(lambda: rig.program.state() == "idle", "they are back")


def test_without_any_message_bus_a_couple_can_pause(rigs: Rigs) -> None:
    """Without D-Bus there is an icon, a click calls a pause, and the pause survives kill -9."""
    rig = rigs(Parts(bus=False))
    running = rig.start()
    rig.click_icon()
    rig.window()
    assert rig.program.capabilities()["tray"]["available"]
    before = rig.program.status()["pause"]
    running.kill()
    rig.start()
    assert rig.program.status()["pause"]["id"] == before["id"]


def test_doctor_says_that_there_is_no_message_bus(rigs: Rigs) -> None:
    """Without a bus and without a panel, doctor advises nothing that would not help."""
    rig = rigs(Parts(bus=False, panel=False))
    rig.start()
    tray = rig.program.capabilities()["tray"]
    assert not tray["available"]
    assert "message bus" in tray["why"]
    assert "menu of your desktop" in tray["advice"]


def test_stale_socket_after_a_kill_is_taken_over(rig: Rig) -> None:
    """The socket of a killed program does not keep the next one from answering."""
    rig.start().kill()
    assert (rig.program.home / "socket").exists()
    assert not rig.program.status()["running"]
    rig.start()
    assert rig.program.status()["running"]


@pytest.mark.parametrize("milliseconds", range(0, 80, 10))
def test_kill_at_any_moment_of_a_call_loses_nothing_promised(rig: Rig, milliseconds: int) -> None:
    """After a kill during `pause`, an answered pause stands. Others stand whole or not at all."""
    running = rig.start()
    call = rig.program.start("pause", "--by", "Alex", "--minutes", "45")
    stays(lambda: call.runs, milliseconds / 1000)
    running.kill()
    answered = call.wait(20) == 0
    pause = rig.program.status()["pause"]
    assert pause is not None or not answered
    assert pause is None or pause["called_by"] == "Alex"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_it_quietly_with_the_pause_on_record(rig: Rig, how: signal.Signals) -> None:
    """After a signal the program exits with 0 and no output. The next start continues the pause."""
    running = rig.start()
    rig.program.ask("pause")
    before = rig.program.status()["pause"]["id"]
    os.kill(running.pid, how)
    assert running.wait(5) == 0
    assert "Traceback" not in rig.program.said
    assert not (rig.program.home / "socket").exists()
    rig.start()
    assert rig.program.status()["pause"]["id"] == before


def test_quit_command_leaves_the_pause_on_record(rig: Rig) -> None:
    """`quit` ends the program, and the pause stands."""
    running = rig.start()
    rig.program.ask("pause")
    rig.program.ask("quit")
    assert running.wait(5) == 0
    assert rig.program.status()["state"] == "paused"


def test_full_disk_lets_the_pause_run_and_says_so(rig: Rig) -> None:
    """On a full disk the pause runs, and the window says that it can't be saved."""
    running = rig.start()
    subprocess.run(["prlimit", f"--pid={running.pid}", "--fsize=0:0"], check=True)
    rig.click_icon()
    rig.see(HEADLINE)
    rig.see("can't be saved")
    assert rig.program.state() == "paused"
    assert not rig.program.capabilities()["data"]["available"]


def test_folder_that_cannot_be_made_lets_a_couple_pause(rig: Rig) -> None:
    """If no folder can be made, a click calls a pause, and the window says what is wrong."""
    rig.program.home.write_text("not a folder", encoding="utf-8")
    rig.program.start("--hidden")
    rig.wait_for_icon()
    rig.click_icon()
    rig.see(HEADLINE)
    rig.see("can't be saved")
    assert rig.program.home.read_text(encoding="utf-8") == "not a folder"


@pytest.mark.parametrize("what", ["text", "other program's database", "newer version"])
def test_file_that_is_not_ours_is_said_and_left_whole(rig: Rig, what: str) -> None:
    """A file that is not ours is reported and keeps its bytes. A pause works."""
    rig.program.home.mkdir(mode=0o700)
    path = rig.program.home / DATABASE
    _write_foreign(rig, path, what)
    before = path.read_bytes()
    rig.start()
    rig.window()
    rig.program.ask("pause")
    rig.see(HEADLINE)
    kept = [each.read_bytes() for each in rig.program.home.iterdir() if each.is_file()]
    assert before in kept


def test_folder_in_place_of_the_database_is_said_and_left_whole(rig: Rig) -> None:
    """A folder in the place of the database is reported and keeps its files. A pause works."""
    inside = rig.program.home / DATABASE / "precious"
    inside.parent.mkdir(parents=True)
    inside.write_text("precious", encoding="utf-8")
    rig.start()
    rig.window()
    rig.program.ask("pause")
    rig.see(HEADLINE)
    found = [each.read_text(encoding="utf-8") for each in rig.program.home.rglob("precious")]
    assert found == ["precious"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("pause", "--minutes", "5"),
        ("pause", "--minutes", "abc"),
        ("pause", "--until", "25:99"),
        ("pause", "--minutes", "30", "--until", "20:40"),
        ("pause", "--by", "x" * 500),
        ("paws",),
        ("--no-such",),
    ],
)
def test_wrong_arguments_start_nothing(rig: Rig, arguments: tuple[str, ...]) -> None:
    """Wrong arguments give exit code 2 and one sentence on stderr. No program starts."""
    done = rig.program.run(*arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    assert not rig.program.processes()


def _write_foreign(rig: Rig, path: Path, what: str) -> None:
    if what == "text":
        path.write_text("This is a shopping list, not a database.\n" * 50, encoding="utf-8")
        return
    if what == "newer version":
        rig.program.ask("settings", "set", "length", "45")
        _make_newer(path)
        return
    link = sqlite3.connect(path)
    link.execute("CREATE TABLE bookmarks (url TEXT)")
    link.execute("INSERT INTO bookmarks VALUES ('https://example.org')")
    link.commit()
    link.close()


def _make_newer(path: Path) -> None:
    link = sqlite3.connect(path)
    link.execute("PRAGMA user_version = 50")
    link.commit()
    link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    link.close()


def test_a_command_that_gave_up_is_not_carried_out(rig: Rig) -> None:
    """The command exits with 3. The app doesn't carry it out when it goes on."""
    rig.start()
    rig.program.ask("pause")
    [app] = rig.program.processes()
    os.kill(app, signal.SIGSTOP)
    try:
        done = rig.program.run("extend", "--minutes", "20")
    finally:
        os.kill(app, signal.SIGCONT)
    assert done.returncode == 3
    assert "doesn't answer" in done.stderr
    assert rig.program.status()["pause"]["extensions"] == 0
    rig.program.ask("extend", "--minutes", "20")
    assert rig.program.status()["pause"]["extensions"] == 1
