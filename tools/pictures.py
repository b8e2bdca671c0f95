"""Takes the pictures of calling a pause in docs/desktops.md: KWin, sway, and XFCE's panel on X11.

Run by hand, from the root folder, after `make test-kwin` has installed what it needs:
`PYTHONPATH=. .venv/bin/python tools/pictures.py`. They go to .github/pictures.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.end2end.desktop import Desktop
from tests.end2end.rig import Rig
from tests.end2end.waiting import Process, wait_for
from tests.end2end.wayland.desk import Desk, home, ready_lines
from tests.end2end.wayland.hands import ALT, CTRL, P
from tests.end2end.wayland.kwin import KWin
from tests.end2end.wayland.other import TITLE
from tests.end2end.wayland.sway import Sway

PICTURES = Path(".github/pictures")
HEADLINE = "We come back"
BREATHING = 7.5
"""Seconds after a call in which the circle has begun to breathe, and Undo is still there."""
WIDTH, COLOURS, MOST = 640, 224, 60_000
"""Of a picture, in pixels and bytes: small enough to look at on the way."""


def main() -> int:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.png"
        for name, desktop in (
            ("kde", KWin(home)),
            ("sway", Sway(ready_lines("# ~/.config/sway/config"), home)),
        ):
            with desktop, Desk(desktop) as desk:
                _on_wayland(desk, raw)
            _keep(raw, name)
        with Desktop() as screen, Rig(screen, "program") as rig:
            _on_x11(rig, raw)
        _keep(raw, "xfce")
    return 0


def _on_wayland(desk: Desk, raw: Path) -> None:
    desk.program.started()
    with desk.other_window():
        wait_for(lambda: _called(desk), "the keys call a pause", 20)
        desk.see(HEADLINE)
        time.sleep(BREATHING)
        desk.desktop.picture(raw)


def _called(desk: Desk) -> bool:
    """Press the keys after the program has bound them."""
    desk.hands.press(CTRL, ALT, P)
    return desk.program.state() == "paused"


def _on_x11(rig: Rig, raw: Path) -> None:
    rig.start()
    command = [sys.executable, "-m", "tests.end2end.wayland.other"]
    letter = Process(command, rig.desktop.env, rig.desktop.folder / "letter.log", at=Path.cwd())
    try:
        wait_for(lambda: TITLE in rig.screen.title(rig.screen.active()), "a letter is written")
        rig.screen.key("ctrl+alt+p")
        rig.see(HEADLINE)
        time.sleep(BREATHING)
        rig.screen.picture(raw)
    finally:
        letter.stop()


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
