"""The base for systems that register each combination by a number: Windows and macOS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.system.shortcut.base import ASK, BindingState, Consent, Shortcuts, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepause.core.shortcut.keys import Keys


class RegisteredShortcuts(Shortcuts):
    """Unregisters all combinations and registers the new ones. A subclass calls the system."""

    def bind(self, wanted: Mapping[str, str], _consent: Consent = ASK) -> None:
        """Register these combinations. A combination that was taken before is tried again."""
        self._unregister_all()
        keys, states = read(wanted)
        for number, (what, each) in enumerate(keys.items(), start=1):
            states[what] = self._register(number, what, each)
        self._put({what: states[what] for what in wanted if what in states})

    def _register(self, number: int, what: str, keys: Keys) -> BindingState:
        """Register one combination, and return its state."""
        raise NotImplementedError

    def _unregister_all(self) -> None:
        """Unregister every combination."""
        raise NotImplementedError
