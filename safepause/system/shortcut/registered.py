"""Shortcuts of a system that registers each combination by a number: Windows and macOS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.system.shortcut.base import BindingState, Shortcuts, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepause.core.shortcut.keys import Keys


class RegisteredShortcuts(Shortcuts):
    """Gives all keys back and registers the wanted ones anew; how is the system's own."""

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Register these keys; those that another program had before are tried again."""
        self._give_back()
        keys, standings = read(wanted)
        for number, (what, each) in enumerate(keys.items(), start=1):
            standings[what] = self._register(number, what, each)
        self._put({what: standings[what] for what in wanted if what in standings})

    def _register(self, number: int, what: str, keys: Keys) -> BindingState:
        """Register one combination, and return what has become of it."""
        raise NotImplementedError

    def _give_back(self) -> None:
        """Give every registered combination back."""
        raise NotImplementedError
