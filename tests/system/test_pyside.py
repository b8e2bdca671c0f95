"""A defect of PySide6 that SafePause can't run with."""

from __future__ import annotations

import subprocess
import sys

VOID = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(100_000):
    thing.setObjectName("")
print("well")
"""


def test_a_hundred_thousand_void_calls_work() -> None:
    """The installed PySide6 does them. PySide6 6.12.0 crashes in Python 3.11 before 7,000."""
    done = subprocess.run(  # noqa: S603  -- our own interpreter
        [sys.executable, "-c", VOID], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr
