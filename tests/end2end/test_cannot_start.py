"""An app that can't start says why, in the command's own words, and tries the other platform."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.program import START
from tests.end2end.waiting import patience, wait_for
from tests.end2end.wayland.conftest import desk, sway_desks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.end2end.program import Program
    from tests.end2end.rig import Rig
    from tests.end2end.wayland.desk import Desk

pytestmark = pytest.mark.end2end

__all__ = ["desk", "sway_desks"]

_HIDE = """
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work"
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$2"
rm "$2"/"$3".so*
shift 3
exec "$@"
"""
"""Hides a library for one program, in a mount namespace of its own."""


def libraries() -> Path:
    """Return the folder of the system's libraries."""
    return next(Path("/usr/lib").glob("*/libxcb-cursor.so.0")).parent


def hiding(library: str, folder: Path) -> list[str]:
    """Return what comes before a command that must not find a library."""
    folder.mkdir()
    namespace = ["unshare", "--mount"]
    if os.geteuid() != 0:
        namespace += ["--user", "--map-root-user"]
    command = [*namespace, "sh", "-c", _HIDE, "sh", str(folder), str(libraries()), library]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine mounts nothing for a single program")
    return command


def run(program: Program, *before: str, argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command, after other words, until it ends."""
    return subprocess.run(
        [*before, *START, *argv],
        env=program.env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=patience(30),
    )


@pytest.mark.parametrize("argv", [["pause"], ["show"], []], ids=["pause", "show", "alone"])
@pytest.mark.parametrize(
    ("library", "package"),
    [("libxcb-cursor", "libxcb-cursor0"), ("libEGL", "libegl1")],
)
def test_a_missing_library_is_named(rig: Rig, argv: list[str], library: str, package: str) -> None:
    """Without a library of Qt, each command that starts the app names the library, and ends."""
    before = hiding(library, rig.program.home.with_name(f"hidden-{rig.program.home.name}"))
    done = run(rig.program, *before, argv=argv)
    lines = done.stderr.splitlines()
    sentence = f"A library is missing or broken: {package} ({library}.so."
    assert done.returncode == 3
    assert any(line.startswith(sentence) for line in lines), lines
    assert any("cannot open shared object file" in line for line in lines)
    if argv:
        assert lines[0].startswith(sentence)
    assert not rig.program.processes()


def test_a_missing_library_is_told_to_scripts(rig: Rig) -> None:
    """With --json, standard output is an error with its reason."""
    before = hiding("libxcb-cursor", rig.program.home.with_name("hidden-json"))
    done = run(rig.program, *before, argv=["pause", "--json"])
    assert json.loads(done.stdout)["error"]["reason"] == "not_started"


@pytest.mark.parametrize("asked", ["wayland", "wayland-egl", "gnome"])
def test_x11_is_tried_after_another_platform(rig: Rig, asked: str) -> None:
    """On a desktop with X11 alone, the app starts, whatever QT_QPA_PLATFORM asks for."""
    rig.program.env["QT_QPA_PLATFORM"] = asked
    assert rig.program.ask("pause").startswith("Pause until ")
    rig.see("We come back")


def test_wayland_is_tried_after_x11(desk: Desk) -> None:
    """On a desktop with Wayland alone, the app starts, though QT_QPA_PLATFORM asks for X11."""
    desk.program.env["QT_QPA_PLATFORM"] = "xcb"
    desk.program.ask("pause")
    desk.see("We come back")


@pytest.mark.parametrize("argv", [["pause"], []], ids=["pause", "alone"])
@pytest.mark.parametrize(
    ("display", "sentence"),
    [
        ({"DISPLAY": ":32109"}, "SafePause can't reach the screen :32109."),
        (
            {"WAYLAND_DISPLAY": "wayland-77", "QT_QPA_PLATFORM": "wayland"},
            "SafePause can't reach the screen wayland-77.",
        ),
        (
            {"QT_QPA_PLATFORM": "xcb"},
            "SafePause needs a desktop to appear on. There is none here.",
        ),
    ],
    ids=["x11", "wayland", "none"],
)
def test_a_screen_that_is_not_there_is_named(
    rig: Rig, display: dict[str, str], sentence: str, argv: list[str]
) -> None:
    """If no screen can be reached, the command says which one, and ends at once."""
    for key in ("DISPLAY", "QT_QPA_PLATFORM"):
        del rig.program.env[key]
    rig.program.env |= display
    done = run(rig.program, argv=argv)
    assert done.returncode == 3
    assert sentence in done.stderr.splitlines()
    assert "Reinstalling" not in done.stderr


@pytest.mark.parametrize("argv", [["pause"], []], ids=["pause", "alone"])
def test_a_broken_part_is_told(rig: Rig, argv: list[str]) -> None:
    """If Qt's Python part can't be imported, the command says so, and what helps."""
    broken = rig.program.home.with_name(f"broken-{rig.program.home.name}")
    (broken / "PySide6").mkdir(parents=True)
    (broken / "PySide6/__init__.py").write_text("raise ImportError('it is torn')\n")
    rig.program.env["PYTHONPATH"] = str(broken)
    done = run(rig.program, argv=argv)
    assert done.returncode == 3
    sentence = "A part of SafePause is missing or broken. Please install SafePause again."
    assert sentence in done.stderr.splitlines()
    assert "it is torn" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("act", "sentence", "words"),
    [
        (
            "os.abort()",
            "SafePause was ended while it started. (Aborted)",
            "  nearly there",
        ),
        ("raise RuntimeError('no luck')", "SafePause can't start here.", "  RuntimeError: no luck"),
    ],
)
def test_last_words_are_told(rig: Rig, act: str, sentence: str, words: str) -> None:
    """An app that is aborted, or that fails in another way: the command has its last words."""
    folder = rig.program.home.with_name(f"ends-{rig.program.home.name}")
    (folder / "PySide6").mkdir(parents=True)
    said = "import os, sys; sys.stderr.write('nearly there\\n'); sys.stderr.flush(); "
    (folder / "PySide6/__init__.py").write_text(f"{said}\n{act}\n")
    rig.program.env["PYTHONPATH"] = str(folder)
    done = rig.program.run("pause")
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0], lines[-1]) == (3, sentence, words)
    kept = [path.name for path in rig.program.home.iterdir()] if rig.program.home.exists() else []
    assert set(kept) <= {"lock", "safepause.sqlite3", "safepause.log"}


def test_the_app_lets_go_of_the_command(rig: Rig) -> None:
    """Once it has answered, the app holds none of the command's pipes, and its words go nowhere."""
    rig.program.ask("pause")
    wait_for(lambda: len(rig.program.processes()) == 1, "one app runs")
    (app,) = rig.program.processes()
    streams = [os.readlink(f"/proc/{app}/fd/{number}") for number in range(3)]  # noqa: PTH115
    assert streams == [os.devnull] * 3
