"""How a page of a pause fits its window: how large its letters are, and which words give way.

Letters grow with the window, up to 1.8 times. If a page has no room for all it shows, its letters
become smaller, but no smaller than the system's. After that, words give way in the order in which
the page names them: a hint, a parting line, the minutes. Only then does the page scroll.

Smaller letters and fewer words come step by step, and larger ones only when the page begins anew
(`begin`). So a change of the contents can't swing to and fro.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from safepause.ui.theme.scale import SCALES
from safepause.ui.theme.style_sheet import font_size, letters_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

USUAL, USUAL_LETTERS = QSize(760, 560), (47.5, 35.0)
"""The window's first size, in pixels, and for large letters in heights of the system's letters."""
ORB_SHARE = 0.55
"""The least height of the orb, as a share of the page's."""


def usual_size() -> QSize:
    """Return the size at which letters are as large as at 100 %."""
    wide, high = (font_size(each) for each in USUAL_LETTERS)
    return USUAL.expandedTo(QSize(wide, high))


def scales_for(window: QSize) -> tuple[float, ...]:
    """Return the scales of letters that a window of a size may have, the largest first."""
    usual = usual_size()
    share = min(window.width() / usual.width(), window.height() / usual.height())
    return tuple(scale for scale in SCALES if scale <= max(1.0, share))


class Fitting:
    """The scale of the letters of a page, and the words that have given way."""

    def __init__(self, styled: tuple[QWidget, ...], fits: Callable[[], bool]) -> None:
        """Set the letters of `styled`. `fits` tells whether the page has room for all it shows."""
        self._styled = styled
        self._fits = fits
        self.scale = 1.0
        self.given = 0
        """How many of the words that can give way have done so."""
        self._words: tuple[QWidget, ...] = ()
        self._wanted: dict[QWidget, bool] = {}
        self._busy = False

    def give_way(self, *words: QWidget) -> None:
        """Name the words that give way, the first one first."""
        self._words = words

    def show_words(self, words: QWidget, *, shown: bool) -> None:
        """Show or hide words that can give way. Those that have given way stay hidden."""
        self._wanted[words] = shown
        words.setVisible(shown and words not in self._words[: self.given])

    def reset(self) -> None:
        """Show every word, in letters as at 100 %."""
        self._use(1.0, 0)

    def begin(self, window: QSize) -> None:
        """Take the largest letters with which the page fits a window, and as many words."""
        if not self._busy:
            self._busy = True
            self._use(scales_for(window)[0], 0)
            self._reduce()
            self._busy = False

    def reduce(self) -> bool:
        """Make the page smaller if it doesn't fit any more. Return whether that was so."""
        if self._busy:
            return False
        self._busy = True
        before = (self.scale, self.given)
        self._reduce()
        self._busy = False
        return before != (self.scale, self.given)

    def _reduce(self) -> None:
        while not self._fits():
            smaller = [scale for scale in SCALES if scale < self.scale]
            if smaller:
                self._use(smaller[0], 0)
            elif self.given < len(self._words):
                self._use(self.scale, self.given + 1)
            else:
                return

    def _use(self, scale: float, given: int) -> None:
        if scale != self.scale:
            self.scale = scale
            for widget in self._styled:
                widget.setStyleSheet(letters_sheet(scale))
        if given != self.given:
            self.given = given
            for place, words in enumerate(self._words):
                wanted = self._wanted.setdefault(words, not words.isHidden())
                words.setVisible(wanted and place >= given)
