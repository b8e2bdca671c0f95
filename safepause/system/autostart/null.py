"""Autostart where there is none: the null object of this capability."""

from __future__ import annotations

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept


class NoAutostart:
    """Starts nothing, and gives the reason."""

    def __init__(self, why: str) -> None:
        """Take the reason, a sentence."""
        self._why = why

    def enabled(self) -> bool:
        """Return False."""
        return False

    def enable(self) -> None:
        """Raise the reason.

        Raises:
            NotKept: always.

        """
        raise NotKept(self._why)

    def disable(self) -> None:
        """Do nothing, because nothing starts."""

    def capability(self) -> Capability:
        """Return the reason."""
        return Capability(CapabilityKey.AUTOSTART, available=False, why=self._why)
