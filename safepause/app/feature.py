"""What a feature of the running program is. App is a list of features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.capability import Capability


class Feature(Protocol):
    """One thing that the program does. All methods are called in the GUI thread."""

    def start(self) -> None:
        """Begin. Called once, when every feature is built."""
        ...

    def stop(self) -> None:
        """End: release what was taken. Called once, when the program ends; may follow a fault."""
        ...

    def capabilities(self) -> Iterable[Capability]:
        """Return what this computer offers for the feature, for `doctor` and the settings."""
        ...
