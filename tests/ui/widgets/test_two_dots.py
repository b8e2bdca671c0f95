"""The two dots: they part and meet, and stay inside their picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from safepause.ui.theme.palette import DARK
from safepause.ui.widgets.two_dots import OVERLAP, TwoDots

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("together", [-1.0, 0.0, 0.4, 1.0, 2.0])
def test_both_are_whole(qtbot: QtBot, together: float) -> None:
    """Each dot is inside the picture, however near they are."""
    shown = TwoDots(together)
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    assert 0 <= shown.together <= 1
    assert all(QRectF(shown.rect()).contains(dot) for dot in shown.dots())


def test_apart_and_met(qtbot: QtBot) -> None:
    """Apart, the dots stand at the two sides. Met, they overlap, and both are seen."""
    shown = TwoDots(0)
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    teal, sand = shown.dots()
    assert not teal.intersects(sand)
    shown.come(1)
    teal, sand = shown.dots()
    assert sand.left() - teal.left() == pytest.approx(teal.width() * OVERLAP)


def test_colours(qtbot: QtBot) -> None:
    """The left dot is teal and the right one sand, also after a change of the colours."""
    shown = TwoDots(0)
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    shown.use(DARK)
    picture = shown.grab().toImage()
    teal, sand = (QColor(picture.pixel(dot.center().toPoint())) for dot in shown.dots())
    assert teal.blue() > teal.red()
    assert sand.red() > sand.blue()
