"""Takes the pictures of windows that README.md shows, from the same list as `every_window.py`.

Run by hand, from the root folder, after a change of these windows:
`PYTHONPATH=. .venv/bin/python tools/readme_pictures.py`. They go to .github/pictures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from safepause.ui.pause.orb import Orb
from tests.ui.every_window import VIEWS
from tests.ui.view import letters, shown, waiting

if TYPE_CHECKING:
    from tests.fakes import FakeClock

PICTURES = Path(".github") / "pictures"
TAKEN = {
    "pause": ("pause-breathing-later", "light"),
    "still": ("pause-still", "light"),
    "rest-dark": ("rest", "dark"),
    "restart": ("restart-turns", "light"),
    "agreement": ("agreement-agreed", "light"),
}
"""The name of each picture, with the view and the theme that it shows."""
BEGUN, BREATHING = waiting(5.5), waiting(13.2)
"""The breathing begins. Later an in-breath ends, and the offer of an undo is gone."""
SIZES = {"agreement": QSize(760, 740)}
USUAL = QSize(760, 560)
SCALE, WIDTH, COLOURS, MOST = 2, 960, 255, 80_000
"""How much larger it is painted, then its width in pixels, its colours, and its bytes at most."""


def main() -> int:
    """Take all pictures."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(SCALE), "LANGUAGE": "en"}
    application = QApplication([])
    views = {view.name: view for view in VIEWS}
    with tempfile.TemporaryDirectory() as folder, letters(10):
        raw = Path(folder) / "raw.png"
        for name, (view, theme) in TAKEN.items():
            taken = replace(views[view], after=_breathe) if name == "pause" else views[view]
            with shown(taken, SIZES.get(name, USUAL), theme=theme) as window:
                window.grab().save(str(raw))
            _keep(raw, name)
    application.quit()
    return 0


def _breathe(clock: FakeClock, window: QWidget) -> None:
    """Show the ball as large as it is after some time."""
    BEGUN(clock, window)
    BREATHING(clock, window)
    for orb in window.findChildren(Orb):
        orb.advance()


def _keep(raw: Path, name: str) -> None:
    """Keep a smaller copy of a picture."""
    kept = PICTURES / f"{name}.png"
    small = ["-resize", f"{WIDTH}x", "-strip", "-dither", "None", "-colors", str(COLOURS)]
    subprocess.run(["convert", str(raw), *small, f"png8:{kept}"], check=True)
    size = kept.stat().st_size
    if size > MOST:
        sys.exit(f"SafePause: {kept} has {size} bytes.")
    print(f"SafePause: {kept}, {size} bytes.")


if __name__ == "__main__":
    sys.exit(main())
