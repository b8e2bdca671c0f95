"""The techniques of breathing to choose from, each with a line and "Try", and a person's own ones.

An own pattern that was deleted leaves its place with "Undo", until the window is closed or another
page is opened.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from safepause.core.breathing import SOFT, TECHNIQUES, Session, Technique
from safepause.core.settings.patterns import Pattern, PatternError, check_list, write_patterns
from safepause.i18n import pattern_words, setting_words
from safepause.i18n.language import _
from safepause.ui.settings.extra import Extra
from safepause.ui.settings.field import caption_of
from safepause.ui.settings.option_row import OptionRow
from safepause.ui.settings.pattern_editor import FIRST, PatternEditor
from safepause.ui.widgets.buttons import button
from safepause.ui.widgets.labels import label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QPushButton

    from safepause.core.settings.catalogue import Settings
    from safepause.core.settings.patterns import Lengths

GAP = 14
"""Between two techniques, in pixels."""


class Techniques(Extra):
    """A row for each technique, the own ones last, and the editor of an own pattern."""

    keys = ("technique", "patterns")
    before = "ideas"

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.setAccessibleName(setting_words.label("technique"))
        self._group = QButtonGroup(self)
        self._rows: dict[str, OptionRow] = {}
        self._shown: list[Pattern] = []
        self._gone: dict[Pattern, bool] = {}
        """What was deleted, and whether it was in use."""
        self._heights: dict[Pattern, int] = {}
        self._undos: dict[Pattern, QPushButton] = {}
        self._filled: tuple[list[Pattern], list[Pattern]] | None = None
        self._edited: Pattern | None = None
        self._own = QVBoxLayout()
        self._own.setSpacing(GAP)
        self.note = label("", "wrong")
        self.note.hide()
        self.editor = PatternEditor()
        self.editor.hide()
        self.editor.kept.connect(self._keep)
        self.editor.left.connect(self._leave_editor)
        self.add = button(_("Add a pattern"), self._begin_new)
        self._lay_out()
        self.use(settings)

    @property
    def words(self) -> str:
        """The words by which a search finds the techniques."""
        names = [setting_words.choice(key) for key in TECHNIQUES]
        lines = [pattern_words.technique_line(key) for key in TECHNIQUES]
        own = [pattern.name for pattern in self._shown]
        labels = [setting_words.label(key) for key in self.keys]
        return " ".join((*labels, *self.keys, *names, *lines, *own, self.add.text()))

    def use(self, settings: Settings) -> None:
        """Show the technique that is chosen, and the own patterns."""
        super().use(settings)
        patterns = list(settings.patterns)
        self._gone = {each: used for each, used in self._gone.items() if each not in patterns}
        shown = [each for each in self._shown if each in patterns or each in self._gone]
        self._shown = shown + [each for each in patterns if each not in shown]
        if self._filled != (self._shown, list(self._gone)):
            self._fill()
        self._rows[settings.technique.key].radio.setChecked(True)

    def refuse(self, key: str, sentence: str) -> None:
        """Say why a change was refused, beside what was changed."""
        if key == "patterns" and self.editor.isVisibleTo(self):
            self.editor.tell(sentence)
        else:
            self._tell(sentence)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what could be undone."""
        super().hideEvent(event)
        self.note.hide()
        if self._gone and not event.spontaneous():
            self._gone = {}
            self.use(self.settings)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(label(_("How you breathe"), "strong"))
        for technique in TECHNIQUES.values():
            column.addWidget(self._row_of(technique))
        column.addWidget(caption_of(setting_words.label("patterns")))
        column.addWidget(label(pattern_words.pattern_bounds(), "label"))
        column.addLayout(self._own)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.editor)

    def _row_of(self, technique: Technique) -> OptionRow:
        line = pattern_words.technique_line(technique.key)
        if technique.has_holds:
            line = f"{line} {pattern_words.health_note()}"
        name = setting_words.choice(technique.key)
        return self._row(name, line, technique)

    def _row(self, name: str, line: str, technique: Technique, *more: QPushButton) -> OptionRow:
        tried = button(_("Try"), partial(self._try, technique))
        tried.setAccessibleName(_("Try {name}").format(name=name))
        row = OptionRow(name, line, partial(self._choose, technique.key), tried, *more)
        self._group.addButton(row.radio)
        self._rows[technique.key] = row
        return row

    def _fill(self) -> None:
        """Show the own patterns, and what was deleted in its place."""
        self._filled = (self._shown, list(self._gone))
        self._undos = {}
        while item := self._own.takeAt(0):
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for key in [key for key in self._rows if key not in TECHNIQUES]:
            self._group.removeButton(self._rows.pop(key).radio)
        for pattern in self._shown:
            gone = pattern in self._gone
            made = self._gone_row(pattern) if gone else self._own_row(pattern)
            self._own.addWidget(made)
            made.show()  # it may get the keyboard at once

    def _own_row(self, pattern: Pattern) -> OptionRow:
        line = pattern_words.pattern_line(pattern)
        if pattern.technique.has_holds:
            line = f"{line} {pattern_words.health_note()}"
        change = button(_("Change"), partial(self._begin, pattern))
        change.setAccessibleName(_("Change {name}").format(name=pattern.name))
        delete = button(_("Delete"), partial(self._delete, pattern))
        delete.setAccessibleName(_("Delete {name}").format(name=pattern.name))
        return self._row(pattern.name, line, pattern.technique, change, delete)

    def _gone_row(self, pattern: Pattern) -> QWidget:
        sentence = _("'{name}' is deleted.").format(name=pattern.name)
        if self._gone[pattern]:
            used = setting_words.choice(self.settings.technique.key)
            more = _("You breathe like this now: {name}.").format(name=used)
            sentence = f"{sentence} {more}"
        undo = button(_("Undo"), partial(self._undo, pattern))
        undo.setAccessibleName(_("Bring {name} back").format(name=pattern.name))
        self._undos[pattern] = undo
        made = QWidget()
        made.setMinimumHeight(self._heights[pattern])  # a second click hits nothing else
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(sentence))
        column.addWidget(undo, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return made

    def _choose(self, key: str) -> None:
        self.note.hide()
        self.set_requested.emit("technique", key)

    def _try(self, technique: Technique) -> None:
        minutes = self.settings.number("breathing_minutes")
        self.try_requested.emit(Session(technique, minutes))

    def _begin_new(self) -> None:
        self._edited = None
        self._open_editor()

    def _begin(self, pattern: Pattern) -> None:
        self._edited = pattern
        self._open_editor(pattern.name, pattern.seconds)

    def _open_editor(self, name: str = "", lengths: Lengths = FIRST) -> None:
        self.editor.show_pattern(name, lengths)
        self._show_in_sight(self.editor)

    def _show_in_sight(self, widget: QWidget) -> None:
        """Scroll to a widget, once the page has made room for it."""
        QTimer.singleShot(0, widget, partial(_scroll_to, widget))

    def _keep(self, pattern: Pattern) -> None:
        """Keep the pattern in the place of the edited one, or as the last one."""
        old, before = self._edited, list(self.settings.patterns)
        patterns = [pattern if each == old else each for each in before]
        if old not in before:
            patterns.append(pattern)
        if trouble := _trouble(patterns):
            self.editor.tell(trouble)
            return
        used = old is not None and self.settings.own_pattern == old
        if used and old is not None and old.key != pattern.key:
            self._choose(SOFT.key)
        self._shown = [pattern if each == old else each for each in self._shown]
        self._set_list(patterns)
        if pattern in self.settings.patterns:
            if used:
                self._choose(pattern.key)
            self.editor.hide()
            self._rows[pattern.key].radio.setFocus()
            self._show_in_sight(self._rows[pattern.key])

    def _leave_editor(self) -> None:
        self.editor.hide()
        self.add.setFocus()

    def _delete(self, pattern: Pattern) -> None:
        """Delete a pattern. The one that is chosen gives way to the default."""
        used = self.settings.own_pattern == pattern
        if used:
            self._choose(SOFT.key)
        self._gone[pattern] = used
        self._heights[pattern] = self._rows[pattern.key].height()
        self._set_list([each for each in self.settings.patterns if each != pattern])
        if pattern in self._gone:
            self._undos[pattern].setFocus()

    def _undo(self, pattern: Pattern) -> None:
        """Bring a deleted pattern back into its place."""
        kept = (*self.settings.patterns, pattern)
        patterns = [each for each in self._shown if each in kept]
        if trouble := _trouble(patterns):
            self._tell(trouble)
            return
        used = self._gone[pattern]
        self._set_list(patterns)
        if pattern in self.settings.patterns:
            if used and self.settings.technique == SOFT:
                self._choose(pattern.key)
            self._rows[pattern.key].radio.setFocus()

    def _set_list(self, patterns: list[Pattern]) -> None:
        self.note.hide()
        self.set_requested.emit("patterns", write_patterns(patterns))

    def _tell(self, sentence: str) -> None:
        say(self.note, sentence)
        self.note.show()


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea) and widget.isVisible():
        above.ensureWidgetVisible(widget)


def _trouble(patterns: list[Pattern]) -> str:
    """Return why patterns can't be kept together; nothing if they can."""
    try:
        check_list(tuple(patterns))
    except PatternError as error:
        return pattern_words.wrong_pattern(error.fault)
    return ""
