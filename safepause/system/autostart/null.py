"""No way of starting with the computer, and why."""

from __future__ import annotations

from safepause.core.capability import Capability, CapabilityKey
from safepause.core.ports import NotKept


class NoAutostart:
    """Starts nothing, and says why."""

    def __init__(self, why: str) -> None:
        """Take the reason: a sentence."""
        self._why = why

    def enabled(self) -> bool:
        """Return that it doesn't start."""
        return False

    def enable(self) -> None:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self._why)

    def disable(self) -> None:
        """Do nothing: it doesn't start anyway."""

    def capability(self) -> Capability:
        """Return why."""
        return Capability(CapabilityKey.AUTOSTART, available=False, why=self._why)
