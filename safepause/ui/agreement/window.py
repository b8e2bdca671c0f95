"""The window "Our pause agreement": six sentences, which two people read aloud on a calm day.

A line opens its choices at a click. Both say yes; either may change a line or take the yes back.
Nothing says who did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from safepause.core.agreed import agreed_on
from safepause.i18n.agreement_words import sentences
from safepause.i18n.language import _
from safepause.ui.agreement.line import Line
from safepause.ui.agreement.printed import agreement_page
from safepause.ui.theme.scale import GAP
from safepause.ui.theme.style_sheet import font_size
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.dates import long_date
from safepause.ui.widgets.flow import Flow
from safepause.ui.widgets.in_sight import bring_into_sight
from safepause.ui.widgets.labels import label, line_label, say
from safepause.ui.widgets.save_row import SaveRow
from safepause.ui.widgets.two_dots import TwoDots
from safepause.ui.windows.base import Window

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from safepause.core.settings.catalogue import Settings

SIZE = QSize(760, 680)
_LEAST_TITLE = 12
"""The least width of the title, in heights of the system's letters."""
_ACROSS = QHBoxLayout.Direction.LeftToRight
_ONE_YES = 0.8
"""How near the dots are, of 1, for all yeses that are not kept yet."""


class AgreementWindow(Window):
    """Shows the six sentences, and takes the yes of both."""

    set_requested = Signal(str, object)
    """A setting's key and its new value."""
    agreed = Signal()
    """Both people have said yes."""
    withdrawn = Signal()
    """One of the two takes the yes back."""
    rehearse_requested = Signal()
    support_requested = Signal()
    save_requested = Signal(str)
    """The path of the page to print."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("Our agreement"))
        self.lines = [
            Line(number, sentence, settings)
            for number, sentence in enumerate(sentences(settings), 1)
        ]
        self._state = label(role="label")
        self.dots = TwoDots()
        self.save_row = SaveRow(_("our-pause-agreement.pdf"))
        self.save_row.save_requested.connect(self.save_requested)
        self._title = label(_("Our pause agreement"), "title")
        self._top_row, self._buttons = QHBoxLayout(), QHBoxLayout()
        self.rehearse = button(_("Rehearse it"), self.rehearse_requested.emit)
        self._trouble = Banner()
        self._trouble.add(button(_("All right"), self._trouble.hide))
        self._question = Banner()
        self._yes = [self._yes_button() for _person in range(2)]
        self._agree = button(_("We both agree"), self._ask, ButtonStyle.PRIMARY)
        self._withdraw = button(_("Take it back"), self.withdrawn.emit, ButtonStyle.PLAIN)
        self._lay_out()
        self.use(settings)

    @property
    def page(self) -> bytes:
        """The page to print, as a PDF."""
        texts = tuple(sentence.shown for sentence in sentences(self.settings))
        names = (*self.settings.agreement.names, "", "")[:2]
        return agreement_page(texts, names, self._said() if agreed_on(self.settings) else "")

    def use(self, settings: Settings) -> None:
        """Show changed settings. A changed line takes back a yes that was not complete."""
        changed = [
            (line, sentence) for line, sentence in zip(self.lines, sentences(settings), strict=True)
        ]
        if [sentence.text for _line, sentence in changed] != [line.text for line in self.lines]:
            self._ask_no_more()
        super().use(settings)
        for line, sentence in changed:
            line.show_sentence(sentence, settings)
        for place, made in enumerate(self._yes):
            name = settings.text(f"name{place + 1}")
            made.setText(_yes_text(name, place).replace("&", "&&"))
            made.setAccessibleName(_yes_text(name, place))
        both = agreed_on(settings) is not None
        self._bring_together()
        self._agree.setVisible(not both)
        self._withdraw.setVisible(both)
        say(self._state, self._said())

    def refuse(self, key: str, sentence: str) -> None:
        """Say why a choice was not changed, or why the yes was not kept."""
        for line in self.lines:
            if key in line.fields:
                line.fields[key].show_value(self.settings.values[key])
                line.fields[key].tell(sentence)
                return
        self._trouble.tell(sentence)
        bring_into_sight(self._trouble)

    def _said(self) -> str:
        """Return whether both have said yes, and where that is kept."""
        day = agreed_on(self.settings)
        if day is None:
            return _("Kept on this computer only. For everyday arguments.")
        return _("You both said yes on {day}. Either of you can change it, any time.").format(
            day=long_date(day, year=True)
        )

    def _lay_out(self) -> None:
        self._title.setMinimumWidth(font_size(_LEAST_TITLE))
        self._top_row.addWidget(self._title, 1)
        self._buttons.setSpacing(GAP)
        self._buttons.addWidget(button(_("Print"), self.save_row.ask))
        self._buttons.addWidget(self.rehearse)
        self._buttons.addStretch(1)
        self._top_row.addLayout(self._buttons)
        self.column.addLayout(self._top_row)
        self.column.addWidget(
            label(_("Read it aloud together on a calm day. Tap a line to change it."), "sub")
        )
        self.column.addWidget(self.save_row)
        self.column.addWidget(Card(*self.lines))
        for line in self.lines:
            line.set_requested.connect(self.set_requested)
            line.opened.connect(self._close_others)
        state = QHBoxLayout()
        state.setSpacing(GAP)
        state.addWidget(self.dots)
        state.addWidget(self._state, 1)
        self.column.addLayout(state)
        self.column.addLayout(self._support())
        self.column.addStretch(1)
        for made in self._yes:
            self._question.add(made)
        self.below.addWidget(self._trouble)
        self.below.addWidget(self._question)
        self.bottom.add(self.close_button())
        self.bottom.add(self._withdraw, at_end=True)
        self.bottom.add(self._agree, at_end=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons beside the title, or below it in a narrow window."""
        super().resizeEvent(event)
        margins = self.column.contentsMargins()
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = self.width() - bar - margins.left() - margins.right()
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        wide = room >= title + GAP + self._buttons.sizeHint().width()
        self._top_row.setDirection(_ACROSS if wide else QHBoxLayout.Direction.TopToBottom)

    def _support(self) -> Flow:
        row = Flow()
        row.add(line_label(_("Afraid, watched or hurt?"), "label"))
        row.add(button(_("More support"), self.support_requested.emit, ButtonStyle.QUIET))
        return row

    def _yes_button(self) -> QPushButton:
        made = button("", self._said_yes)
        made.setCheckable(True)
        return made

    def _ask(self) -> None:
        """Ask each of the two."""
        self._question.tell(_("Each of you says yes."))
        self._yes[0].setFocus()
        bring_into_sight(self._question)

    def _bring_together(self) -> None:
        """Show the dots nearer with each yes. They meet once both have agreed."""
        said = sum(made.isChecked() for made in self._yes) / len(self._yes)
        self.dots.come(1 if agreed_on(self.settings) else said * _ONE_YES)

    def _said_yes(self) -> None:
        self._bring_together()
        if all(made.isChecked() for made in self._yes):
            self._ask_no_more()
            self.agreed.emit()

    def _ask_no_more(self) -> None:
        for made in self._yes:
            made.setChecked(False)
        self._bring_together()
        self._question.hide()

    def _close_others(self, opened: Line) -> None:
        for line in self.lines:
            if line is not opened and line.is_open:
                line.open(wanted=False)
        QTimer.singleShot(0, opened, lambda: self._bring_into_sight(opened))

    def _bring_into_sight(self, opened: Line) -> None:
        """Scroll to the choices of a line, but not so far that its sentence is out of sight."""
        self.column.activate()
        bar, top = self.area.verticalScrollBar(), opened.mapTo(self.area, QPoint()).y()
        top += bar.value()
        lowest = top + opened.height() + GAP - self.area.viewport().height()
        bar.setValue(min(max(bar.value(), lowest), top))


def _yes_text(name: str, place: int) -> str:
    if name:
        return _("{name}: yes").format(name=name)
    return _("Yes") if not place else _("Yes, me too")
