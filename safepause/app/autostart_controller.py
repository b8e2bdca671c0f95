"""Starting with the computer: shown as the desktop has it, changed when asked, offered once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from safepause.core.ports import NotKept
from safepause.i18n import words
from safepause.i18n.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.core.ports import Autostart
    from safepause.core.service import PauseService
    from safepause.ui.pause.restart_page import RestartPage

ASKED = "asked_autostart"


class AutostartController:
    """The desktop's record, and what is said about it. The record itself is never remembered."""

    def __init__(self, service: PauseService, record: Callable[[], Autostart]) -> None:
        """Know the settings, and how to get at the record when it is first needed."""
        self._service = service
        self._record = record
        self._page: RestartPage | None = None
        self.told: Callable[[bool, str], None] = lambda _on, _sentence: None
        """Called with what stands, and a sentence about it, whenever that may have changed."""

    @property
    def on(self) -> bool:
        """Whether the desktop starts SafePause; it is asked now."""
        return self._record().enabled()

    def choose(self, *, wanted: bool) -> None:
        """Have the desktop start SafePause, or not, and tell what stands then."""
        record = self._record()
        try:
            (record.enable if wanted else record.disable)()
        except NotKept as error:
            self._tell(words.not_saved(error.detail))
            return
        self._tell("" if self.on == wanted else _("The desktop is asked. This may take a moment."))

    def answered(self, sentence: str) -> None:
        """Tell what a desktop that takes its time has decided: a reason, or nothing."""
        self._tell(sentence)

    def offer(self, page: RestartPage) -> None:
        """Ask once in a lifetime, at the end of a pause, where it works and isn't so already."""
        if self._service.settings.flag(ASKED) or self._page is not None:
            return
        if not self._record().capability().available or self.on:
            return
        self._page = page
        page.autostart_wanted.connect(lambda: self.choose(wanted=True))
        page.offer_autostart()
        with suppress(NotKept):  # then it is asked once more, after the next start
            self._service.set(ASKED, value=True)

    def _tell(self, sentence: str) -> None:
        self.told(self.on, sentence)
        if self._page is not None:
            self._page.say_autostart(sentence or self._standing())

    def _standing(self) -> str:
        if self.on:
            return _("SafePause starts with your computer now.")
        return _("SafePause doesn't start with your computer.")
