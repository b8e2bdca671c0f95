"""The program on other systems, as far as that can be tried on Linux."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safepause.system import paths
from safepause.system.ipc.client import ask

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="removes what Linux alone has")

ROOT = Path(__file__).parents[2]
HERE = {"shortcut", "notifications", "window", "reminders", "autostart", "commands", "data", "log"}
"""Capabilities that macOS has, as far as a fake can tell."""
NOT_HERE = {"sleep", "clock", "lock"}
"""Capabilities that macOS lacks."""
IMPORTS = """
# The libraries look at the system when they are imported, and must know the real one.
import ctypes, logging.handlers, pkgutil, shutil, subprocess, sys, tempfile, types
import apscheduler.schedulers.qt, plyer
from tests.system import other_system
other_system.become("win32")
for name in ("msvcrt", "winreg"):
    sys.modules[name] = types.ModuleType(name)
import safepause
elsewhere = ("dbus.connection", "dbus.wire", "ipc.unix_socket", "ipc.name_lock")
for module in pkgutil.walk_packages(safepause.__path__, "safepause."):
    if not module.name.endswith((*elsewhere, "__main__")):
        __import__(module.name)
print("imported")
"""


def test_the_app_runs_without_what_linux_alone_has(tmp_path: Path) -> None:
    """With macOS's name and functions the app starts, calls a pause, knows its limits and ends."""
    home = {paths.VARIABLE: str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.system.other_system"],
        cwd=ROOT,
        env={**os.environ, **home},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == "listening\n"
        answers = [
            ask(argv, path=str(tmp_path / "socket"))
            for argv in (["pause"], ["status", "--json"], ["doctor", "--json"], ["quit"])
        ]
        _out, err = app.communicate()
    assert [answer and answer[0] for answer in answers] == [0, 0, 0, 0], err
    status, doctor = (json.loads(answer[1]) for answer in answers[1:3] if answer is not None)
    assert status["state"] == "paused"
    found = {each["key"]: each["available"] for each in doctor["capabilities"]}
    assert {key for key in HERE if not found[key]} == set(), found
    assert {key for key in NOT_HERE if found[key]} == set(), found
    assert "Traceback" not in err
    assert app.returncode == 0


def test_every_module_can_be_imported_on_windows() -> None:
    """With Windows's name and without jeepney every module is imported, except those of Unix."""
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", IMPORTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("imported\n", "")
