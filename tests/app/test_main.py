"""The program from its start to its end, in a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from safepause.app import main
from safepause.app.main import start_again
from safepause.commands import spec
from safepause.system import paths
from safepause.system.session.qt_buses import AGAIN

if TYPE_CHECKING:
    from pathlib import Path

LOOKED_AT = """
import json
from safepause.app import main
qt = main._application()
print(json.dumps({
    "name": qt.applicationName(),
    "shown": qt.applicationDisplayName(),
    "desktop file": qt.desktopFileName(),
    "ends with its last window": qt.quitOnLastWindowClosed(),
    "has an icon": not qt.windowIcon().isNull(),
    "answers a session manager": qt.receivers("2commitDataRequest(QSessionManager&)") == 1,
}))
"""
LEFT = """
import json, os, signal, sys
from PySide6.QtCore import QTimer
from safepause.app import main

class Leaving(main.App):
    def _start_rest(self, early, *, hidden):
        super()._start_rest(early, hidden=hidden)
        os.kill(os.getpid(), signal.SIGTERM)

main.App = Leaving
before = signal.getsignal(signal.SIGTERM)
code = main.main(hidden=True)
print(json.dumps({
    "code": code,
    "handler is back": signal.getsignal(signal.SIGTERM) is before,
}))
"""

FAULT = """
import json
from safepause.app import main

def broken():
    raise OSError("broken")

class Broken(main.App):
    def _start_rest(self, early, *, hidden):
        super()._start_rest(early, hidden=hidden)
        self.tray.tray.middle_clicked.connect(broken)
        self.tray.tray.middle_clicked.emit()
        said = {found.key.value: found.why for found in self.capabilities()}
        print(json.dumps(said["program"]))
        self.quit()

main.App = Broken
main.main(hidden=True)
"""


def run(script: str, home: Path) -> Any:  # noqa: ANN401  -- as json.loads
    """Run a script with a data folder. Return the document that it prints."""
    env = {**os.environ, paths.VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, check=True, timeout=50
    )
    return json.loads(done.stdout)


def test_the_desktop_knows_the_program(tmp_path: Path) -> None:
    """The program has a name, an icon and a desktop file. Closing its windows does not end it."""
    assert run(LOOKED_AT, tmp_path) == {
        "name": "safepause",
        "shown": "SafePause",
        "desktop file": "io.github.safepause.SafePause",
        "ends with its last window": False,
        "has an icon": True,
        "answers a session manager": True,
    }


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no SIGTERM")
def test_a_signal_ends_the_program_as_a_quit_does(tmp_path: Path) -> None:
    """SIGTERM stops every feature and restores its handler, and the exit code is 0."""
    assert run(LEFT, tmp_path) == {"code": 0, "handler is back": True}
    lines = (tmp_path / "safepause.log").read_text(encoding="utf-8").splitlines()
    facts = [line.partition(" event_recorder: ")[2] for line in lines]
    assert facts[0].startswith("started")
    assert facts[-1] == "ended"


def test_a_fault_in_a_slot_is_shown_and_ends_nothing(tmp_path: Path) -> None:
    """An uncaught error is in the log, `doctor` shows it, and the program goes on."""
    assert run(FAULT, tmp_path) == "Something went wrong here. (OSError)"
    logged = (tmp_path / "safepause.log").read_text(encoding="utf-8")
    assert "a fault in part program" in logged
    assert logged.splitlines()[-1].endswith("ended")


def test_a_new_start_is_the_same_command_with_a_window() -> None:
    """The new process has the same Python and arguments. A start at a login becomes one by hand."""
    called: list[tuple[str, list[str]]] = []
    argv = ["python3", "-P", "-m", "safepause", "--hidden"]
    start_again("/usr/bin/python3", argv, hidden=False, execute=lambda *given: called.append(given))
    assert AGAIN not in os.environ
    assert called == [("/usr/bin/python3", ["/usr/bin/python3", "-P", "-m", "safepause"])]


def test_the_option_of_a_hidden_start_is_the_declared_one() -> None:
    """The program's own copy of the option is the option of the command line."""
    assert spec.HIDDEN.flag == main._HIDDEN  # noqa: SLF001
