"""Autostart on Linux: a file in the autostart folder, as freedesktop.org specifies it.

The settings of a desktop write to the same file, so the file's content decides. SafePause must
start after the panel's tray. So the file asks for a delay with the key of each such desktop.

A person may keep the file elsewhere, with a link in the folder. Then the link stays, and the file
that it leads to is changed. A link that leads nowhere is replaced.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from safepause import APP_ID, own_files
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.i18n.language import _
from safepause.system import atomic_file
from safepause.system.autostart.starting import can_start
from safepause.system.desktop.entry import entry, exec_of, plain, read_entry, text_of, words_of

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
_WITH_SWITCH = ("GNOME", "MATE")
"""Desktops that have a key of their own for "off"."""
_NO_FILE = {errno.ENOTDIR, errno.ELOOP, errno.EISDIR}
"""The system's errors where there is no file: its folder is none, or it is a folder itself."""
_ON, _OFF = ("true", "1"), ("false", "0")


class XdgAutostart:
    """The person's autostart file, and the system's files, which it overrides."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] = os.environ) -> None:
        """Take the command to start, and the environment that names the folders."""
        self._command = list(command)
        self._env = env

    def enabled(self) -> bool:
        """Return whether this desktop starts SafePause at the next login."""
        return self._starts(next(filter(_is_file, self._paths()), None))

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
        linked = _is_file(own) and own.is_symlink()
        if linked or any(map(self._starts, others)):
            self._write({"Type": "Application", "Name": "SafePause", "Hidden": "true"})
            return
        try:
            own.unlink(missing_ok=True)
        except OSError as error:
            if error.errno not in _NO_FILE:
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
        command, wanted = found.get("Exec", ""), plain(found.get("TryExec", ""))
        return (
            found.get("Hidden") not in _ON
            and found.get("Type", "Application") == "Application"
            and not any(found.get(f"X-{name}-Autostart-enabled") in _OFF for name in _WITH_SWITCH)
            and self._is_meant(found)
            and _is_text(command + wanted)
            and Path(plain(found.get("Path", "")) or "/").is_dir()
            and (not wanted or can_start([wanted]))
            and can_start(words_of(command))
        )

    def _is_meant(self, found: Mapping[str, str]) -> bool:
        """Return whether an entry is for this desktop, by the first name that the entry lists."""
        for name in self._desktops():
            if name in found.get("OnlyShowIn", "").split(";"):
                return True
            if name in found.get("NotShowIn", "").split(";"):
                return False
        return "OnlyShowIn" not in found

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
        own, text = next(self._paths()), entry(values)
        if not _is_text(text):
            raise NotKept(_("The path of SafePause has letters that such a file can't hold."))
        try:
            own_files.make_folder(str(own.parent))
            atomic_file.write_whole(_end_of(own), text.encode())
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error


def _end_of(own: Path) -> Path:
    """Return the file to write: the one that a person's link leads to. Remove a broken link."""
    if not own.is_symlink():
        return own
    end = Path(os.path.realpath(own))
    if end.is_symlink() or not end.parent.is_dir():  # a loop, or a folder that is not there
        own.unlink()
        return own
    return end


def _is_file(path: Path) -> bool:
    """Return whether a file is there, as far as this person may look."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_text(value: str) -> bool:
    """Return whether a desktop can read a value: each file of this kind is UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
