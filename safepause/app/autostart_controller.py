"""The start with the computer. The desktop keeps the record; the program makes the offer once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import AUTOSTART
from safepause.i18n import data_words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.restart_page import RestartPage

ASKED = "asked_autostart"
"""The setting that remembers that the offer was made."""


class AutostartController:
    """Changes the desktop's record of the autostart, and shows it. The record is read each time."""

    def __init__(self, service: PauseService) -> None:
        """Follow the settings."""
        self._service = service
        self._page: RestartPage | None = None
        self._wanted: bool | None = None
        self._offered_while: bool | None = None
        self.sentence = ""
        """What the person is told about the last change; empty if there is nothing to tell."""
        service.on_settings(CapabilityKey.AUTOSTART, self._show)

    def prepare(self) -> None:
        """Read the desktop's record. The first read imports the code, so later reads are fast."""
        self._service.autostart.enabled()

    def start(self) -> None:
        """Do nothing. The record is read when it is shown."""

    def stop(self) -> None:
        """Do nothing. The desktop keeps the record."""

    def capabilities(self) -> list[Capability]:
        """Say whether this desktop starts programs at a login."""
        return [self._service.autostart.capability()]

    @property
    def on(self) -> bool:
        """Whether the desktop starts SafePause; the record is read now."""
        return self._service.autostart.enabled()

    def choose(self, *, wanted: bool) -> None:
        """Change the desktop's record, and tell the windows of the change."""
        self.sentence, self._wanted = "", wanted
        self._offered_while = None
        try:
            self._service.set(AUTOSTART.key, wanted)
        except NotKept as error:
            self.answered(data_words.not_saved(error.detail))
            return
        if self.on != wanted:
            self.answered(_("The desktop is asked. This may take a moment."))

    def answered(self, sentence: str) -> None:
        """Tell the windows what the desktop has decided. `sentence` is its reason, or empty."""
        self.sentence = sentence
        self._service.tell_settings()

    def offer(self, page: RestartPage) -> None:
        """Make the offer once, at the end of a pause.

        The offer is not made where the autostart is on, or where the desktop has none.
        """
        if self._service.settings.flag(ASKED) or self._page is not None:
            return
        if not self._service.autostart.capability().available or self.on:
            return
        page.autostart_wanted.connect(lambda: self.choose(wanted=True))
        page.offer_autostart()
        self._offered_while = self.on
        self._page = page
        with suppress(NotKept):  # the offer then comes again after the next start
            self._service.set(ASKED, value=True)

    def _show(self, _settings: Settings) -> None:
        """Show the result of the offer on its page, once the record has changed."""
        standing = self.on
        if standing == self._wanted:
            self.sentence = ""  # the desktop did what the person wants
        if self._page is not None and standing != self._offered_while:
            self._page.say_autostart(self.sentence or self._standing())

    def _standing(self) -> str:
        if self.on:
            return _("SafePause starts with your computer now.")
        return _("SafePause doesn't start with your computer.")
