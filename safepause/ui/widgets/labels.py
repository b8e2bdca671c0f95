"""Labels for any text: plain, wrapping, and broken where a word is too long for a line."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_WORD = 24
"""From this many characters on, a word may be broken anywhere."""


_BREAK_HERE = "\u200b"


def label(text: str = "", role: str = "") -> QLabel:
    """Return a wrapping label for plain text: markup in a name is shown, not obeyed."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    say(made, text)
    return made


def say(shown: QLabel, text: str) -> None:
    """Put plain text on a label, breakable where a word is too long for any line."""
    if text != shown.accessibleName():
        shown.setText(breakable(text))
        shown.setAccessibleName(text)


def breakable(text: str) -> str:
    """Return the text with break opportunities inside words that are very long."""
    return " ".join(
        word if len(word) < LONG_WORD else "".join(_with_breaks(word)) for word in text.split(" ")
    )


def _with_breaks(word: str) -> Iterator[str]:
    """Give a word's characters, with breaks where they tear no accent, emoji or joined script."""
    before = ""
    for char in word:
        if before and _may_break(before, char):
            yield _BREAK_HERE
        yield char
        before = char


def _may_break(before: str, char: str) -> bool:
    joined = unicodedata.category(char)[0] in "MCS" or unicodedata.category(before)[0] in "CS"
    return not joined and unicodedata.bidirectional(char) != "AL"
