"""Autostart on Windows: the Run key of the person's registry. Written to its documentation.

A person can switch programs off in the task manager, which keeps them in the key StartupApproved.
A program that is off there doesn't start.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Protocol

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME = "SafePause"
_OFF = 1
"""The first byte of a value below APPROVED is odd if the person has switched the program off."""


class Registry(Protocol):
    """The part of the person's registry that is needed here."""

    def read(self, key: str, name: str) -> object:
        """Return a value, or None if there is none.

        Raises:
            OSError: the value can't be read.

        """
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text.

        Raises:
            OSError: the value can't be written.

        """
        ...

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if there is one.

        Raises:
            OSError: the value can't be deleted.

        """
        ...


class RunKey:
    """The value that Windows reads at login."""

    def __init__(self, command: Sequence[str], registry: Registry) -> None:
        """Take the command to start, and the registry that holds the value."""
        self._command = list(command)
        self._registry = registry

    def enabled(self) -> bool:
        """Return whether Windows starts SafePause at the next login."""
        try:
            command = self._registry.read(RUN, NAME)
            approved = self._registry.read(APPROVED, NAME)
        except OSError:
            return False
        off = isinstance(approved, bytes) and bool(approved) and bool(approved[0] & _OFF)
        return isinstance(command, str) and _can_run(command) and not off

    def enable(self) -> None:
        """Write the value, and delete the task manager's value that switches SafePause off.

        Raises:
            NotKept: the registry can't be changed.

        """
        try:
            self._registry.write(RUN, NAME, subprocess.list2cmdline(self._command))
            self._registry.delete(APPROVED, NAME)
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def disable(self) -> None:
        """Delete the value.

        Raises:
            NotKept: the value can't be deleted.

        """
        try:
            self._registry.delete(RUN, NAME)
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def capability(self) -> Capability:
        """Return whether SafePause starts at login."""
        if self.enabled():
            return Capability(
                CapabilityKey.AUTOSTART, True, _("SafePause starts with the computer.")
            )
        return Capability(CapabilityKey.AUTOSTART, True, _("It can. You choose in the settings."))


def _can_run(command: str) -> bool:
    """Return whether the program of a command line is there. Quotes keep a path with blanks."""
    quoted = command.startswith('"')
    program = command[1:].partition('"')[0] if quoted else command.partition(" ")[0]
    return bool(program) and shutil.which(program) is not None
