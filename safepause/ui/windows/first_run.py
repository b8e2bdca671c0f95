"""The first page: what SafePause is, how a pause is called on this desktop, and a practice.

Nothing has to be filled in. It is shown once by itself, and again with "How it works".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from safepause.i18n.language import _
from safepause.i18n.words import clock_time
from safepause.ui.theme.palette import is_dark, palette_for
from safepause.ui.theme.scale import GAP, MARGIN
from safepause.ui.theme.style_sheet import TARGET, font_size
from safepause.ui.tray.icon import IDLE, ON_DARK, ON_LIGHT, painted
from safepause.ui.widgets.banner import Banner
from safepause.ui.widgets.buttons import ButtonStyle, button
from safepause.ui.widgets.card import Card
from safepause.ui.widgets.labels import label, say
from safepause.ui.widgets.wrapping import WrappingCheckBox
from safepause.ui.windows.base import Window
from safepause.ui.windows.first_run_picture import FirstRunPicture
from safepause.ui.windows.support import not_the_right_tool

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from safepause.core.clock import Clock
    from safepause.core.settings.catalogue import Settings

SIZE = QSize(760, 680)
WIDE, TALL = 42, 38
"""The least size of a window that shows the picture, too, in heights of the system's letters."""
ICON = 2.0
"""The size of the icon in the sentence about the panel, in heights of the system's letters."""
NAMES = ("name1", "name2")
LONGEST_INPUT = 1000
"""The most characters in a field: above the limit of a name, so that the page can say the limit."""
_QUESTION = QMargins(18, 2, 18, 8)
"""The room around the question about music and videos, in its frame."""


class FirstRunWindow(Window):
    """Says what SafePause is. Emits what a person asks for."""

    practice_requested = Signal()
    support_requested = Signal()
    settings_requested = Signal()
    set_requested = Signal(str, object)
    """The key of a setting, and its new value."""
    players_asked = Signal()
    """A page that asked about music and videos was closed."""
    left = Signal()
    """The person has closed the page."""

    def __init__(self, settings: Settings) -> None:
        """Lay out the page. `show_ways` and `show_times` say what is true here and now."""
        self._picture = FirstRunPicture()
        self._sign = QLabel()
        super().__init__(settings, SIZE)
        self.setWindowTitle(_("How SafePause works"))
        self._notice = Banner()
        self.column.addWidget(self._notice)
        self._add_question()
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._text = QVBoxLayout()
        self._text.setSpacing(GAP)
        row.addLayout(self._text, 1)
        self.column.addLayout(row)
        self._add_words()
        self._add_names()
        self.column.addStretch(1)
        self._add_steps()
        self._add_support()
        self._add_foot()
        self.show_names(settings)

    def _add_words(self) -> None:
        self._text.addWidget(label(_("A pause button for two"), "title"))
        what = _("When a talk gets too hot: stop, calm down, and come back at the time you said.")
        self._text.addWidget(label(what, "sub"))
        self._keys = QHBoxLayout()
        self._keys.setSpacing(GAP // 2)
        self._text.addLayout(self._keys)
        self.caps: list[QLabel] = []
        panel = QHBoxLayout()
        panel.setSpacing(GAP)
        self._panel = label()
        panel.addWidget(self._sign)
        panel.addWidget(self._panel, 1)
        self._text.addLayout(panel)
        self._advice = label()
        self._text.addWidget(self._advice)
        self._settings_button = button(_("Settings"), self.settings_requested.emit)
        self._text.addWidget(self._settings_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._text.addWidget(label(_("Either of you may. No reason is asked.")))
        self._text.addWidget(label(_("It stays on this computer. Nobody keeps score.")))

    def _add_names(self) -> None:
        caption = label(_("Your names, if you like"), "label")
        self._text.addWidget(caption)
        self._names = [self._name_field(key) for key in NAMES]
        caption.setBuddy(self._names[0])
        self._names[0].setAccessibleName(_("First name"))
        self._names[1].setAccessibleName(_("Second name"))
        self._names_grid = QGridLayout()
        self._names_grid.setSpacing(GAP)
        for place, field in enumerate(self._names):
            self._names_grid.addWidget(field, 0, place)
        self._text.addLayout(self._names_grid)

    def _name_field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(LONGEST_INPUT)
        field.setMinimumWidth(font_size(8))
        field.editingFinished.connect(lambda: self._name_typed(key, field))
        return field

    def _add_question(self) -> None:
        """Add what is asked after a practice. Before that it is hidden."""
        self.players = WrappingCheckBox(_("Also pause music and videos"))
        self.players.setAccessibleName(self.players.text())
        self.players.toggled.connect(lambda on: self.set_requested.emit("pause_media", on))
        yours = label(
            _("They pause when you do, and stay paused until you play them again."), "label"
        )
        self._question = Card(self.players, yours, inside=_QUESTION)
        self._question.hide()
        self.column.addWidget(self._question)

    def _add_steps(self) -> None:
        """Add how a pause goes, which "How it works" shows."""
        steps = (
            _("1. One of you presses the button, and both stop talking."),
            _("2. You say when you come back. Then you go apart and breathe."),
            _("3. Rest, walk or read. Leave the argument alone."),
            _("4. SafePause calls you both at the time you said."),
            _("5. You start again, softly, one after the other."),
        )
        self._steps = Card(*(label(step) for step in steps))
        self._steps.hide()
        self.column.addWidget(self._steps)

    def _add_support(self) -> None:
        row = QVBoxLayout()
        row.setSpacing(0)
        row.addWidget(label(not_the_right_tool(), "label"))
        more = button(_("More support"), self.support_requested.emit, ButtonStyle.QUIET)
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(row)

    def _add_foot(self) -> None:
        """Add the answers. They stay in sight in a window of any size."""
        self.practise = button(
            _("Try it together, 1 minute"), self.practice_requested.emit, ButtonStyle.PRIMARY
        )
        self.not_now = button(_("Not now"), self.close, ButtonStyle.QUIET)
        self.how = button(_("How it works"), self._show_steps, ButtonStyle.QUIET)
        self.bottom.add(self.practise)
        self.bottom.add(self.not_now)
        self.bottom.add(self.how, at_end=True)
        self.practise.setFocus()

    def show_ways(self, keys: str, clicks: int, advice: tuple[str, ...], *, no_keys: bool) -> None:
        """Show how a pause is called here.

        `keys` are the keys that work, if any do. `clicks` is how many clicks on the icon call; 0
        where there is no icon. `no_keys` says that the settings show how to get keys.
        """
        self._show_keys(keys)
        self._sign.setVisible(clicks > 0)
        self._panel.setVisible(clicks > 0)
        one = _("Or one click on this sign in your panel.")
        first = _("One click on this sign in your panel.")
        two = _("Or two clicks on this sign in your panel.")
        two_first = _("Two clicks on this sign in your panel.")
        alone, beside = (two_first, two) if clicks > 1 else (first, one)
        say(self._panel, beside if keys else alone)
        say(self._advice, " ".join(advice))
        self._advice.setVisible(bool(advice))
        self._settings_button.setVisible(no_keys)

    def show_times(self, clock: Clock) -> None:
        """Show when a pause that is called now would begin and end."""
        now = clock.now()
        back = now + self.settings.agreement.length
        self._picture.show_times(clock_time(now, clock), clock_time(back, clock))

    def show_names(self, settings: Settings) -> None:
        """Show the names that are kept. A name that is being typed stays."""
        for key, field in zip(NAMES, self._names, strict=True):
            if not field.hasFocus() and field.text() != settings.text(key):
                field.setText(settings.text(key))

    def show_practised(self, *, whole: bool, ask_players: bool) -> None:
        """Say that a practice is over, `whole` or stopped. Ask what is decided best now."""
        done = _("That was a whole pause. Nothing of it was kept.")
        self.tell(done if whole else _("The practice has stopped. Nothing of it was kept."))
        self._question.setVisible(ask_players)

    def tell(self, sentence: str) -> None:
        """Show a sentence at the top. An empty one hides it."""
        self._notice.tell(sentence)

    def restyle(self) -> None:
        """Use the colours that the settings, or the system, ask for now."""
        super().restyle()
        palette = palette_for(self.settings.text("theme"))
        self._picture.use(palette)
        side = font_size(ICON)
        sign = painted(IDLE, ON_DARK if is_dark(palette) else ON_LIGHT, 2 * side)
        sign.setDevicePixelRatio(2)
        self._sign.setPixmap(sign)
        self._sign.setFixedSize(side, max(side, TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out of a small window, and put one name below the other."""
        super().resizeEvent(event)
        wide = self.width() >= font_size(WIDE)
        self._picture.setVisible(wide and self.height() >= font_size(TALL))
        second = (0, 1) if wide else (1, 0)
        self._names_grid.addWidget(self._names[1], *second)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the page was closed."""
        super().closeEvent(event)
        self.tell("")
        self._steps.hide()
        if not self._question.isHidden():
            self._question.hide()
            self.players_asked.emit()
        self.left.emit()

    def _show_steps(self) -> None:
        """Show how a pause goes, or hide it again."""
        self._steps.setVisible(self._steps.isHidden())
        self.column.activate()
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _show_keys(self, keys: str) -> None:
        """Show each key as a key cap."""
        for cap in self.caps:
            cap.hide()
            cap.deleteLater()
        self.caps = [_cap(key) for key in keys.split("+") if key]
        while self._keys.count():
            self._keys.takeAt(0)
        for cap in self.caps:
            self._keys.addWidget(cap)
        self._keys.addStretch(1)

    def _name_typed(self, key: str, field: QLineEdit) -> None:
        if field.text() != self.settings.text(key):
            self.set_requested.emit(key, field.text())


def _cap(key: str) -> QLabel:
    made = label(key, "banner")
    made.setWordWrap(False)
    made.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
    made.setStyleSheet("font-weight: 600;")
    return made
