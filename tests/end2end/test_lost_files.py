"""The program's files disappear while it runs, as in an update or with a lost disk."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end2end.clockwork import clockwork
from tests.end2end.program import Program
from tests.end2end.waiting import wait_for

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

ROOT = Path(__file__).parents[2]
READY = "ready for a pause"
"""What the log says once all is in memory that a call and a return need."""


def test_a_call_and_its_return_need_no_file_of_the_program(rig: Rig, tmp_path: Path) -> None:
    """Without the program's files, a pause is called, is due, offers a new time, and ends."""
    copy = tmp_path / "program"
    for folder in ("safepause", "resources"):
        shutil.copytree(ROOT / folder, copy / folder)
    from_elsewhere = Program(rig.program.env, rig.program.home, rig.program.log)
    # Python imports the copy, and not the folder that the tests run in.
    rig.program.env |= {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(copy)}
    log = rig.program.home / "safepause.log"
    with clockwork(rig) as clock:
        rig.start()
        wait_for(lambda: log.exists() and READY in log.read_text(), "the window is made ready", 90)
        shutil.rmtree(copy)
        rig.click_icon()
        rig.see("We come back")
        rig.see("Breathe in")
        rig.press("Hide")
        rig.wait_hidden()
        clock.sleep(timedelta(minutes=31))
        rig.see("We're both here")
        rig.press("We need more time...")
        rig.see("A new time")
        rig.press("Back")
        rig.press("We're both here")
        rig.see("I feel")
    assert from_elsewhere.state() == "idle"
    assert [one["ending"] for one in from_elsewhere.history()] == ["returned"]
    assert "Traceback" not in rig.program.said
    assert "a plain scheduler waits" in log.read_text()
