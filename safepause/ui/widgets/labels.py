"""Labels for any text. They wrap lines, and break words that are too long for a line."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_WORD = 24
"""A word with at least this many characters may break anywhere."""
_BREAK_HERE = "\u200b"


class LineLabel(QLabel):
    """A label that wants one line for its words. In a narrow `Flow` they take more lines."""

    def sizeHint(self) -> QSize:
        """Return the size of one line. Qt's own is that of a block of words."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 1
        return QSize(wide, self.heightForWidth(wide))


def line_label(text: str, role: str = "") -> QLabel:
    """Return a label for plain text that stands in a `Flow`, in one line if there is room."""
    return _prepared(LineLabel(), text, role)


def label(text: str = "", role: str = "") -> QLabel:
    """Return a label for plain text. The label shows markup in a name as plain characters."""
    return _prepared(QLabel(), text, role)


def _prepared(made: QLabel, text: str, role: str) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    say(made, text)
    return made


def say(shown: QLabel, text: str) -> None:
    """Show plain text on a label. A screen reader gets it without the break opportunities.

    Qt takes "&" in the caption of a field for the mark of a key, which a name must not have.
    """
    if text != shown.accessibleName():
        written = text if shown.buddy() is None else text.replace("&", "&&")
        shown.setText(breakable(written))
        shown.setAccessibleName(text)


def breakable(text: str) -> str:
    """Return the text with break opportunities inside very long words."""
    return " ".join(
        word if len(word) < LONG_WORD else "".join(_with_breaks(word)) for word in text.split(" ")
    )


def _with_breaks(word: str) -> Iterator[str]:
    """Yield the characters of a word, with breaks except in accents, emoji and joined scripts."""
    before = ""
    for char in word:
        if before and _may_break(before, char):
            yield _BREAK_HERE
        yield char
        before = char


def _may_break(before: str, char: str) -> bool:
    joined = unicodedata.category(char)[0] in "MCS" or unicodedata.category(before)[0] in "CS"
    return not joined and unicodedata.bidirectional(char) != "AL"
