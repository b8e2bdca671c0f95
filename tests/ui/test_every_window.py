"""A walk over every window and page: nothing is cut, covered, too small or out of sight.

The colours change no size, which the last test holds. So each walk has one of the palettes.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from safepause.ui.agreement.line import SentenceButton
from safepause.ui.pause.fitting import ORB_SHARE
from safepause.ui.pause.orb import Orb
from safepause.ui.pause.page import Page
from safepause.ui.theme.palette import PALETTES, Palette
from safepause.ui.theme.style_sheet import TARGET, style_sheet
from safepause.ui.widgets.time_card import TimeCard
from safepause.ui.widgets.wrapping import WrappingButton, WrappingCheckBox
from safepause.ui.windows.home import NameButton
from tests.ui.every_window import PAUSE, WINDOWS
from tests.ui.view import View, letters, settle, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("qapp")

SIZES = (QSize(760, 560), QSize(1024, 600), QSize(480, 420))
USUAL, LARGE = 10, 20
"""The system's letters, in points."""
SMALLEST = SIZES[2:]
WALKS = (
    ("en", USUAL, "light", SIZES),
    ("de", USUAL, "dark", SMALLEST),
    ("en", LARGE, "contrast", SIZES),
    ("de", LARGE, "light", SIZES),
)
"""Language, letters, colours, and the sizes of the window. German words are the longer ones."""
TARGETS = (QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit)
"""What a person can click."""


def _parts(window: QWidget) -> list[QWidget]:
    """Return what a person sees in a window: words, and what can be used."""
    found = [each for each in window.findChildren(QWidget) if each.isVisibleTo(window)]
    return [
        each
        for each in found
        if isinstance(each, (*TARGETS, Orb)) or (isinstance(each, QLabel) and each.text())
        if not isinstance(each.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit)
        if not isinstance(each.parentWidget(), SentenceButton)
    ]


def _place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


def _area(part: QWidget, window: QWidget) -> QScrollArea | None:
    """Return what scrolls a part, if anything does."""
    above = part.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            return above
        above = above.parentWidget()
    return None


def _name(part: QWidget) -> str:
    words = part.accessibleName() or getattr(part, "text", str)()
    return f"{type(part).__name__} {words[:40]!r} {part.width()}x{part.height()}"


def _cut(part: QWidget) -> bool:
    """Tell whether words of a part have no room in it."""
    if isinstance(part, QLabel) and part.wordWrap():
        letters_of = part.fontMetrics()
        plain = re.sub("<.+?>", "", part.text())
        widest = max(letters_of.horizontalAdvance(word) for word in re.split(r"[\s\u200b-]", plain))
        return part.heightForWidth(part.width()) > part.height() or widest > part.width()
    if isinstance(part, SentenceButton | NameButton):
        return part.height() < part.sizeHint().height()
    if isinstance(part, TimeCard):
        return False  # its words are parts of their own
    if isinstance(part, WrappingButton | WrappingCheckBox):
        least = QSize(part.minimumSizeHint().width(), part.heightForWidth(part.width()))
        return not _holds(part.size(), least)
    if isinstance(part, QLabel | QAbstractButton):
        return not _holds(part.size(), part.sizeHint())
    return False


def _holds(size: QSize, least: QSize) -> bool:
    return size.expandedTo(least) == size


def _too_small(part: QWidget) -> bool:
    """Tell whether a part is under its least size, or hard to hit."""
    least = part.minimumSizeHint()
    if isinstance(part, QAbstractSpinBox):
        least = part.lineEdit().minimumSizeHint()
    if isinstance(part, TARGETS):
        least = least.expandedTo(QSize(TARGET, TARGET))
    elif isinstance(part, QLabel) and part.wordWrap():
        return False  # see `_cut`
    return not _holds(part.size(), least)


def _found(window: QWidget, asked: QSize) -> Iterator[str]:
    """Yield what is wrong with a window of a size."""
    parts = _parts(window)
    if window.size() != asked:
        yield f"window: {window.width()}x{window.height()}"
    areas = [each for each in window.findChildren(QScrollArea) if each.isVisible()]
    if any(each.horizontalScrollBar().maximum() for each in areas):
        yield "scrolls sideways"
    for part in parts:
        if _cut(part):
            yield f"cut: {_name(part)}"
        if _too_small(part):
            yield f"too small: {_name(part)}, least {part.minimumSizeHint().toTuple()}"
        yield from _unseen(part, window)
    yield from _covered(parts, window)
    yield from _orb_too_low(parts)


def _unseen(part: QWidget, window: QWidget) -> Iterator[str]:
    """Yield that a part is where nobody can see it, or a main button where one has to scroll."""
    place, area = _place(part, window), _area(part, window)
    if place.left() < 0 or place.right() >= window.width():
        yield f"beside the window: {_name(part)}"
    if area is None and not window.rect().contains(place):
        yield f"outside: {_name(part)}"
    if part.property("look") == "primary" and area is not None:
        seen = QRect(area.viewport().mapTo(window, QPoint()), area.viewport().size())
        if not seen.contains(place):
            yield f"out of sight: {_name(part)}"


def _covered(parts: list[QWidget], window: QWidget) -> Iterator[str]:
    """Yield which parts of one scrolled page, or beside it, cover each other."""
    for one, other in combinations(parts, 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        if _area(one, window) is not _area(other, window):
            continue  # what scrolls is clipped at the edge of its area
        if _place(one, window).intersects(_place(other, window)):
            yield f"{_name(one)} covers {_name(other)}"


def _orb_too_low(parts: list[QWidget]) -> Iterator[str]:
    for orb in [part for part in parts if isinstance(part, Orb)]:
        page: QWidget | None = orb
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        if page is not None and orb.ring_height < ORB_SHARE * page.height() - 1:
            yield f"orb of {orb.ring_height:.0f} in a page of {page.height()}"


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk[0]}-{walk[1]}pt-{walk[2]}")
@pytest.mark.parametrize("view", [*PAUSE, *WINDOWS], ids=lambda view: view.name)
def test_all_is_whole(view: View, walk: tuple[str, int, str, tuple[QSize, ...]]) -> None:
    """Nothing is cut, covered, under its least size or out of sight, in any size of the window."""
    language, points, theme, sizes = walk
    with spoken(language), letters(points), shown(view, sizes[0], theme=theme) as window:
        found = []
        for size in sizes:
            window.resize(size)
            settle()
            wrong = dict.fromkeys(_found(window, size))
            found += [f"{size.width()}x{size.height()}: {each}" for each in wrong]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("view", [*PAUSE, *WINDOWS], ids=lambda view: view.name)
def test_no_wider_than_one_can_read(view: View) -> None:
    """In a large window, what is shown is at most 720 px wide, and in the middle."""
    with shown(view, QSize(1600, 1000)) as window:
        places = [_place(part, window) for part in _parts(window)]
        whole = places[0]
        for place in places:
            whole = whole.united(place)
        assert whole.width() <= 720
        assert whole.left() >= 440
        assert whole.right() <= 1160


def test_colours_change_no_size() -> None:
    """The style sheets of all palettes are the same but for colours and pictures."""
    sheets = {_without_colours(palette) for palette in PALETTES}
    assert len(sheets) == 1


def _without_colours(palette: Palette) -> str:
    return re.sub(r"#[0-9a-f]+|-(light|dark)\.svg", "", style_sheet(palette))


def test_the_walk_sees_a_cut() -> None:
    """The walk notices a label that is too low, and a button that is too small."""
    with shown(PAUSE[0], SIZES[0]) as window:
        (close,) = [part for part in _parts(window) if part.accessibleName() == "Hide"]
        close.setFixedSize(30, 30)
        settle()
        found = " ".join(_found(window, SIZES[0]))
    assert "cut: RingButton 'Hide'" in found
    assert "too small: RingButton 'Hide'" in found
    assert isinstance(close, QAbstractButton | QCheckBox)
