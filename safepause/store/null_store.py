"""The store for when there is none: it keeps nothing, says why, and never fakes success."""

# ruff: noqa: ARG002  -- the arguments are the port's; a refusal needs none of them
from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.settings.declaration import Value


class UnopenedStore:
    """Holds nothing; every write is refused with the reason."""

    def __init__(self, reason: str) -> None:
        """Keep the system's word for why nothing could be opened."""
        self.reason = reason

    def standing(self) -> Pause | None:
        """Return None: no pause is on record."""
        return None

    def commit(self, step: Transition) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def outcomes(self) -> Iterable[Outcome]:
        """Return no outcomes."""
        return ()

    def settings(self) -> Settings:
        """Return the defaults."""
        return DEFAULTS

    def set(self, key: str, value: Value) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def forget_all(self) -> NoReturn:
        """Refuse: there may be data in a file that can't be opened.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def close(self) -> None:
        """Do nothing: nothing is open."""
