"""The program's files disappear while it runs, as in an update or with a lost disk."""

from __future__ import annotations

import json
import shutil
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from safepause.app.update_notice import STILL_MS
from tests.end2end.clockwork import clockwork
from tests.end2end.copies import ROOT, put_version, run_copy
from tests.end2end.program import Program
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

UPDATED = "SafePause was updated. Start it again?"
READY = "ready for a pause"
"""What the log says once all is in memory that a call and a return need."""


@pytest.fixture
def copy(rig: Rig, tmp_path: Path) -> Path:
    """Have the rig run a copy of the program, as an installed one. Return the copy's folder."""
    folder = tmp_path / "program"
    run_copy(rig, folder)
    return folder


def _put_misfit(folder: Path) -> None:
    """Write a version whose windows don't fit to this version's code."""
    put_version(folder, "99.0.0")
    for window in (folder / "safepause" / "ui").rglob("*.py"):
        window.write_text("from safepause import NEW\n" + window.read_text())


def _start(rig: Rig) -> Program:
    """Start the copy, and wait for the end of its warm-up. Return the commands of another copy."""
    from_elsewhere = Program(
        {key: value for key, value in rig.program.env.items() if key != "PYTHONPATH"},
        rig.program.home,
        rig.program.log,
    )
    log = rig.program.home / "safepause.log"
    rig.start()
    wait_for(lambda: log.exists() and READY in log.read_text(), "the window is made ready", 90)
    return from_elsewhere


COMMANDS = (
    *("status", "pause --by Alex", "pause", "show", "extend --minutes 20", "undo", "undo"),
    *("pause --minutes 45", "let-go", "pause --until 23:59", "return", "return", "history"),
    *("settings", "settings get length", "settings set length 45", "settings set length x"),
    *("settings set no 1", "settings set shortcut Ctrl+C", "settings set screens all", "pause"),
    *("return", "doctor", "doctor --log", "no-command", "pause --minutes 1", "forget --all --yes"),
)
"""Every command that the app takes, and every kind of refusal."""


@pytest.mark.parametrize("change", ["gone", "replaced"])
def test_every_command_needs_no_file_of_the_program(rig: Rig, copy: Path, change: str) -> None:
    """After an update, or without its files, the app carries out each command as before."""
    commands = _start(rig)
    hook = rig.program.home / "returned"
    commands.ask("settings", "set", "hook_returned", f"touch {hook}")
    if change == "gone":
        shutil.rmtree(copy)
    else:
        _put_misfit(copy)
    for line in COMMANDS:
        done = commands.run(*line.split())
        assert "went wrong" not in done.stdout + done.stderr, line
        assert done.returncode in (0, 1, 2), line
    wait_for(hook.exists, "the person's own command has run")
    exported = json.loads(commands.ask("export", "-"))
    assert exported["version"] != "99.0.0"
    # Only the notification's last resort may be missing, a package of others.
    assert "Traceback" not in rig.program.said
    assert "a fault in part" not in rig.program.said


def test_an_update_is_said_and_started_again(rig: Rig, copy: Path) -> None:
    """In a pause nothing is said. The next window asks, and the button starts the new version.

    The new version has the standing data.
    """
    commands = _start(rig)
    put_version(copy, "99.0.0")
    rig.click_icon()
    rig.see("We come back")
    assert "updated" not in commands.run("show").stderr
    assert commands.run("return").stderr.startswith("SafePause was updated")
    rig.press("Hide")
    rig.wait_hidden()
    commands.ask("show")
    rig.see(UPDATED)
    rig.press("Restart SafePause")
    wait_for(lambda: commands.status()["version"] == "99.0.0", "the new version runs", 30)
    assert [one["ending"] for one in commands.history()] == ["returned"]


def test_an_update_that_is_written_slowly(rig: Rig, copy: Path) -> None:
    """The files are deleted, and written one by one. Nothing is said until all are there.

    A pause takes the question away. After the pause, and after the next update, it comes again.
    """
    commands = _start(rig)
    shutil.rmtree(copy)
    commands.ask("show")
    (copy / "safepause").mkdir(parents=True)
    shutil.copy(ROOT / "safepause" / "__init__.py", copy / "safepause")
    time.sleep(STILL_MS / 1000 + 1)
    commands.ask("show")
    rig.see("Pause now")
    assert "files are not all here" in commands.run("status").stderr
    assert not rig.sees("updated")
    assert not rig.sees("files are gone")
    put_version(copy, "1.0.0")
    commands.ask("show")
    rig.see(UPDATED)
    commands.ask("pause")
    rig.see("We come back")
    assert not rig.sees(UPDATED)
    assert len(rig.windows()) == 2  # the pause, and the home window
    commands.ask("return")
    rig.press("Hide")
    for version in ("2.0.0", "3.0.0"):
        commands.ask("show")
        rig.see(UPDATED)
        rig.press("Later")
        wait_for(lambda: not rig.sees(UPDATED), "the question has gone")
        put_version(copy, version)


@pytest.mark.parametrize("entry", ["Our agreement", "Our pauses", "Settings", "More support"])
def test_every_window_opens_or_says_why(rig: Rig, copy: Path, entry: str) -> None:
    """Without the program's files a click leads to the window, or to a sentence."""
    commands = _start(rig)
    shutil.rmtree(copy)
    commands.ask("show")
    rig.see("SafePause's files are gone.")
    rig.press("Later")
    rig.press(entry)
    rig.see("In danger now?" if entry == "More support" else "SafePause's files are gone.")
    assert commands.state() == "idle"
    assert "Traceback" not in rig.program.said


@pytest.mark.parametrize("entry", ["Our agreement", "Our pauses", "Settings"])
def test_an_update_of_a_clone_is_said(rig: Rig, copy: Path, entry: str) -> None:
    """New modules that don't fit to the old ones are an update, though the version is the same."""
    commands = _start(rig)
    commands.ask("show")
    words = copy / "safepause" / "i18n" / "words.py"
    words.write_text(words.read_text() + "\n\ndef of_new_version() -> None:\n    pass\n")
    for window in (copy / "safepause" / "ui").rglob("*.py"):
        ending = "\nfrom safepause.i18n.words import of_new_version\n"
        window.write_text(window.read_text() + ending)
    rig.press(entry)
    rig.see(UPDATED)
    assert UPDATED in commands.run("doctor").stdout
    assert "Traceback" not in rig.program.said


def test_an_app_without_its_commands_keeps_no_caller_waiting(rig: Rig, copy: Path) -> None:
    """A call that starts a program of which a part is missing ends, and says what helps."""
    (copy / "safepause" / "app" / "command_server.py").unlink()
    done = rig.program.run("pause")
    assert (done.returncode, done.stdout) == (3, "")
    assert "A part of SafePause is missing. Please install SafePause again." in done.stderr


def test_a_call_and_its_return_need_no_file_of_the_program(rig: Rig, copy: Path) -> None:
    """Without the program's files, a pause is called, is due, offers a new time, and ends."""
    log = rig.program.home / "safepause.log"
    with clockwork(rig) as clock:
        from_elsewhere = _start(rig)
        shutil.rmtree(copy)
        rig.click_icon()
        rig.see("We come back")
        rig.see("Breathe in")
        rig.press("Hide")
        rig.wait_hidden()
        clock.sleep(timedelta(minutes=31))
        rig.see("We're both here")
        rig.press("Not ready yet")
        rig.see("When will you try again?")
        rig.press("Back")
        rig.press("We're both here")
        rig.see("Say hello first")
    assert from_elsewhere.state() == "idle"
    assert [one["ending"] for one in from_elsewhere.history()] == ["returned"]
    assert "Traceback" not in rig.program.said
    assert "a plain scheduler waits" in log.read_text()
