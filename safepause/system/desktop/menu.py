"""Tells whether this desktop's menu has an entry for SafePause.

A portal knows a program by its entry. GNOME's, and every portal from 1.21 on, gives no shortcuts to
a program without one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import APP_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED = "/usr/local/share:/usr/share"


def is_listed(env: Mapping[str, str] = os.environ) -> bool:
    """Return whether the person's or the system's data folders have the entry."""
    own = env.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folders = [own, *(env.get("XDG_DATA_DIRS") or _SHARED).split(":")]
    entry = Path("applications", f"{APP_ID}.desktop")
    return any((Path(folder) / entry).is_file() for folder in folders if folder)
