"""The store of a practice: it takes everything, keeps it in memory, and no file knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.settings.catalogue import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.ports import Remembered
    from safepause.core.reference import Reference
    from safepause.core.settings.declaration import Value


class PracticeStore:
    """Keeps settings until the practice ends, and neither a pause nor how it ended."""

    clean = True

    def __init__(self, settings: Settings) -> None:
        """Start with `settings` and without a pause."""
        self._settings = settings

    def standing(self) -> Pause | None:
        """Return None."""
        return None

    def reference(self) -> Reference | None:
        """Return None."""
        return None

    def commit(
        self,
        step: Transition,
        request: Remembered | None = None,
        reference: Reference | None = None,
    ) -> None:
        """Keep nothing: the service holds the pause."""

    def outcomes(self) -> Iterable[Outcome]:
        """Return no outcomes."""
        return ()

    def unreadable_outcomes(self) -> int:
        """Return 0."""
        return 0

    def settings(self) -> Settings:
        """Return the settings of the practice."""
        return self._settings

    def set(self, key: str, value: Value, _request: Remembered | None = None) -> None:
        """Change a setting for the practice alone."""
        self._settings = Settings({**self._settings.values, key: value})

    def remember(self, request: Remembered) -> None:
        """Remember nothing: nobody else can ask for a practice."""

    def remembered(self, _key: bytes) -> bytes | None:
        """Return None."""
        return None

    def forget_all(self) -> None:
        """Do nothing: nothing is kept."""

    def tidy(self) -> bool:
        """Return True: nothing was deleted."""
        return True
