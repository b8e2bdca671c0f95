"""What starts programs at a login: systemd, for GNOME and Plasma as Debian sets them up."""

from __future__ import annotations

import shlex
import subprocess
from typing import TYPE_CHECKING

from safepause import APP_ID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_GENERATOR = "/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator"


def units_of_systemd(env: Mapping[str, str], folder: Path) -> list[list[str]]:
    """Return the command of each unit that systemd makes of SafePause's autostart file.

    systemd itself does not run in a Debian without a boot. Its generator does, and reads the same
    rules: for which desktop a file is, and whether its program can run.
    """
    places = [folder / "units" / name for name in ("normal", "early", "late")]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    subprocess.run([_GENERATOR, *map(str, places)], env=dict(env), check=True, timeout=20)
    found = []
    for unit in places[2].glob("app-*@autostart.service"):
        text = unit.read_text(encoding="utf-8")
        if APP_ID in text:
            (line,) = [line for line in text.splitlines() if line.startswith("ExecStart=")]
            found.append(shlex.split(line.partition("=")[2].lstrip(":")))
    return found
