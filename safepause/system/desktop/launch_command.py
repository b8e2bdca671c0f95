"""The absolute command that starts this SafePause, for the desktop's own files."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HIDDEN = "--hidden"
_WINDOWS = sys.platform == "win32"
_ENDING = ".exe" if _WINDOWS else ""
_NAMES = ("safepausew", "safepause") if _WINDOWS else ("safepause",)
"""The scripts that an install makes, in order of preference. safepausew opens no console."""


def command() -> list[str]:
    """Return the command, which works in any folder and with any PATH.

    The first of these that exists: the script that was run, the script beside this Python, the
    script on the PATH, this Python itself.
    """
    this, python = Path(sys.argv[0]).absolute(), Path(sys.executable).absolute()
    for script in (name + _ENDING for name in _NAMES):
        for place in (this if this.name == script else None, python.with_name(script)):
            if place is not None and _runs(place):
                return [str(place)]
    found = shutil.which("safepause")
    if found is not None:
        return [str(Path(found).absolute())]
    # -P: Python must not import a folder of the same name from the current folder.
    return [str(Path(sys.executable).absolute()), "-P", "-m", "safepause"]


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
