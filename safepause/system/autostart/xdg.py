"""Autostart on Linux: a file in the autostart folder, as freedesktop.org specifies it.

The settings of a desktop write to the same file, so the file's content decides. SafePause must
start after the panel's tray. So the file asks for a delay with the key of each such desktop.

A person may keep the file elsewhere, with a link in the folder. Then the link stays, and the file
that it leads to is changed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import APP_ID, own_files
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.i18n.language import _
from safepause.system import atomic_file
from safepause.system.desktop.entry import (
    entry,
    exec_of,
    plain,
    program_of,
    read_entry,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILE = f"{APP_ID}.desktop"
_AFTER_THE_PANEL = {
    "X-GNOME-Autostart-Delay": "3",  # GNOME, Budgie, Cinnamon
    "X-MATE-Autostart-Delay": "3",
    "X-KDE-autostart-phase": "2",
    "X-KDE-autostart-after": "panel",
}
_WITHOUT_AUTOSTART = {
    "sway": "exec {command}",
    "i3": "exec --no-startup-id {command}",
    "Hyprland": "exec-once = {command}",
    "river": "riverctl spawn '{command}'",
    "labwc": "{command} &",
    "ICEWM": "{command} &",
}
"""Desktops that read no autostart folder, and the line for their configuration."""
_FIRST_LINE = 4096
"""How many bytes of a script's first line are read."""


class XdgAutostart:
    """The person's autostart file, and the system's files, which it overrides."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] = os.environ) -> None:
        """Take the command to start, and the environment that names the folders."""
        self._command = list(command)
        self._env = env

    def enabled(self) -> bool:
        """Return whether this desktop starts SafePause at the next login."""
        return self._starts(next((path for path in self._paths() if path.exists()), None))

    def enable(self) -> None:
        """Write the file.

        Raises:
            NotKept: the file can't be written. Nothing has changed.

        """
        self._write(
            {
                "Type": "Application",
                "Name": "SafePause",
                "Exec": exec_of(self._command),
                "TryExec": text_of(self._command[0]),
                "Icon": APP_ID,
                "Terminal": "false",
                "StartupNotify": "false",
                **_AFTER_THE_PANEL,
            }
        )

    def disable(self) -> None:
        """Delete the file. Write one that hides SafePause if a file of the system starts it.

        A link to a file elsewhere stays, too: that file then hides SafePause.

        Raises:
            NotKept: the file can't be deleted or written. Nothing has changed.

        """
        own, *others = self._paths()
        linked = own.is_symlink() and own.exists()
        if linked or any(self._starts(path) for path in others if path.exists()):
            self._write({"Type": "Application", "Name": "SafePause", "Hidden": "true"})
            return
        try:
            own.unlink(missing_ok=True)
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def capability(self) -> Capability:
        """Return whether SafePause starts, or why this desktop can't start it and what helps."""
        for name in self._desktops():
            if name in _WITHOUT_AUTOSTART:
                line = _WITHOUT_AUTOSTART[name].format(command=" ".join(self._command))
                why = _("{desktop} starts no programs by itself.").format(desktop=name)
                advice = _("Add this line to its settings: {line}").format(line=line)
                return Capability(CapabilityKey.AUTOSTART, available=False, why=why, advice=advice)
        if self.enabled():
            why = _("SafePause starts with the computer.")
        else:
            why = _("It can. You choose in the settings.")
        return Capability(CapabilityKey.AUTOSTART, available=True, why=why)

    def _starts(self, path: Path | None) -> bool:
        found = read_entry(path) if path is not None else {}
        if "Exec" not in found or found.get("Hidden") == "true":
            return False
        if any(found.get(f"X-{name}-Autostart-enabled") == "false" for name in ("GNOME", "MATE")):
            return False
        wanted = plain(found.get("TryExec", ""))
        return (
            self._is_meant(found)
            and (not wanted or _can_run(wanted))
            and _can_run(program_of(found["Exec"]))
        )

    def _is_meant(self, found: Mapping[str, str]) -> bool:
        """Return whether an entry is for this desktop."""
        desktops = set(self._desktops())
        if "OnlyShowIn" in found:
            return not desktops.isdisjoint(found["OnlyShowIn"].split(";"))
        return desktops.isdisjoint(found.get("NotShowIn", "").split(";"))

    def _desktops(self) -> list[str]:
        return [name for name in self._env.get("XDG_CURRENT_DESKTOP", "").split(":") if name]

    def _paths(self) -> Iterator[Path]:
        """Yield the person's file, then the system's files. The first that exists decides."""
        own = self._env.get("XDG_CONFIG_HOME", "")
        home = Path(own) if own.startswith("/") else Path.home() / ".config"
        yield home / "autostart" / FILE
        for folder in (self._env.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":"):
            if folder.startswith("/"):
                yield Path(folder) / "autostart" / FILE

    def _write(self, values: Mapping[str, str]) -> None:
        own = next(self._paths())
        try:
            own_files.make_folder(str(own.parent))
            atomic_file.write_whole(own.resolve(), entry(values).encode())
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error


def _can_run(wanted: str) -> bool:
    """Return whether a program is there, and for a script also the interpreter that it names."""
    found = shutil.which(wanted)  # also for a path
    if not wanted or found is None:
        return False
    try:
        with Path(found).open("rb") as file:
            first = os.fsdecode(file.readline(_FIRST_LINE))
    except OSError:  # a program that may be run and not read
        return True
    words = first.removeprefix("#!").split()
    return not first.startswith("#!") or not words or shutil.which(words[0]) is not None
