"""The protocol of a feature. `App` is a list of features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.capability import Capability


class Feature(Protocol):
    """One thing that the program does. All methods are called in the GUI thread."""

    def start(self) -> None:
        """Begin. `App` calls this once, as soon as the feature is built and its turn has come.

        Features that come later in the list may not be built yet.
        """
        ...

    def stop(self) -> None:
        """End, and release every resource. `App` calls this once, when the program ends.

        `start` may have failed before.
        """
        ...

    def capabilities(self) -> Iterable[Capability]:
        """Return what this computer offers for the feature, for `doctor` and the settings."""
        ...
