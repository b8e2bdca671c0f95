"""Pictures of a screen, and what a person sees in them: the pause, the icon, and what has changed.

The pause is found by the colours of its background. So it counts only where it is really seen: in
front, inside the screen, uncovered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

from safepause.ui.theme.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Colour = tuple[int, int, int]
STEP = 4
"""Every fourth pixel of a line, and every fourth line, are enough for a window."""
_ICON = range(8, 49)
"""The sizes of a tray icon, in pixels."""
_INK = 4
"""The fewest pixels of ink in a column of the icon. The soft edges of letters have fewer."""
_TEAL = range(160, 200)
"""The hue of the tray icon's ink, in degrees."""


@dataclass(frozen=True)
class Place:
    """A rectangle on the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """The place to click."""
        return self.left + self.width // 2, self.top + self.height // 2


class Picture:
    """A picture of the whole screen."""

    def __init__(self, path: Path) -> None:
        """Read the picture at `path`."""
        self.path = path
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
        self.width, self.height = image.width(), image.height()
        self._line = image.bytesPerLine()
        self._pixels = bytes(image.constBits())

    def at(self, x: int, y: int) -> Colour:
        """Return the colour of a pixel."""
        start = y * self._line + 3 * x
        red, green, blue = self._pixels[start : start + 3]
        return red, green, blue

    def pause(self, *, dark: bool) -> Place | None:
        """Return the place of the pause's background in this theme, or None."""
        colours = _ground(DARK if dark else LIGHT)
        return self._box(lambda x, y: self.at(x, y) in colours, least=25)

    def icon(self, before: Picture, panel: slice) -> Place | None:
        """Return the place in the lines of the panel where the icon's ink is, and was not before.

        A place of another size is something else: a wallpaper that has come, or a clock's digits.
        """

        def is_new(x: int, y: int) -> bool:
            return _is_teal(self.at(x, y)) and not _is_teal(before.at(x, y))

        lines = range(self.height)[panel]
        inked = [x for x in range(self.width) if sum(is_new(x, y) for y in lines) >= _INK]
        for first, last in _runs(inked, gap=_ICON.start):
            across = range(first, last + 1)
            place = self._box(lambda x, y: x in across and is_new(x, y), _INK, 1, panel)  # noqa: B023 -- used at once
            if place and place.width in _ICON and place.height in _ICON:
                return place
        return None

    @property
    def plain(self) -> bool:
        """Whether it has one colour: nothing has been drawn yet."""
        return self._pixels.count(self._pixels[:3]) * 3 == len(self._pixels)

    def same(self, other: Picture) -> bool:
        """Tell whether both pictures are the same."""
        return self._pixels == other._pixels

    def changed(self, before: Picture) -> Place | None:
        """Return the place that has changed, or None."""
        return self._box(lambda x, y: self.at(x, y) != before.at(x, y), least=2)

    def _box(
        self,
        wanted: Callable[[int, int], bool],
        least: int,
        step: int = STEP,
        lines: slice = slice(None),
    ) -> Place | None:
        """Return the box of all lines and columns with `least` pixels that are wanted."""
        columns, rows = [0] * self.width, [0] * self.height
        for y in range(self.height)[lines][::step]:
            for x in range(0, self.width, step):
                if wanted(x, y):
                    columns[x] += 1
                    rows[y] += 1
        across = [x for x, count in enumerate(columns) if count >= least]
        down = [y for y, count in enumerate(rows) if count >= least]
        if not across or not down:
            return None
        left, top = across[0], down[0]
        return Place(left, top, across[-1] - left + step, down[-1] - top + step)


def _runs(places: list[int], gap: int) -> list[tuple[int, int]]:
    """Return the first and last place of each run. A run goes on over less than `gap`."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _ground(palette: Palette) -> frozenset[Colour]:
    """Return the colours of a palette's background, and those that look alike."""
    start, end = _rgb(palette.bg1), _rgb(palette.bg2)
    found = set()
    for share in range(101):
        mixed = [round(a + (b - a) * share / 100) for a, b in zip(start, end, strict=True)]
        near = range(-1, 2)
        found |= {
            (mixed[0] + r, mixed[1] + g, mixed[2] + b) for r in near for g in near for b in near
        }
    return frozenset(found)


def _rgb(name: str) -> Colour:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue()


def _is_teal(colour: Colour) -> bool:
    found = QColor(*colour)
    return found.hslHue() in _TEAL and found.hslSaturation() > 50 and found.lightness() > 40
