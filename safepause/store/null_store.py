"""The store where nothing can be kept. It says why, and never fakes success."""

# ruff: noqa: ARG002  -- the port asks for arguments that a refusal ignores
from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import DEFAULTS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepause.core.pause import Outcome, Pause, Transition
    from safepause.core.ports import Remembered
    from safepause.core.settings.declaration import Value


class UnopenedStore:
    """Holds nothing and refuses every write. `reason` is the system's message."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def standing(self) -> Pause | None:
        """Return None."""
        return None

    def commit(self, step: Transition, request: Remembered | None = None) -> NoReturn:
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

    def set(self, key: str, value: Value, request: Remembered | None = None) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def remember(self, request: Remembered) -> NoReturn:
        """Refuse.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def remembered(self, key: bytes) -> None:
        """Return None."""

    def forget_all(self) -> NoReturn:
        """Refuse: a file that can't be opened may hold data.

        Raises:
            NotKept: always.

        """
        raise NotKept(self.reason)

    def close(self) -> None:
        """Do nothing."""
