"""The rules of conftest.py: what they must not let pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASES = """
import logging, threading
from PySide6.QtCore import QObject, QPropertyAnimation, QTimer, qWarning

kept = []

def test_bad_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(10_000)

def test_bad_animation(qapp):
    kept.extend([QObject(), QPropertyAnimation()])
    kept[-1].setTargetObject(kept[-2])
    kept[-1].setPropertyName(b"objectName")
    kept[-1].setDuration(10_000)
    kept[-1].start()

def test_bad_thread():
    kept.append(threading.Event())
    threading.Thread(target=kept[-1].wait, daemon=True).start()

def test_bad_log():
    logging.getLogger("safepause").warning("oh")

def test_bad_qt_warning(qapp):
    qWarning("oh")

def test_bad_slot(qtbot):
    with qtbot.waitSignal(made().timeout):
        pass

def made():
    kept.append(QTimer(singleShot=True))
    kept[-1].timeout.connect(lambda: 1 / 0)
    kept[-1].start(0)
    return kept[-1]

def test_good_timer_that_nobody_holds(qapp):
    timer = QTimer()
    timer.itself = timer
    timer.start(10_000)

def test_good_thread_that_ends():
    threading.Thread(target=int).start()

def test_good_log_that_is_looked_at(caplog):
    logging.getLogger("safepause").warning("oh")
"""


def test_what_is_left_behind_fails_a_test(tmp_path: Path) -> None:
    """A test fails if it leaves something running, or logs a warning, or has an error in a slot."""
    cases = tmp_path / "test_cases.py"
    cases.write_text(CASES)
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    run = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [*run, *settings, "-q", str(cases)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    said = done.stdout.partition("short test summary info")[2]
    blamed = {line.split("::")[1].split()[0] for line in said.splitlines() if "::" in line}
    assert blamed == {
        f"test_bad_{kind}" for kind in ("timer", "animation", "thread", "log", "qt_warning", "slot")
    }, done.stdout
