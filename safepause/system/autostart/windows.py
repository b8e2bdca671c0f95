"""Starting with Windows: the Run key of the person's own registry. Written to its documentation.

The task manager has a list of its own, StartupApproved, where a person switches programs off: what
stands there counts.
"""

from __future__ import annotations

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
"""The first byte of a value below APPROVED is odd where the person has switched it off."""


class Registry(Protocol):
    """The person's own part of the registry, as far as it is needed here."""

    def read(self, key: str, name: str) -> object:
        """Return a value; None if there is none.

        Raises:
            OSError: it can't be read.

        """
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text.

        Raises:
            OSError: it can't be written.

        """
        ...

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if there is one.

        Raises:
            OSError: it can't be deleted.

        """
        ...


class RunKey:
    """The value that Windows reads when the person logs in."""

    def __init__(self, command: Sequence[str], registry: Registry | None = None) -> None:
        """Know what is to be started."""
        self._command = list(command)
        self._registry = registry or _windows()

    def enabled(self) -> bool:
        """Look whether Windows starts SafePause at the next login."""
        try:
            command = self._registry.read(RUN, NAME)
            approved = self._registry.read(APPROVED, NAME)
        except OSError:
            return False
        off = isinstance(approved, bytes) and bool(approved) and bool(approved[0] & _OFF)
        return bool(command) and not off

    def enable(self) -> None:
        """Write the value, and take back what the task manager said against it.

        Raises:
            NotKept: it can't be written.

        """
        try:
            self._registry.write(RUN, NAME, subprocess.list2cmdline(self._command))
            self._registry.delete(APPROVED, NAME)
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def disable(self) -> None:
        """Delete the value.

        Raises:
            NotKept: it can't be deleted.

        """
        try:
            self._registry.delete(RUN, NAME)
        except OSError as error:
            raise NotKept(error.strerror or str(error)) from error

    def capability(self) -> Capability:
        """Return whether it starts."""
        if self.enabled():
            return Capability(
                CapabilityKey.AUTOSTART, True, _("SafePause starts with the computer.")
            )
        return Capability(CapabilityKey.AUTOSTART, True, _("It can. You choose in the settings."))


def _windows() -> Registry:
    from safepause.system.autostart.windows_registry import WindowsRegistry

    return WindowsRegistry()
