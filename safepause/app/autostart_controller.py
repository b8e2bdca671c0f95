"""Starting with the computer: shown as the desktop's own record has it, and offered once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.core.capability import CapabilityKey
from safepause.core.ports import NotKept
from safepause.core.settings.catalogue import AUTOSTART
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from safepause.core.capability import Capability
    from safepause.core.service import PauseService
    from safepause.core.settings.catalogue import Settings
    from safepause.ui.pause.restart_page import RestartPage

ASKED = "asked_autostart"
"""The setting that remembers the offer."""


class AutostartController:
    """Has the desktop start SafePause, or not. The desktop's record is read each time anew."""

    def __init__(self, service: PauseService) -> None:
        """Follow the settings."""
        self._service = service
        self._page: RestartPage | None = None
        self._wanted: bool | None = None
        self._offered_while: bool | None = None
        self.sentence = ""
        """What the person is to know about the last change, or nothing."""
        service.on_settings(CapabilityKey.AUTOSTART, self._show)

    def prepare(self) -> None:
        """Have in memory what reads the desktop's record."""
        self._service.autostart.enabled()

    def start(self) -> None:
        """Do nothing: the record is read when it is shown."""

    def stop(self) -> None:
        """Do nothing: the desktop keeps the record."""

    def capabilities(self) -> list[Capability]:
        """Say whether this desktop starts programs at a login."""
        return [self._service.autostart.capability()]

    @property
    def on(self) -> bool:
        """Whether the desktop starts SafePause; the record is read now."""
        return self._service.autostart.enabled()

    def choose(self, *, wanted: bool) -> None:
        """Have the desktop start SafePause, or not, and tell the windows what stands then."""
        self.sentence, self._wanted = "", wanted
        self._offered_while = None
        try:
            self._service.set(AUTOSTART.key, wanted)
        except NotKept as error:
            self.answered(words.not_saved(error.detail))
            return
        if self.on != wanted:
            self.answered(_("The desktop is asked. This may take a moment."))

    def answered(self, sentence: str) -> None:
        """Tell the windows what the desktop has decided: a reason, or nothing."""
        self.sentence = sentence
        self._service.tell_settings()

    def offer(self, page: RestartPage) -> None:
        """Ask once, at the end of a first pause, where it works and isn't so already."""
        if self._service.settings.flag(ASKED) or self._page is not None:
            return
        if not self._service.autostart.capability().available or self.on:
            return
        page.autostart_wanted.connect(lambda: self.choose(wanted=True))
        page.offer_autostart()
        self._offered_while = self.on
        self._page = page
        with suppress(NotKept):  # then it is asked once more, after the next start
            self._service.set(ASKED, value=True)

    def _show(self, _settings: Settings) -> None:
        """Show on the page that made the offer what came of it, once something did."""
        standing = self.on
        if standing == self._wanted:
            self.sentence = ""  # whatever stood in the way does so no more
        if self._page is not None and standing != self._offered_while:
            self._page.say_autostart(self.sentence or self._standing())

    def _standing(self) -> str:
        if self.on:
            return _("SafePause starts with your computer now.")
        return _("SafePause doesn't start with your computer.")
