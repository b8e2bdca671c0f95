"""Global shortcuts in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.system.shortcut.base import ASK, BindFailure, BindingState, Consent, Shortcuts

if TYPE_CHECKING:
    from collections.abc import Mapping


class FakeShortcuts(Shortcuts):
    """Binds all keys except those that another program has."""

    way = "by hand"

    def __init__(self) -> None:
        """Start without keys."""
        super().__init__()
        self.wanted: dict[str, str] = {}
        self.taken: set[str] = set()
        self.given: dict[str, str] = {}
        self.can = True
        self.closed = False
        self.place = ""
        self.consents: list[Consent] = []
        """What each call of `bind` allowed."""

    @property
    def possible(self) -> bool:
        """Whether keys can be bound, as the test sets it."""
        return self.can

    def bind(self, wanted: Mapping[str, str], consent: Consent = ASK) -> None:
        """Bind these keys."""
        self.consents.append(consent)
        self.wanted = {what: keys for what, keys in wanted.items() if keys}
        taken = BindingState(trouble=BindFailure.TAKEN)
        self._put(
            {
                what: taken if keys in self.taken else BindingState(self.given.get(what, keys))
                for what, keys in self.wanted.items()
            }
        )

    def close(self) -> None:
        """Record that the shortcuts were closed."""
        self.closed = True

    def to_change(self) -> str:
        """Return where keys are changed, as the test sets it."""
        return self.place

    def change(self, what: str, keys: str) -> None:
        """Change the keys of an action, and emit nothing."""
        self._states = {**self._states, what: BindingState(keys)}
