"""Two pages of words: the talk rests for today, and a person whom both trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from safepause.i18n.heard_words import sentences
from safepause.i18n.language import _
from safepause.ui.pause.page import Page
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.labels import label

if TYPE_CHECKING:
    from safepause.core.clock import Clock


class WordsPage(Page):
    """A title and a few lines in the middle of the page."""

    def __init__(self, clock: Clock, title: str, *lines: str) -> None:
        """Show the lines, the last one as something to say."""
        super().__init__(clock)
        self.column.addStretch(1)
        shown = [label(title, "title"), *(label(line, "sub") for line in lines[:-1])]
        for each in (*shown, label(lines[-1], "say")):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(each)
            self.column.addSpacing(8)
        self._words = (title, *lines)
        self.column.addStretch(2)
        self.foot = self.add_flow(centred=True)

    def heard(self) -> str:
        """Return all words of the page."""
        return sentences(*self._words)


class LetRestPage(WordsPage):
    """The page after "Let it rest today"."""

    def __init__(self, clock: Clock) -> None:
        """Build the page."""
        super().__init__(
            clock,
            _("It rests for today"),
            _("No more reminders come."),
            _("Say it to each other:"),
            _("\u201cNot today. We're still OK.\u201d"),
        )
        close = button(_("Close"), self.hide_requested.emit, ButtonStyle.PRIMARY)
        self.foot.add(self.kept(close))
        self.foot.add(self.quick_exit())


class TrustedPage(WordsPage):
    """An idea for two who can't go on alone: somebody whom both trust."""

    back_requested = Signal()
    choosing = True

    def __init__(self, clock: Clock) -> None:
        """Build the page."""
        super().__init__(
            clock,
            _("Someone you both trust"),
            _("A friend, a relative or a counsellor."),
            _("You choose them together. Nobody is told from here."),
            _("Say it to each other:"),
            _("\u201cWho could sit with us for an hour?\u201d"),
        )
        back = button(_("Back"), self.back_requested.emit, ButtonStyle.PRIMARY)
        self.foot.add(self.kept(back))
        self.foot.add(self.quick_exit())
