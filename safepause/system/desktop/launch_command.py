"""How this SafePause is started from anywhere: for the files that desktops start programs by."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HIDDEN = "--hidden"
_WINDOWS = sys.platform == "win32"
_ENDING = ".exe" if _WINDOWS else ""
_NAMES = ("safepausew", "safepause") if _WINDOWS else ("safepause",)
"""The scripts that an install makes, the best one first: on Windows one opens no console."""


def command() -> list[str]:
    """Return the absolute command that starts SafePause, whatever the folder or the PATH.

    It is the script that was run, else the one that was installed beside this Python, else the
    first on the PATH, else this Python itself.
    """
    this, python = Path(sys.argv[0]).absolute(), Path(sys.executable).absolute()
    for script in (name + _ENDING for name in _NAMES):
        for place in (this if this.name == script else None, python.with_name(script)):
            if place is not None and _runs(place):
                return [str(place)]
    from shutil import which  # slow to import, and hardly ever needed

    found = which("safepause")
    if found is not None:
        return [str(Path(found).absolute())]
    # -P: a folder that happens to be named like a module of ours must not run in its place.
    return [str(Path(sys.executable).absolute()), "-P", "-m", "safepause"]


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
