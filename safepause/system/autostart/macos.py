"""Autostart on macOS: a launch agent of the person. Written to Apple's documentation."""

from __future__ import annotations

import plistlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from safepause import APP_ID, own_files
from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.i18n.language import _
from safepause.system import atomic_file

if TYPE_CHECKING:
    from collections.abc import Sequence


class LaunchAgent:
    """The file that launchd reads at login."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        """Take the command to start, and the folder of the launch agents."""
        self._command = list(command)
        self._path = (folder or Path.home() / "Library" / "LaunchAgents") / f"{APP_ID}.plist"

    def enabled(self) -> bool:
        """Return whether launchd starts SafePause at the next login."""
        try:
            with self._path.open("rb") as file:
                found = plistlib.load(file)
        except (OSError, plistlib.InvalidFileException, ValueError, ExpatError):
            return False
        if not isinstance(found, dict) or found.get("RunAtLoad") is not True:
            return False
        return found.get("Disabled") is not True and _can_run(found.get("ProgramArguments"))

    def enable(self) -> None:
        """Write the file. launchd reads it at the next login.

        Raises:
            NotKept: the file can't be written. Nothing has changed.

        """
        content = plistlib.dumps(
            {
                "Label": APP_ID,
                "ProgramArguments": self._command,
                "RunAtLoad": True,
                "KeepAlive": False,
                "LimitLoadToSessionType": "Aqua",
                "ProcessType": "Interactive",
            }
        )
        try:
            own_files.make_folder(str(self._path.parent))
            atomic_file.write_whole(self._path.resolve(), content)  # a person's link stays
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def disable(self) -> None:
        """Delete the file.

        Raises:
            NotKept: the file can't be deleted.

        """
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def capability(self) -> Capability:
        """Return whether SafePause starts at login."""
        if self.enabled():
            return Capability(
                CapabilityKey.AUTOSTART, True, _("SafePause starts with the computer.")
            )
        return Capability(CapabilityKey.AUTOSTART, True, _("It can. You choose in the settings."))


def _can_run(command: object) -> bool:
    """Return whether the program of a command is there."""
    return isinstance(command, list) and bool(command) and shutil.which(str(command[0])) is not None
