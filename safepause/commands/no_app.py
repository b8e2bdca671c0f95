"""The host of a command while no app runs: it says what takes an app to know, and fakes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from safepause import __version__, words
from safepause.core.capability import Capability
from safepause.words import _

if TYPE_CHECKING:
    from safepause.core.ports import Autostart, StoreNotice

_ASKED_OF_APP = ("tray", "notifications")


class NoApp:
    """Stands in for the app."""

    running = False
    version = __version__

    def __init__(self, notice: StoreNotice | None, folder: str, autostart: Autostart) -> None:
        """Know what there is to say about the data, where it is, and the computer's record."""
        self.autostart = autostart
        self._notice = notice
        self._folder = folder

    def show(self) -> NoReturn:
        """Refuse: there is no window. The client starts an app instead of asking this."""
        raise LookupError("show")

    def breathe(self) -> NoReturn:
        """Refuse: there is no window. The client starts an app instead of asking this."""
        raise LookupError("breathe")

    def quit(self) -> None:
        """Do nothing: it has ended."""

    def capabilities(self) -> list[Capability]:
        """Return what is known of the data, and that the rest takes an app to find out."""
        why = _("SafePause isn't running, so this isn't known.")
        advice = _("Start it, then ask again: safepause")
        return [
            *(Capability(key, available=False, why=why, advice=advice) for key in _ASKED_OF_APP),
            self.autostart.capability(),
            self._data(),
        ]

    def _data(self) -> Capability:
        if self._notice is not None:
            return Capability("data", available=False, why=words.store_notice(self._notice))
        kept = _("Kept in {folder}.").format(folder=self._folder)
        return Capability("data", available=True, why=kept)
