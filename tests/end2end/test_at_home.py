"""Integration into the desktop: start at login, window class, and the actions of the menu entry."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safepause import APP_ID
from tests.end2end.waiting import Process, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end


@pytest.fixture
def started() -> Iterator[list[Process]]:
    """Return a list of processes, which are ended after the test."""
    processes: list[Process] = []
    yield processes
    for process in processes:
        process.stop()


def _lines(path: Path, key: str) -> list[str]:
    found = re.findall(rf"^{key}=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"no {key} in {path}"
    return found


def _as_the_desktop_does(rig: Rig, line: str) -> Process:
    """Start the command of a desktop file's line, with no SafePause on the PATH."""
    env = {**rig.program.env, "PATH": "/usr/bin:/bin"}
    return Process(shlex.split(line), env, rig.program.log)


def test_the_autostart_file_starts_it_hidden(rig: Rig, started: list[Process]) -> None:
    """After the command switches autostart on, the file's line starts the app without a window."""
    file = Path(rig.program.env["XDG_CONFIG_HOME"]) / "autostart" / f"{APP_ID}.desktop"
    assert rig.program.ask("settings", "get", "autostart") == "no\n"
    rig.program.ask("settings", "set", "autostart", "yes")
    (line,) = _lines(file, "Exec")
    started.append(_as_the_desktop_does(rig, line))
    rig.wait_for_icon()
    wait_for(lambda: rig.program.status()["running"], "SafePause answers")
    assert not rig.windows()
    assert rig.program.ask("settings", "get", "autostart") == "yes\n"
    assert rig.program.capabilities()["autostart"]["available"]
    rig.program.ask("settings", "set", "autostart", "no")
    assert not file.exists()


def test_a_slow_python_in_the_record_is_waited_for_once(rig: Rig, tmp_path: Path) -> None:
    """The record may name a Python that is slow to say what it has. The app runs it once."""
    python, runs = tmp_path / "python3", tmp_path / "runs"
    python.write_text(f'#!/bin/sh\necho $PPID >>"{runs}"\nsleep 2\n')
    python.chmod(0o755)
    file = Path(rig.program.env["XDG_CONFIG_HOME"]) / "autostart" / f"{APP_ID}.desktop"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[Desktop Entry]\nType=Application\nExec={python} -m safepause --hidden\n")
    app = rig.start()
    for _time in range(2):
        assert rig.program.ask("settings", "get", "autostart") == "yes\n"
        rig.program.ask("settings", "set", "theme", "dark")
        rig.program.ask("pause")
        rig.program.ask("return")
    rig.program.ask("settings", "set", "autostart", "no")
    assert not file.exists()
    assert runs.read_text().split().count(str(app.popen.pid)) == 1


def to_the_close(rig: Rig) -> None:
    """Go to the last step of the talk after a pause."""
    rig.press("Next")
    rig.press("Skip")
    rig.see("Step 3 of 4")
    rig.press("Skip")
    rig.see("Step 4 of 4")


def test_yes_at_the_end_of_the_first_pause_is_enough(rig: Rig) -> None:
    """After "We're both here", one click switches on the start at login."""
    rig.start()
    rig.program.ask("pause")
    rig.program.ask("return")
    to_the_close(rig)
    rig.see("Start SafePause with your computer?")
    rig.press("Yes")
    rig.see("SafePause starts with your computer now.")
    assert rig.program.ask("settings", "get", "autostart") == "yes\n"
    rig.program.ask("settings", "set", "autostart", "no")
    rig.program.ask("pause")
    rig.program.ask("return")
    to_the_close(rig)
    assert not rig.sees("Start SafePause with your computer?")


def test_the_menus_entries_work(rig: Rig, started: list[Process]) -> None:
    """After `install-desktop`, each action of the menu entry works, from any folder."""
    data = Path(rig.program.env["XDG_DATA_HOME"])
    entry = data / "applications" / f"{APP_ID}.desktop"
    rig.program.ask("install-desktop")
    assert (data / f"icons/hicolor/48x48/apps/{APP_ID}.png").exists()
    home, pause, breathe = _lines(entry, "Exec")
    started.append(_as_the_desktop_does(rig, breathe))
    rig.see("Just rest")
    assert rig.program.state() == "idle"
    started.append(_as_the_desktop_does(rig, pause))
    rig.see("We come back")
    assert rig.program.state() == "paused"
    rig.press("Hide")
    rig.wait_hidden()
    started.append(_as_the_desktop_does(rig, home))
    rig.see("We come back")
    rig.program.ask("install-desktop", "--remove")
    assert not entry.exists()


def test_windows_are_known_by_the_menu_entry(rig: Rig) -> None:
    """Each window has the class and the id that desktops compare with the menu entry."""
    source = Path(__file__).parents[2] / "resources/linux" / f"{APP_ID}.desktop"
    (name,) = _lines(source, "StartupWMClass")
    rig.start()
    rig.program.ask("show")
    assert set(re.split(r'", "', rig.window().kind)) == {name}
    rig.program.ask("pause")
    rig.see("We come back")
    for window in rig.windows():
        assert set(re.split(r'", "', window.kind)) == {name}
        said = rig.screen.properties(window, "_GTK_APPLICATION_ID", "_KDE_NET_WM_DESKTOP_FILE")
        assert said.count(f'"{APP_ID}"') >= 1, said


def test_a_display_that_goes_leaves_the_pause_on_record(
    rig: Rig, started: list[Process], tmp_path: Path
) -> None:
    """If a logout ends the display, the app ends, and the next start continues the pause."""
    said = tmp_path / "display"
    server = Process(["Xvfb", "-displayfd", "1", "-nolisten", "tcp"], rig.program.env, said)
    started.append(server)
    number = wait_for(lambda: re.findall(r"^(\d+)$", said.read_text(), re.MULTILINE), "a display")
    rig.program.env["DISPLAY"] = f":{number[0]}"
    running = rig.program.started()
    rig.program.ask("pause")
    before = rig.program.status()["pause"]["id"]
    server.stop()
    running.wait(10)
    assert rig.program.status()["running"] is False
    rig.program.env["DISPLAY"] = rig.desktop.env["DISPLAY"]
    rig.start()
    assert rig.program.status()["pause"]["id"] == before
