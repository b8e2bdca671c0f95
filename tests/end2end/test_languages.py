"""Languages of the windows that the program does not have yet."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

if TYPE_CHECKING:
    from tests.end2end.rig import Rig

pytestmark = pytest.mark.end2end

ROOT = Path(__file__).parents[2]


@pytest.fixture
def arabic(rig: Rig, tmp_path: Path) -> Rig:
    """Return a rig whose SafePause has an Arabic catalogue, without any words so far."""
    for folder in ("safepause", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    words = tmp_path / "resources" / "locale" / "ar" / "LC_MESSAGES" / "safepause.mo"
    words.parent.mkdir(parents=True)
    with words.open("wb") as file:
        write_mo(file, Catalog(locale="ar"))
    rig.program.env |= {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(tmp_path), "LANGUAGE": "ar"}
    return rig


def test_windows_run_from_right_to_left_from_the_first_on(arabic: Rig) -> None:
    """In Arabic, a row of buttons begins at the right, before and after Qt's own words come."""
    arabic.start()
    arabic.program.ask("pause")
    for _turn in range(2):
        arabic.see("Breathe in")
        window = arabic.screen.place(arabic.window())
        first, last = arabic.see("Easier"), arabic.see("Hide")
        assert first.middle[0] > window[0] + window[2] // 2
        assert last.middle[0] < first.left
        arabic.program.ask("return")
        arabic.see("Good to see your face")
        arabic.program.ask("pause")
