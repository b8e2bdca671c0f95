"""Whether animations run: as the person has set it, or as the system prefers."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QGuiApplication


def less_motion(choice: str) -> bool:
    """Tell whether animations are off, for the setting "motion": "system", "full" or "less".

    Qt knows the system's preference from 6.12 on. Before, this reads the files of KDE and GTK. If
    no file has a value, animations run.
    """
    if choice != "system":
        return choice == "less"
    told = _qt_says_still()
    if told is not None:
        return told
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return _files_say_still(config)


def _qt_says_still() -> bool | None:
    """Return the system's preference as Qt knows it, or None before Qt 6.12."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    preference = getattr(accessibility() if accessibility else None, "motionPreference", None)
    return None if preference is None else preference().name == "ReducedMotion"


def _files_say_still(config: Path) -> bool:
    """Tell whether a file of KDE or GTK in the folder `config` turns animations off."""
    if _value(config / "kdeglobals", "KDE", "AnimationDurationFactor") in {"0", "0.0"}:
        return True
    return any(
        _value(config / folder / "settings.ini", "Settings", "gtk-enable-animations")
        in {"0", "false"}
        for folder in ("gtk-4.0", "gtk-3.0")
    )


def _value(file: Path, section: str, key: str) -> str:
    """Return a value of an ini file, or an empty text. The import of configparser takes 3 ms."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    inside = False
    for line in map(str.strip, lines):
        if line.startswith("["):
            inside = line == f"[{section}]"
        elif inside and line.partition("=")[0].strip() == key:
            return line.partition("=")[2].strip().lower()
    return ""
